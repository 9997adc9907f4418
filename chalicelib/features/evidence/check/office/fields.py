"""The fields of Word (ECMA-376 part 1 §17.16): a field can start a program or load a file when a document opens.

Finds them in a part as each program may read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.office.xml_parts import local
from chalicelib.features.evidence.refusal import Refusal

LONGEST = 1024 * 1024
"""Characters. Excel writes at most 8,192 in a formula. Add-ins keep references with their data in codes of fields."""


class TextOfElement:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._left = LONGEST

    def add(self, piece: str) -> None:
        """Raises `Refusal("bomb")`."""
        self._left -= len(piece)
        if self._left < 0:
            raise Refusal("bomb")
        self._pieces.append(piece)

    def __str__(self) -> str:
        return "".join(self._pieces)


_KNOWN = """
ADDIN ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION COMMENTS COMPARE
CREATEDATE DATE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT
GREETINGLINE HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF
NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET
SHAPE SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
"""
_NAMES = frozenset(_KNOWN.split())
"""Not DDE, DDEAUTO, INCLUDETEXT, INCLUDEPICTURE, IMPORT, LINK, EMBED, DATABASE, RD, MACROBUTTON, PRINT."""
_ARGUMENT = re.compile(r'\s*+(?:"((?:[^"\\]|\\.)*+)"|(\\[A-Za-z*@#!])(?=[\s"]|\Z)|([^\s"\\][^\s"]*+))', re.DOTALL)
"""Of a field: a text in quotation marks, a switch, or a word (§17.16.1)."""
_WITH_TEXT = frozenset({"\\l", "\\o", "\\t", "\\*"})
"""Switches of HYPERLINK that the next argument belongs to: place, tip, frame and format (§17.16.5.25)."""
_NESTED = "\ufffc"
"""Stands in a code for a field inside it, whose result Word inserts there."""
MOST_OPEN = 100
"""Fields inside one another."""


class _Field:
    """`code`: the code so far, None after its end, where the result begins. `outside`: see `Fields`."""

    def __init__(self, outside: int) -> None:
        self.outside = outside
        self.code: TextOfElement | None = TextOfElement()


class Fields:
    """Collects the code of each open field, as one reading of the document has it. Raises `Refusal("field")`.

    `outside`: how many of the open elements are not of Word itself. Programs leave out such elements with all that
    they contain, if they do not know them. So a code must not have a part of itself in one.
    """

    def __init__(self, left_out: frozenset[str] = frozenset()) -> None:
        """`left_out`: the elements that this reading does not have: what was deleted, or what was inserted."""
        self._left_out = left_out
        self._leaving_out = 0
        self._open: list[_Field] = []

    @property
    def _current(self) -> _Field | None:
        """The field whose code is being read."""
        return self._open[-1] if self._open and self._open[-1].code is not None else None

    def start(self, name: str) -> None:
        self._leaving_out += name in self._left_out

    def end(self, name: str) -> None:
        self._leaving_out -= name in self._left_out

    def mark(self, kind: str, outside: int) -> None:
        """`kind`: `begin`, `separate` or `end`."""
        if self._leaving_out:
            return
        if kind == "begin":
            self.nest(outside)
            self._open.append(_Field(outside))
        elif self._current is not None:
            self._finish_code(self._current, outside)
        if kind == "end" and self._open:
            self._open.pop()
        if len(self._open) > MOST_OPEN:
            raise Refusal("bomb")

    def nest(self, outside: int) -> None:
        """A field begins, perhaps in the code of another."""
        if self._current is not None:
            self.code(_NESTED, outside)

    def code(self, text: str, outside: int) -> None:
        if self._leaving_out:
            return
        field = self._current
        if field is None or field.code is None or field.outside != outside:
            raise Refusal("field")
        field.code.add(text)

    def shown(self) -> None:
        """TextOfElement that a page shows must not be in a code: programs differ in whether it belongs to it."""
        if self._current is not None and not self._leaving_out:
            raise Refusal("field")

    def finish(self) -> None:
        for field in self._open:
            check(str(field.code or ""))

    def _finish_code(self, field: _Field, outside: int) -> None:
        if field.outside != outside:
            raise Refusal("field")
        check(str(field.code or ""))
        field.code = None


def check(code: str) -> None:
    """Raises `Refusal`: `field` for one that is not on the list, `link`. A field without a code does nothing."""
    words = code.split(maxsplit=1)
    if not words:
        return
    name = words[0].upper()
    if name not in _NAMES and not name.startswith("="):
        raise Refusal("field")
    if name == "HYPERLINK" and not all(map(_is_link, _addresses(words[1:]))):
        raise Refusal("link")


def _is_link(address: str) -> bool:
    return addresses.is_followed(address) or addresses.is_web_name(address)


def _addresses(arguments: list[str]) -> list[str]:
    """The addresses of a link. Raises `Refusal("link")` if it is computed, or cannot be read."""
    text, at, belongs, found = "".join(arguments).rstrip(), 0, False, []
    while at < len(text):
        argument = _ARGUMENT.match(text, at)
        if argument is None or _NESTED in argument[0]:
            raise Refusal("link")
        quoted, switch, word = argument.groups()
        if switch is None and not belongs:
            found.append(word if quoted is None else re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL))
        at, belongs = argument.end(), switch is not None and switch.lower() in _WITH_TEXT
    return [address for address in found if address.strip()]


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
            check(code)
        for reading in self._readings:
            reading.nest(self._outside)


def _values(attributes: Mapping[str, str], name: str) -> list[str]:
    """Of all attributes of this name. Programs take the one of a namespace that they know."""
    return [value for key, value in attributes.items() if local(key) == name]
