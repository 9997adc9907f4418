"""Checks that a ZIP has one directory: programs differ in how they find it (APPNOTE 4.3.12 to 4.3.16)."""

from __future__ import annotations

import struct
import zipfile
from typing import BinaryIO

from chalicelib.features.evidence.refusal import Refusal

_ENTRY = struct.Struct("<28x3H12x")
"""Of a directory's entry: the lengths of name, extra field and comment."""
_END = struct.Struct("<4s4H2LH")
_RECORDS_OF_ZIP64 = 56 + 20
"""Bytes of the two records that a large archive has before its end."""
_IN_ZIP64, _LONG_IN_ZIP64 = 0xFFFF, 0xFFFFFFFF


def check(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> None:
    """The directory that `zipfile` has read must be the one that the end names, with nothing between them.

    `size`: the file's size in bytes. Raises `Refusal("polyglot")`.
    """
    end = size - len(archive.comment) - _END.size
    file.seek(end)
    try:
        signature, _, _, here, entries, _, offset, comment = _END.unpack(file.read(_END.size))
        gap = end - _directory_end(archive, file)
    except struct.error:
        raise Refusal("polyglot") from None
    counts, count = {here, entries} - {_IN_ZIP64}, len(archive.infolist())
    if signature != b"PK\x05\x06" or comment != len(archive.comment) or gap not in (0, _RECORDS_OF_ZIP64):
        raise Refusal("polyglot")
    if offset not in (archive.start_dir, _LONG_IN_ZIP64) or not counts <= {count}:
        raise Refusal("polyglot")


def _directory_end(archive: zipfile.ZipFile, file: BinaryIO) -> int:
    """The offset after the last entry of the directory."""
    at = archive.start_dir
    for _ in archive.infolist():
        file.seek(at)
        at += _ENTRY.size + sum(_ENTRY.unpack(file.read(_ENTRY.size)))
    return at
