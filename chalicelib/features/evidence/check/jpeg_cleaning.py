"""Copies a JPEG without its metadata. The picture itself is not decoded, so it does not change (ITU T.81 B.1)."""

from __future__ import annotations

import re
import struct

_END, _SCAN = 0xD9, 0xDA
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE
_KEPT = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
"""Segments of programs without which the colours would be wrong, and how they begin."""
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def without_metadata(jpeg: bytes) -> bytes | None:
    """None for a file that has not the structure of a JPEG. What comes after the image is left out."""
    if not jpeg.startswith(b"\xff\xd8"):
        return None
    out, at = bytearray(jpeg[:2]), 2
    while at + 2 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            return bytes(out + b"\xff\xd9")
        end = _end(jpeg, at, marker)
        if end is None:
            return None
        if not _is_metadata(marker, jpeg[at + 4 : end]):
            out += jpeg[at:end]
        at = end
    return None


def _end(jpeg: bytes, at: int, marker: int) -> int | None:
    """The offset after the segment, and after the coded data that follow the head of a scan."""
    if marker in _WITHOUT_LENGTH:
        return at + 2
    if at + 4 > len(jpeg):
        return None
    end = at + 2 + int(struct.unpack_from(">H", jpeg, at + 2)[0])
    if marker != _SCAN:
        return end
    found = _AFTER_SCAN.search(jpeg, end)
    return None if found is None else found.start()


def _is_metadata(marker: int, content: bytes) -> bool:
    if marker == _COMMENT:
        return True
    return marker in _APPLICATION and not (marker in _KEPT and content.startswith(_KEPT[marker]))
