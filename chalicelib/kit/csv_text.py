"""CSV (RFC 4180): written so that it is safe to open in a spreadsheet, and read as spreadsheets save it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_SIGNS = "=+@\u2212\ufb29\uff1d\ufe66\u207c\u208c\uff0b\ufe62\u207a\u208a\uff20\ufe6b\uff0d\ufe63\u207b\u208b-"
"""Beginnings of a formula (OWASP, CSV injection), with the signs that NFKC makes equal to them, and the minus."""
_SEPARATORS = r",;|\t-\r\x1c-\x1f\x85\u2028\u2029\uff0c\uff1b\uff5c\"'"
"""A spreadsheet may divide a cell at each of these, whichever the file uses, also within quotes."""
_UNSEEN = (
    r"\x00-\x08\x0e-\x1b\x20\x7f-\x84\x86-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680"
    r"\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Spaces, controls and characters without width, which a spreadsheet may leave out. No separators: a run of them would
be searched anew at each."""
_FORMULA = rf"(?:\A(?=[\t\r\n])|(?:\A|[{_SEPARATORS}])(?=[{_UNSEEN}]*+[{_SIGNS}]))"
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """A text that could begin a formula has an apostrophe before it, which spreadsheets do not show."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_rows(text: str) -> list[list[str]]:
    """Cells are divided by what divides the first line: `,`, `;` or a tab. Raises `ValueError` for a quotation mark
    that does not end."""
    divider = max(",\t;", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=divider, strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _safe(cell: str) -> str:
    return cell if re.fullmatch(_NUMBER, cell) else re.sub(_FORMULA, r"\g<0>'", cell)
