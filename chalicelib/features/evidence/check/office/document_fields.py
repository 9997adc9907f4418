"""Finds the fields of Word in a part, as each program may read it."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.features.evidence.check.office import fields
from chalicelib.features.evidence.check.office.fields import Fields
from chalicelib.features.evidence.check.office.xml_parts import local
from chalicelib.features.evidence.refusal import Refusal

_WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_SHOWN = frozenset({"t", "delText", "sym"})
_BOUND = "sdtContent"
"""What it contains may be replaced by a value from another part (§17.5.2.6)."""
_DELETED, _INSERTED = frozenset({"del", "moveFrom", "delInstrText"}), frozenset({"ins", "moveTo"})
"""Tracked changes (§17.13.5). A program shows the text with both, without one, or without the other."""
CODES = frozenset({"instrText", "delInstrText"})
"""The elements whose text is a part of a code."""
_FIELDS = CODES | {"fldChar", "fldSimple"}
_READ = _FIELDS | _SHOWN | _DELETED | _INSERTED
_MARKS = frozenset({"begin", "separate", "end"})


class DocumentFields:
    """Raises `Refusal`: `field`, or `link` for a field that is one."""

    def __init__(self) -> None:
        self._readings = [Fields(), Fields(_DELETED), Fields(_INSERTED)]
        self._outside = 0

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if space not in _WORD:
            if name in _FIELDS:
                raise Refusal("field")  # another program would leave this element out
            self._outside += 1
            return
        self._outside += name == _BOUND
        if name not in _READ:
            return
        for reading in self._readings:
            reading.start(name)
        if name == "fldChar":
            self._mark(_values(attributes, "fldCharType"))
        elif name == "fldSimple":
            self._simple(_values(attributes, "instr"))
        elif name in _SHOWN:
            for reading in self._readings:
                reading.shown()

    def end(self, space: str, name: str, text: str) -> None:
        if space not in _WORD:
            self._outside -= 1
            return
        self._outside -= name == _BOUND
        for reading in self._readings if name in _READ else ():
            if name in CODES:
                reading.code(text, self._outside)
            reading.end(name)

    def finish(self) -> None:
        for reading in self._readings:
            reading.finish()

    def _mark(self, kinds: list[str]) -> None:
        if len(kinds) != 1 or kinds[0] not in _MARKS:
            raise Refusal("field")
        for reading in self._readings:
            reading.mark(kinds[0], self._outside)

    def _simple(self, codes: list[str]) -> None:
        for code in codes:
            fields.check(code)
        for reading in self._readings:
            reading.nest(self._outside)


def _values(attributes: Mapping[str, str], name: str) -> list[str]:
    """Of all attributes of this name. Programs take the one of a namespace that they know."""
    return [value for key, value in attributes.items() if local(key) == name]
