"""A ZIP file written piece by piece, by processes that know only where it ends (PKWARE APPNOTE 6.3.10, ZIP64).

Python's `zipfile` writes an archive in one go; this one is continued by whoever comes next, from numbers in a job. All
sizes are ZIP64's, whatever they are, so that there is one form and not two.
"""

from __future__ import annotations

import struct
import zlib

import msgspec

STORED, DEFLATED = 0, 8
_ZIP64 = 0x0001
_VERSION = 45
_UTF8, _DESCRIBED = 0x0800, 0x0008
_LATER = 0xFFFFFFFF
"""Where ZIP64 keeps the number elsewhere."""
_DATE = (2026 - 1980) << 9 | 1 << 5 | 1
"""Files bear no time of their own: what is in them does."""


class ZipEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the archive. `offset`: where its local header begins; `described`: sizes come behind the data."""

    name: str
    sha256: str
    size: int
    packed: int
    crc: int
    offset: int
    method: int = STORED
    described: bool = False


def deflated_file(name: str, body: bytes, sha256: str, offset: int) -> tuple[ZipEntry, bytes]:
    """A whole small file, deflated."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(body) + packer.flush()
    filed = ZipEntry(
        name=name,
        sha256=sha256,
        size=len(body),
        packed=len(packed),
        crc=zlib.crc32(body),
        offset=offset,
        method=DEFLATED,
    )
    return filed, local_header(filed) + packed


def local_header(filed: ZipEntry) -> bytes:
    """What comes before the data. For a described file, its sizes and checksum do not matter yet."""
    name = filed.name.encode()
    crc, size, packed = (0, 0, 0) if filed.described else (filed.crc, filed.size, filed.packed)
    extra = struct.pack("<HHQQ", _ZIP64, 16, size, packed)
    fields = (_VERSION, _flags(filed), filed.method, 0, _DATE, crc, _LATER, _LATER, len(name), len(extra))
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name + extra


def data_descriptor(filed: ZipEntry) -> bytes:
    """What comes behind the data of a described file."""
    return struct.pack("<4sLQQ", b"PK\x07\x08", filed.crc, filed.packed, filed.size)


def central_header(filed: ZipEntry) -> bytes:
    """The file's record in the central directory."""
    name = filed.name.encode()
    extra = struct.pack("<HHQQQ", _ZIP64, 24, filed.size, filed.packed, filed.offset)
    head = (_VERSION, _VERSION, _flags(filed), filed.method, 0, _DATE, filed.crc, _LATER, _LATER)
    tail = (len(name), len(extra), 0, 0, 0, 0o600 << 16, _LATER)
    return struct.pack("<4s6H3L", b"PK\x01\x02", *head) + struct.pack("<5H2L", *tail) + name + extra


def end_of_archive(files: int, offset: int, size: int) -> bytes:
    """What comes last. `offset` and `size`: of the central directory."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, _VERSION, _VERSION, 0, 0, files, files, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, offset + size, 1)
    return record + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, _LATER, _LATER, 0)


def _flags(filed: ZipEntry) -> int:
    return _UTF8 | (_DESCRIBED if filed.described else 0)
