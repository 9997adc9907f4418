"""Checks how a ZIP is laid out (APPNOTE 4.3), so that all programs find the same members in it.

Some programs read the directory at the end, others each member's own header from the beginning.

A ZIP must have one directory, because programs differ in how they find it (APPNOTE 4.3.12 to 4.3.16).
"""

from __future__ import annotations

import stat
import struct
import zipfile
from typing import BinaryIO

from chalicelib.features.evidence.check.zip import names
from chalicelib.features.evidence.refusal import Refusal

_ENTRY = struct.Struct("<28x3H12x")
"""Of a directory's entry: the lengths of name, extra field and comment."""
_END = struct.Struct("<4s4H2LH")
_RECORDS_OF_ZIP64 = 56 + 20
"""Bytes of the two records that a large archive has before its end."""
_IN_ZIP64, _LONG_IN_ZIP64 = 0xFFFF, 0xFFFFFFFF


def check_directory(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> None:
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


MOST_ENTRIES = 10_000
_ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Bits of the flags: encrypted, strongly encrypted, encrypted directory (4.4.4)."""
_DESCRIPTOR = 0x8
_DESCRIPTOR_SIZES = frozenset({0, 12, 16, 20, 24})
"""Bytes after a member whose sizes come after it (4.3.9)."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""`zipfile` inflates other methods in one piece, which could exceed every limit."""
_LOCAL = struct.Struct("<4s5H3L2H")
_FILE_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_END_OF_ZIP = b"PK\x05\x06"


def check(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> None:
    """Raises `Refusal`. `size`: the file's size in bytes."""
    entries = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if len(entries) > MOST_ENTRIES or sum(info.compress_size for info in entries) > size:
        raise Refusal("bomb")
    for info in entries:
        _check_entry(info)
    if len({info.filename.casefold() for info in entries}) < len(entries) or _END_OF_ZIP in archive.comment:
        raise Refusal("polyglot")
    check_directory(archive, file, size)
    _check_gaps(entries, file, archive.start_dir)


def _check_entry(info: zipfile.ZipInfo) -> None:
    names.check(info.orig_filename)
    names.check_extra(info.filename, info.extra)
    if info.flag_bits & _ENCRYPTED:
        raise Refusal("encrypted")
    if info.compress_type not in _METHODS:
        raise Refusal("not-scannable")
    if stat.S_IFMT(info.external_attr >> 16) not in _FILE_KINDS:
        raise Refusal("active-content")  # a link or a device
    if info.is_dir() and info.file_size:
        raise Refusal("polyglot")


def _check_gaps(entries: list[zipfile.ZipInfo], file: BinaryIO, last: int) -> None:
    """Refuses bytes before, between and after the members, and headers that contradict the directory."""
    expected = {0}
    for info in entries:
        if info.header_offset not in expected:
            raise Refusal("polyglot")
        end = _end(info, file)
        expected = {end + more for more in _DESCRIPTOR_SIZES} if info.flag_bits & _DESCRIPTOR else {end}
    if last not in expected:
        raise Refusal("polyglot")


def _end(info: zipfile.ZipInfo, file: BinaryIO) -> int:
    """The offset after the member's data."""
    file.seek(info.header_offset)
    try:
        _, _, flags, method, _, _, _, packed, _, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    except struct.error:
        raise Refusal("broken") from None
    if flags & _ENCRYPTED:
        raise Refusal("encrypted")
    file.seek(int(name), 1)
    names.check_extra(info.filename, file.read(extra))
    sizes = {info.compress_size, 0xFFFFFFFF} | ({0} if info.flag_bits & _DESCRIPTOR else set())
    if method != info.compress_type or packed not in sizes or (flags ^ info.flag_bits) & _DESCRIPTOR:
        raise Refusal("polyglot")
    return info.header_offset + _LOCAL.size + int(name) + int(extra) + info.compress_size
