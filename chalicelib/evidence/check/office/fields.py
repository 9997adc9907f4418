"""The fields of Word (ECMA-376 part 1 §17.16): a field can start a program or load a file when a document opens."""

from __future__ import annotations

from chalicelib.evidence.refusal import Refusal

_KNOWN = """
= ADDIN ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION COMMENTS COMPARE
CREATEDATE DATE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT
GREETINGLINE HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF
NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET
SHAPE SKIPIF STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE
"""
_NAMES = frozenset(_KNOWN.split())
"""Not DDE, DDEAUTO, INCLUDETEXT, INCLUDEPICTURE, IMPORT, LINK, EMBED, DATABASE, RD, MACROBUTTON, PRINT."""


class Fields:
    """Collects the code of each open field. A field inside the code of another must not be its beginning."""

    def __init__(self) -> None:
        self._open: list[str | None] = []
        """The code so far of each open field; None after the code's end, where the result begins."""

    def begin(self) -> None:
        if self._open and self._open[-1] is not None and not self._open[-1].strip():
            raise Refusal("active-content")
        self._open.append("")

    def code(self, text: str) -> None:
        before = self._open[-1] if self._open else None
        if before is None:
            check(text)
        else:
            self._open[-1] = code = before + text
            if len(code.split(maxsplit=1)) > 1:
                check(code)  # at once: the field may have no end

    def separate(self) -> None:
        if self._open:
            self._check_code()
            self._open[-1] = None

    def end(self) -> None:
        if self._open:
            self._check_code()
            self._open.pop()

    def _check_code(self) -> None:
        code = self._open[-1]
        if code is not None:
            check(code)


def check(code: str) -> None:
    """Raises `Refusal("active-content")` for a field that is not on the list. A field without a code does nothing."""
    words = code.split(maxsplit=1)
    if words and words[0].upper() not in _NAMES and not words[0].startswith("="):
        raise Refusal("active-content")
