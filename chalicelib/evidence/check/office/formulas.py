"""Refuses formulas that load or run something: other functions than those on the list, other workbooks, DDE.

Every character must belong to a token (ECMA-376 part 1 §18.17.2). None has `|`, which a program's item needs, as in
`cmd|'/c calc'!A0`.
"""

from __future__ import annotations

import re

from chalicelib.evidence.check import addresses
from chalicelib.evidence.check.office.functions import FUNCTIONS
from chalicelib.evidence.refusal import Refusal

_TOKEN = re.compile(
    r"""
    (?P<text>    "(?:[^"]|"")*+" )
  | (?P<quoted>  '(?:[^']|'')*+' ) (?P<sheet>(?=\s*+[!\#]))?
  | (?P<bracket> \[(?:[^][']|'.|\[(?:[^][']|'.)*+\])*+\] ) (?P<book>(?=[\w.!]))?
  | (?P<word>    [\w.$]++ ) (?P<call>(?=\s*+\())?
  | \#NAME\? | [\s@\#!:,;+\-*^&=<>%(){}] | /(?!/)
    """,
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(r"(?:_xl(?:fn|ws|udf|eta|l)\.)++", re.IGNORECASE)
"""Before the name of a function that the first version of the format did not have ([MS-XLSX] 2.2.2)."""
_ELSEWHERE = re.compile(r"[\\/|]")
"""No name of a sheet has a slash. A path to another workbook has."""
_LINK = re.compile(r'\s*+\(\s*+"((?:[^"]|"")*+)"')
"""The first argument of HYPERLINK, if it begins with a text. What is joined to it cannot change its scheme."""
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character in a text of the format (ST_Xstring, §22.9.2.19)."""


def check(formula: str) -> None:
    """Raises `Refusal`: `formula`, or `link` for a link to something else than the web or a place in the document."""
    _check(formula)
    decoded = _CODED.sub(lambda coded: chr(int(coded[1], 16)), formula)
    if decoded != formula:
        _check(decoded)


def _check(formula: str) -> None:
    at, before = 0, ""
    while at < len(formula):
        token = _TOKEN.match(formula, at)
        if token is None:
            raise Refusal("formula")
        at = token.end()
        _check_reference(token)
        if token["word"]:
            _check_word(token, before)
        before = token[0].strip() or before


def _check_reference(token: re.Match[str]) -> None:
    """Refuses other workbooks. A workbook in the same folder is one only if the document has a part for it."""
    elsewhere = token["sheet"] is not None or token["book"] is not None
    if elsewhere and _ELSEWHERE.search(token["quoted"] or token["bracket"]):
        raise Refusal("formula")


def _check_word(token: re.Match[str], before: str) -> None:
    """A function is called, or named with its prefix as the argument of another function."""
    name = token["word"]
    prefix = _PREFIX.match(name)
    if token["call"] is None and prefix is None:
        return
    function = name[prefix.end() if prefix else 0 :].upper()
    if function == "HYPERLINK":
        _check_link(token)
    elif function not in FUNCTIONS or before == "!":
        raise Refusal("formula")


def _check_link(token: re.Match[str]) -> None:
    given = _LINK.match(token.string, token.end())
    if given is None or not addresses.is_followed(given[1].replace('""', '"')):
        raise Refusal("link")
