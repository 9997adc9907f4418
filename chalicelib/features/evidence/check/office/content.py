"""Refuses what the text of a part can do by itself: fields, formulas, actions of slides, drawings that load a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.office import formulas
from chalicelib.features.evidence.check.office.fields import CODES, DocumentFields, TextOfElement
from chalicelib.features.evidence.check.office.xml_parts import ElementReader, local
from chalicelib.features.evidence.refusal import Refusal

_ELEMENTS = frozenset(
    {
        *("altChunk", "ddeLink", "oleLink", "OLEObject", "control", "controls", "oleObj", "oleObject"),
        *("script", "externalBook", "mailMerge", "webPublishItem", "webPr"),
    }
)
_MATHS = frozenset(
    {"http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"}
)
"""Its element `f` is a fraction."""
_PROPERTIES = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    }
)
"""Its element `Template` is the name of a file."""
_SAID = frozenset({"descr", "title", "alt", "name", "prompt", "promptTitle", "error", "errorTitle", "tooltip"})
"""Attributes that a person reads. Programs write into the description of a picture which file it came from."""
_FOLDER = "absPath"
"""Where Excel saved the workbook last, which it compares with where the workbook is ([MS-XLSX] 2.4.1)."""
_SLIDE_ACTION = r"[a-z]*|ppaction://(?:hlinkshowjump|hlinksldjump|customshow|media|noaction)(?:\?[^/\\:]*)?"
_RELATIONSHIP, _IN_MAIL = r"\w*", r"cid:[^/\\]*"


def _check_link(address: str) -> None:
    if address.strip() and not addresses.is_followed(address):
        raise Refusal("link")


def _check_place(place: str) -> None:
    if not addresses.is_inside(place):
        _check_link(place)


def _check_reference(reference: str) -> None:
    """A relationship's id, or a link; in a document that was a mail, also a part of the mail."""
    if not re.fullmatch(rf"{_RELATIONSHIP}|{_IN_MAIL}", reference):
        _check_link(reference)


def _check_loaded(name: str) -> None:
    if not addresses.is_part(name):
        raise Refusal("active-content")


def _check_value(value: str) -> None:
    if addresses.is_elsewhere(value):
        raise Refusal("active-content")


def _check_slide_action(action: str) -> None:
    if not re.fullmatch(_SLIDE_ACTION, action, re.IGNORECASE):
        raise Refusal("active-content")


_ATTRIBUTES: dict[str, Callable[[str], None]] = {
    **dict.fromkeys(("src", "althref"), _check_loaded),
    "href": _check_reference,
    "invalidUrl": _check_link,
    **dict.fromkeys(("location", "docLocation"), _check_place),
    "action": _check_slide_action,
    **dict.fromkeys(("formula", "textlink", "macro"), formulas.check),
}
_TEXTS: dict[str, Callable[[str], None]] = {
    **dict.fromkeys(("f", "formula", "formula1", "formula2", "oldFormula", "definedName"), formulas.check),
    **dict.fromkeys(("calculatedColumnFormula", "totalsRowFormula"), formulas.check),
    **dict.fromkeys(("FmlaMacro", "FmlaLink", "FmlaRange", "FmlaGroup", "FmlaPict", "FmlaTxbx"), formulas.check),
    "HyperlinkBase": _check_link,
    "Template": _check_value,
}
"""By the name of the element: what its text must be. `HyperlinkBase` goes before links without a scheme."""


class Content(ElementReader):
    """Reads a part. Raises `Refusal`."""

    def __init__(self) -> None:
        self._fields = DocumentFields()
        self._texts: list[TextOfElement] = []
        """Of the open elements whose text is checked."""

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        checked = _has_checked_text(space, name)
        if name in _ELEMENTS or (self._texts and not checked):
            raise Refusal("active-content")  # programs may leave out an element inside a text, or its text
        if checked:
            self._texts.append(TextOfElement())
        self._fields.start(space, name, attributes)
        for key, value in attributes.items():
            _check_attribute(name, local(key), value)

    def text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].add(text)

    def end(self, space: str, name: str) -> None:
        text = str(self._texts.pop()) if _has_checked_text(space, name) else ""
        if check := _TEXTS.get(name):
            check(text)
        self._fields.end(space, name, text)

    def finish(self) -> None:
        self._fields.finish()


def _check_attribute(element: str, name: str, value: str) -> None:
    if check := _ATTRIBUTES.get(name):
        check(value)
    elif element == "cfvo" and name == "val":
        formulas.check(value)
    elif element == "cmd" and name == "type" and value == "verb":  # of an embedded object (§19.5.22)
        raise Refusal("active-content")
    elif name not in _SAID and element != _FOLDER:
        _check_value(value)


def _has_checked_text(space: str, name: str) -> bool:
    if name == "Template":
        return space in _PROPERTIES
    return (name in _TEXTS and space not in _MATHS) or name in CODES
