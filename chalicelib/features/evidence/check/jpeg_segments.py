"""Parses a JPEG file: finds its end and all segments that are not pixels (ITU T.81 B.1.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from chalicelib.features.evidence.refusal import Refusal

_LARGEST_PART = 16 * 1024 * 1024
"""Most bytes of metadata in one part. Cameras write tens of KB."""


def read_exactly(file: BinaryIO, length: int) -> bytes:
    """Raises `Refusal`: `broken` if the file ends too early, `bomb` if the part is too large."""
    if not 0 <= length <= _LARGEST_PART:
        raise Refusal("bomb" if length > _LARGEST_PART else "broken")
    found = file.read(length)
    if len(found) < length:
        raise Refusal("broken")
    return found


START_OF_SCAN, _END_OF_IMAGE, _TRAILER = 0xDA, 0xD9, 0x00
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a length (ITU T.81 table B.1)."""


class Segment(NamedTuple):
    """`marker`: the second byte of the marker; `data`: without marker and length."""

    marker: int
    data: bytes


def jpeg_parts(file: BinaryIO) -> Iterator[bytes]:
    """The data of each segment and, last, all bytes after the image's end."""
    return (segment.data for segment in segments(file))


def segments(file: BinaryIO) -> Iterator[Segment]:
    """Segments up to the end-of-image marker, without the entropy-coded data (ITU T.81 B.1.1).

    The last one has no marker (0): all bytes after the image's end.
    """
    if file.read(2) != b"\xff\xd8":
        raise Refusal("broken")
    marker = _next_marker(file)
    while marker != _END_OF_IMAGE:
        if marker in _WITHOUT_LENGTH:
            marker = _next_marker(file)
            continue
        (length,) = struct.unpack(">H", file.read(2))
        yield Segment(marker, read_exactly(file, length - 2))
        marker = _skip_scan(file) if marker == START_OF_SCAN else _next_marker(file)
    yield Segment(_TRAILER, file.read())


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
