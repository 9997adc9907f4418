"""Refuses what the text of a part can do by itself: fields, formulas, actions of slides, drawings that load a file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chalicelib.evidence.check.office.fields import Fields, check
from chalicelib.evidence.refusal import Refusal

_ELEMENTS = frozenset(
    {
        "altChunk",
        "ddeLink",
        "oleLink",
        "OLEObject",
        "control",
        "controls",
        "oleObj",
        "script",
        "externalBook",
        "mailMerge",
    }
)
_CODES = frozenset({"instrText", "delInstrText"})
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_CALLS = r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(|\|\s*'"
"""Functions that load or run something, and an item of a program (`cmd|'/c calc'!A0`)."""
_ACTION = "ppaction://"
_SLIDE_ACTIONS = ("hlinkshowjump", "hlinksldjump", "customshow", "media", "noaction")
_LOADS = frozenset({"src", "altref"})


class Content:
    """Reads a part (`xml_parts.Reader`). Raises `Refusal("active-content")`."""

    def __init__(self) -> None:
        self._fields = Fields()
        self._within: str | None = None
        """The open element whose text is collected."""
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _ELEMENTS:
            raise Refusal("active-content")
        if name in _CODES or name in _FORMULAS:
            self._within, self._text = name, []
        elif name == "fldChar":
            self._change(attributes.get("fldCharType"))
        elif name == "fldSimple":
            check(attributes.get("instr", ""))
        for key, value in attributes.items():
            _check_attribute(key, value)

    def text(self, text: str) -> None:
        if self._within is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name != self._within:
            return
        text, self._within = "".join(self._text), None
        if name in _CODES:
            self._fields.code(text)
        elif re.search(_CALLS, text, re.IGNORECASE):
            raise Refusal("active-content")

    def _change(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._fields.end()


def _check_attribute(key: str, value: str) -> None:
    if key in _LOADS and (":" in value or value.startswith(("\\", "//"))):
        raise Refusal("active-content")
    if value.startswith(_ACTION) and not value[len(_ACTION) :].startswith(_SLIDE_ACTIONS):
        raise Refusal("active-content")
