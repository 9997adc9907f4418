"""Polyglots: what must not stand in a file of another type, where a second reader would find it."""

from __future__ import annotations

import re
import struct

from chalicelib.evidence.check.refusal import Refusal

_ACTIVE = re.compile(rb"<script|<\?php|<html|<svg|<!doctype|<iframe|javascript:|<%@", re.IGNORECASE)
_SECOND_FILE = re.compile(rb"PK\x03\x04|%PDF-|\x7fELF|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\A(?:MZ|#!)")
_END_OF_ZIP = b"PK\x05\x06"
_END_LENGTH = 22


def no_script(part: bytes) -> None:
    """Raises `Refusal("polyglot")`. For parts that hold no compressed data: comments, metadata, trailers."""
    if _ACTIVE.search(part):
        raise Refusal("polyglot")


def no_second_file(trailer: bytes) -> None:
    """What stands behind a file's own end. Cameras put previews and short films there, nobody a script or a ZIP."""
    no_script(trailer)
    if _SECOND_FILE.search(trailer):
        raise Refusal("polyglot")


def no_zip(tail: bytes, size: int) -> None:
    """A ZIP is read from its end. `tail`: the file's last bytes, at least 65,557 of them; `size`: of the whole file."""
    at = tail.rfind(_END_OF_ZIP)
    while at >= 0:
        if len(tail) - at >= _END_LENGTH and _plausible(tail[at : at + _END_LENGTH], size - len(tail) + at):
            raise Refusal("polyglot")
        at = tail.rfind(_END_OF_ZIP, 0, at)


def _plausible(record: bytes, position: int) -> bool:
    """Whether its directory would fit before it (APPNOTE 4.3.16); four bytes alone occur by chance."""
    _, disk, first_disk, here, entries, length, offset, _ = struct.unpack("<4s4H2LH", record)
    return bool(disk == first_disk and here == entries and length + offset <= position)
