"""A page as Chromium prints it: the text of each sheet of the PDF."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

import pikepdf

A4 = (595, 842)
"""Points."""
_RADICALS = str.maketrans("\u2eda\u6236", "页户")
"""Radicals with which fonts share a glyph, and to which NFKC gives another character or none."""
_HEX = re.compile(rb"<([0-9a-fA-F ]+)>")
_RANGES = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def sheets(pdf: bytes) -> list[str]:
    """The text of each sheet, without blanks: Chromium sets glyphs one by one.

    In Unicode's form NFKC: fonts share glyphs between 示 and its radical, and full-width signs come back as plain ones.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            width, height = (float(one) for one in page.mediabox[2:])
            assert (round(width), round(height)) == A4
        return ["".join(_texts(page, page.get("/Resources"))) for page in opened.pages]


def _texts(holder: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> Iterator[str]:
    fonts = {str(name): _characters(font) for name, font in resources.get("/Font", {}).items()}
    known: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(holder):
        if str(operator) == "Tf":
            known = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            yield from (_read(bytes(one), known) for one in parts if isinstance(one, pikepdf.String))
        elif str(operator) == "Do":
            inner = resources["/XObject"][str(operands[0])]
            if inner.get("/Subtype") == "/Form":
                yield from _texts(inner, inner.get("/Resources", resources))


def _read(glyphs: bytes, known: dict[int, str]) -> str:
    codes = (int.from_bytes(glyphs[at : at + 2]) for at in range(0, len(glyphs), 2))
    text = unicodedata.normalize("NFKC", "".join(known.get(code, "\ufffd") for code in codes))
    return text.replace(" ", "").translate(_RADICALS)


def _characters(font: pikepdf.Object) -> dict[int, str]:
    """By glyph, from the table with which a PDF is searched (`ToUnicode`)."""
    table, found = font["/ToUnicode"].read_bytes(), {}
    for kind, rows in _RANGES.findall(table):
        for row in rows.strip().splitlines():
            values = [one.replace(b" ", b"") for one in _HEX.findall(row)]
            if kind == b"bfchar":
                found[int(values[0], 16)] = _text(values[1])
            elif b"[" in row:
                found.update((int(values[0], 16) + at, _text(one)) for at, one in enumerate(values[2:]))
            else:
                first, last, start = (int(one, 16) for one in values)
                found.update((code, chr(start + code - first)) for code in range(first, last + 1))
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
