"""Parses image containers: finds the image's own end and all data that is not pixels."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from chalicelib.evidence.refusal import Refusal

_LARGEST_PART = 16 * 1024 * 1024
"""Most bytes of metadata in one part. Cameras write tens of KB."""
_PNG_HEAD, _RIFF_HEAD = 8, 12
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a length (ITU T.81 table B.1)."""


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


def _jpeg(file: BinaryIO) -> Iterator[bytes]:
    """Segments up to the end-of-image marker, without the entropy-coded data (ITU T.81 B.1.1)."""
    if file.read(2) != b"\xff\xd8":
        raise Refusal("broken")
    marker = _next_marker(file)
    while marker != 0xD9:
        if marker in _WITHOUT_LENGTH:
            marker = _next_marker(file)
            continue
        (length,) = struct.unpack(">H", file.read(2))
        yield _read_exactly(file, length - 2)
        marker = _skip_scan(file) if marker == 0xDA else _next_marker(file)
    yield file.read()


def _next_marker(file: BinaryIO) -> int:
    first, second = struct.unpack("BB", file.read(2))
    while second == 0xFF:
        (second,) = struct.unpack("B", file.read(1))
    if first != 0xFF:
        raise Refusal("broken")
    return int(second)


def _skip_scan(file: BinaryIO) -> int:
    """Skips the entropy-coded data of a JPEG scan. Returns the marker that ends it; the file is positioned after it.

    `FF 00` (a stuffed zero) and `FF D0` to `FF D7` (restart markers) belong to the data. Raises `Refusal("broken")` if
    the file ends first.
    """
    carried = b""
    while piece := file.read(1 << 16):
        data = carried + piece
        at = data.find(b"\xff")
        while 0 <= at < len(data) - 1:
            follows = data[at + 1]
            if follows not in (0x00, 0xFF) and not 0xD0 <= follows <= 0xD7:
                file.seek(at + 2 - len(data), 1)
                return follows
            at = data.find(b"\xff", at + (1 if follows == 0xFF else 2))
        carried = b"\xff" if data.endswith(b"\xff") else b""
    raise Refusal("broken")


def _png(file: BinaryIO) -> Iterator[bytes]:
    file.seek(_PNG_HEAD)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack(">L4s", file.read(8))
        if kind in (b"IDAT", b"fdAT"):
            file.seek(length + 4, 1)
        else:
            yield _read_exactly(file, length)
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
            yield _read_exactly(file, size)
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
            yield _read_exactly(file, size - 8)


def _read_exactly(file: BinaryIO, length: int) -> bytes:
    """Raises `Refusal`: `broken` if the file ends too early, `bomb` if the part is too large."""
    if not 0 <= length <= _LARGEST_PART:
        raise Refusal("bomb" if length > _LARGEST_PART else "broken")
    found = file.read(length)
    if len(found) < length:
        raise Refusal("broken")
    return found


READERS = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp, "image/heic": _heic}
