"""Text in drawings: its width, which no browser can tell the server, and its lines. Labels are never cut."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

SIZE, LEADING = 12, 15
"""Of the text, and of its lines, in the units of the drawing."""
_NARROW = 0.56
"""The width of a Latin character, of the size of the text. A Chinese one is as wide as it is high."""


def wrapped(label: str, room: float) -> list[str]:
    """The whole label in lines that fit. A line breaks at a space if there is one, else at any character."""
    text = printable(label) or "—"
    found = [""]
    for word in _words(text):
        if found[-1] and text_width(found[-1] + word.rstrip()) > room:
            found.append("")
        for sign in word:
            if found[-1] and text_width(found[-1] + sign.rstrip()) > room:
                found.append("")
            found[-1] += sign
    return [line.strip() for line in found]


def printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def text_width(text: str) -> float:
    wide = sum(1 if east_asian_width(sign) in "WF" else _NARROW for sign in text)
    return wide * SIZE


def _words(text: str) -> Iterator[str]:
    """Each with the space after it."""
    *before, last = text.split(" ")
    yield from (f"{word} " for word in before)
    yield last
