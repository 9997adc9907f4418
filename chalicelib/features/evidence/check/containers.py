"""Parses image containers: finds the image's own end and all data that is not pixels."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from chalicelib.features.evidence.check.exact_reading import read_exactly
from chalicelib.features.evidence.check.jpeg_segments import jpeg_parts
from chalicelib.features.evidence.refusal import Refusal

_PNG_HEAD, _RIFF_HEAD = 8, 12


def non_pixel_data(media_type: str, file: BinaryIO) -> Iterator[bytes]:
    """Yields metadata and comments and, last, all bytes after the image's own end.

    Raises `Refusal`: `broken` if the image does not have its format's structure, or `not-scannable` for a type
    without a reader.
    """
    reader = READERS.get(media_type)
    if reader is None:
        raise Refusal("not-scannable")
    file.seek(0)
    try:
        yield from reader(file)
    except struct.error:
        raise Refusal("broken") from None


def _png(file: BinaryIO) -> Iterator[bytes]:
    file.seek(_PNG_HEAD)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack(">L4s", file.read(8))
        if kind in (b"IDAT", b"fdAT"):
            file.seek(length + 4, 1)
        else:
            yield read_exactly(file, length)
            file.seek(4, 1)
    yield file.read()


def _webp(file: BinaryIO) -> Iterator[bytes]:
    _, length, _ = struct.unpack("<4sL4s", file.read(_RIFF_HEAD))
    end = 8 + length + length % 2
    while file.tell() < end:
        kind, size = struct.unpack("<4sL", file.read(8))
        if kind in (b"VP8 ", b"VP8L", b"ANMF", b"ALPH"):
            file.seek(size + size % 2, 1)
        else:
            yield read_exactly(file, size)
            file.seek(size % 2, 1)
    file.seek(end)
    yield file.read()


def _heic(file: BinaryIO) -> Iterator[bytes]:
    """All boxes but the media data (ISO 14496-12)."""
    while head := file.read(8):
        size, kind = struct.unpack(">L4s", head)
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            size -= 8
        if size < 8:
            raise Refusal("broken")
        if kind == b"mdat":
            file.seek(size - 8, 1)
        else:
            yield read_exactly(file, size - 8)


READERS = {"image/jpeg": jpeg_parts, "image/png": _png, "image/webp": _webp, "image/heic": _heic}
