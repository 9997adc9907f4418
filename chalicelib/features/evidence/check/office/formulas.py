"""Refuses formulas that load or run something: other functions than those on the list, other workbooks, DDE.

Every character must belong to a token (ECMA-376 part 1 §18.17.2). None has `|`, which a program's item needs, as in
`cmd|'/c calc'!A0`.
"""

from __future__ import annotations

import re

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.office.functions import FUNCTIONS, LOADING
from chalicelib.features.evidence.refusal import Refusal

_HARMLESS = r"""(?:
    "(?:[^"]|"")*+"
  | '(?:[^']|'')*+' (?!\s*+[!\#])                       # a name
  | '(?!(?:file|ftp|https?):) (?:\[[^][\\/|':]*+\])?   # a workbook, which must be a part of the document,
    (?:[^][\\/|']|'')*+' (?=\s*+!)                      # and a sheet: only a path has a slash or other brackets
  | \[(?:[^][']|'.|\[(?:[^][']|'.)*+\])*+\] (?![\w.!']) # columns of a table
  | \[[^][\\/|':]*+\]                                   # a workbook
  | (?:(?<=:)|(?!\$*+(?:LOADING)(?![\w.$]|\s*+[:!\[])))
    (?!_xl(?!(?:nm|pm|op|chart)\.)) [\w.$]++ (?!\s*+\() # no function: cells, names, parameters
  | ! (?!\s*+[\w.$]++\s*+\()                            # no function of another workbook
  | \#NAME\? | [\s@\#:,;+\-*^&=<>%(){}]++ | /(?!/)
    )++"""
_TOKENS = re.compile(
    _HARMLESS.replace("LOADING", "|".join(map(re.escape, sorted(LOADING)))), re.VERBOSE | re.DOTALL | re.IGNORECASE
)
_FUNCTION = re.compile(r"(?:_xl(?:fn|ws|udf|eta)\.)*+([\w.$]++)", re.IGNORECASE)
"""That is called, or is the argument of another. Functions that the first version of the format did not have have a
prefix ([MS-XLSX] 2.2.2)."""
_LINK = re.compile(r'\s*+\(\s*+"((?:[^"]|"")*+)"')
"""The first argument of HYPERLINK, if it begins with a text. What is joined to it cannot change its scheme."""
_CALL = re.compile(r"\s*+\(")
_IN_CALL = re.compile(r"""\"((?:[^"]|"")*+)"|'(?:[^']|'')*+'|[()]""")
"""A text in the arguments of a function, a name, or a bracket."""
_OTHER_FILE = re.compile(r"\|[^|!]*+!|[\\/]{2}\w|(?:file|ftp|https?):", re.IGNORECASE | re.DOTALL)
"""In a text that INDIRECT takes as a reference: a program's item, or the address of a workbook."""
_CODED = re.compile(r"_x([0-9A-F]{4})_", re.IGNORECASE)
"""A character in a text of the format (ST_Xstring, §22.9.2.19)."""


def check(formula: str) -> None:
    """Raises `Refusal`: `formula`, or `link` for a link to something else than the web or a place in the document."""
    _check(formula)
    decoded = _CODED.sub(lambda coded: chr(int(coded[1], 16)), formula)
    if decoded != formula:
        _check(decoded)


def _check(formula: str) -> None:
    at = read = 0
    while at < len(formula):
        if harmless := _TOKENS.match(formula, at):
            at = harmless.end()
        elif function := _FUNCTION.match(formula, at):
            at = function.end()
            _check_function(function)
            if function[1].upper() == "INDIRECT" and at >= read:
                read = _check_reference(formula, at)
        else:
            raise Refusal("formula")


def _check_reference(formula: str, at: int) -> int:
    """The texts in the arguments that begin at `at`, as if they were joined. Returns where the arguments end."""
    depth, texts = 0, []
    for found in _IN_CALL.finditer(formula, at):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        texts.append(found[1] or "")
        at = found.end()
        if depth <= 0:
            break
    if _OTHER_FILE.search("".join(texts)):
        raise Refusal("formula")
    return at


def _check_function(function: re.Match[str]) -> None:
    name = function[1].upper()
    if name == "HYPERLINK":
        address = _LINK.match(function.string, function.end())
        if address is None or not addresses.is_followed(address[1].replace('""', '"')):
            raise Refusal("link")
    elif name not in FUNCTIONS or (name in LOADING and not _CALL.match(function.string, function.end())):
        raise Refusal("formula")
