"""Refuses polyglots: files that another program would read as a different type."""

from __future__ import annotations

import re
import struct

from chalicelib.features.evidence.refusal import Refusal

_ACTIVE = re.compile(rb"<script|<\?php|<html|<svg|<!doctype|<iframe|javascript:|<%@", re.IGNORECASE)
_SECOND_FILE = re.compile(rb"PK\x03\x04|%PDF-|\x7fELF|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\A(?:MZ|#!)")
_END_OF_ZIP = b"PK\x05\x06"
_END_LENGTH = 22


def refuse_script(part: bytes) -> None:
    """Raises `Refusal("polyglot")` if the part has markup or script. Only for uncompressed parts, such as comments."""
    if _ACTIVE.search(part):
        raise Refusal("polyglot")


def refuse_second_file(trailer: bytes) -> None:
    """For the bytes after a file's own end. Cameras append previews and short videos, but never a script or a ZIP.

    Raises `Refusal("polyglot")` if they have a script or begin another file.
    """
    refuse_script(trailer)
    if _SECOND_FILE.search(trailer):
        raise Refusal("polyglot")


def refuse_zip(tail: bytes, size: int) -> None:
    """Raises `Refusal("polyglot")` if the file could be read as a ZIP, which is read from its end.

    `tail`: the file's last bytes, at least 65,557 of them; `size`: the whole file's size.
    """
    at = tail.rfind(_END_OF_ZIP)
    while at >= 0:
        if len(tail) - at >= _END_LENGTH and _plausible(tail[at : at + _END_LENGTH], size - len(tail) + at):
            raise Refusal("polyglot")
        at = tail.rfind(_END_OF_ZIP, 0, at)


def _plausible(record: bytes, position: int) -> bool:
    """True if the directory would fit before the record (APPNOTE 4.3.16); the four signature bytes occur by chance."""
    _, disk, first_disk, here, entries, length, offset, _ = struct.unpack("<4s4H2LH", record)
    return bool(disk == first_disk and here == entries and length + offset <= position)
