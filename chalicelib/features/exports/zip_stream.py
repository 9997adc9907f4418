"""Encodes the records of a ZIP file, so that it can be written in several steps (PKWARE APPNOTE 6.3.10, ZIP64).

Python's `zipfile` must write an archive in one process. This module keeps no state: each step continues from the
offsets in the job. All sizes are in ZIP64 form, so that there is only one form.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

import msgspec

STORED, DEFLATED = 0, 8
_ZIP64 = 0x0001
_VERSION = 45
_UTF8, _DESCRIBED = 0x0800, 0x0008
_IN_ZIP64 = 0xFFFFFFFF
"""The value of a field whose number is in the ZIP64 extra field."""
_DATE = (2026 - 1980) << 9 | 1 << 5 | 1
"""2026-01-01 for every file. Times are in the content."""


class ZipEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A file in the archive. `size`, `packed`: bytes before and after compression; `offset`: of its local header.

    `described`: a data descriptor with sizes and checksum follows the data.
    """

    name: str
    sha256: str
    size: int
    packed: int
    crc: int
    offset: int
    method: int = STORED
    described: bool = False


def deflated_file(name: str, body: bytes, offset: int) -> tuple[ZipEntry, bytes]:
    """A whole small file: its entry, and its local header with the compressed data."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(body) + packer.flush()
    entry = ZipEntry(
        name=name,
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        packed=len(packed),
        crc=zlib.crc32(body),
        offset=offset,
        method=DEFLATED,
    )
    return entry, local_header(entry) + packed


def deflated_block(body: bytes) -> bytes:
    """A part of a file's compressed data, which does not depend on the parts before it (RFC 1951 section 3.2.3)."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush(zlib.Z_FULL_FLUSH)


END_OF_BLOCKS = b"\x03\x00"
"""The last block of a file that has been compressed in parts: an empty one."""


def local_header(entry: ZipEntry) -> bytes:
    """The header before the data. A described file has zeros for sizes and checksum."""
    name = entry.name.encode()
    crc, size, packed = (0, 0, 0) if entry.described else (entry.crc, entry.size, entry.packed)
    extra = struct.pack("<HHQQ", _ZIP64, 16, size, packed)
    fields = (_VERSION, _flags(entry), entry.method, 0, _DATE, crc, _IN_ZIP64, _IN_ZIP64, len(name), len(extra))
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name + extra


def data_descriptor(entry: ZipEntry) -> bytes:
    """The record after the data of a described file."""
    return struct.pack("<4sLQQ", b"PK\x07\x08", entry.crc, entry.packed, entry.size)


def central_header(entry: ZipEntry) -> bytes:
    """The file's record in the central directory."""
    name = entry.name.encode()
    extra = struct.pack("<HHQQQ", _ZIP64, 24, entry.size, entry.packed, entry.offset)
    head = (_VERSION, _VERSION, _flags(entry), entry.method, 0, _DATE, entry.crc, _IN_ZIP64, _IN_ZIP64)
    tail = (len(name), len(extra), 0, 0, 0, 0o600 << 16, _IN_ZIP64)
    return struct.pack("<4s6H3L", b"PK\x01\x02", *head) + struct.pack("<5H2L", *tail) + name + extra


def end_of_archive(files: int, offset: int, size: int) -> bytes:
    """The end of central directory records. `offset` and `size`: of the central directory, in bytes."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, _VERSION, _VERSION, 0, 0, files, files, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, offset + size, 1)
    return record + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, _IN_ZIP64, _IN_ZIP64, 0)


def _flags(entry: ZipEntry) -> int:
    return _UTF8 | (_DESCRIBED if entry.described else 0)
