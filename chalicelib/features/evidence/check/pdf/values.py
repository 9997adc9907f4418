"""Texts of a parsed PDF. Its names and strings may be in any encoding; Chinese programs write GBK."""

from __future__ import annotations

from pikepdf import Object, String


def name(value: object) -> str:
    """A name with its slash; in another encoding, as the parser writes it (`/#cb#ce`). Other values as a text."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return value.unparse().decode("latin-1") if isinstance(value, Object) else ""


def string(value: String) -> str:
    """Byte by byte if it is not in the encoding that its beginning says."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")
