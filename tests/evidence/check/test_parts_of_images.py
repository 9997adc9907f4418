"""The bytes of an image that are read without decoding it: metadata, and all after its end, but not its pixels."""

from __future__ import annotations

import io
import struct

import pytest

from chalicelib.features.evidence.check import images
from chalicelib.features.evidence.check.jpeg_segments import read_exactly
from chalicelib.features.evidence.refusal import Refusal

LARGEST = 16 << 20


def parts(media_type: str, content: bytes) -> list[bytes]:
    return list(images.non_pixel_data(media_type, io.BytesIO(content)))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(struct.pack(">L4s", len(data), kind) + data + b"crc." for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(struct.pack("<4sL", kind, len(data)) + data + bytes(len(data) % 2) for kind, data in chunks)
    return struct.pack("<4sL4s", b"RIFF", 4 + len(body), b"WEBP") + body


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L4s", 8 + len(data), kind) + data


def wide_box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L4sQ", 1, kind, 16 + len(data)) + data


def test_the_pixels_of_a_png_are_skipped() -> None:
    content = png((b"tEXt", b"made"), (b"IDAT", b"pixels"), (b"fdAT", b"pixels"), (b"eXIf", b"where"), (b"IEND", b""))
    assert parts("image/png", content + b"more") == [b"made", b"where", b"", b"more"]


@pytest.mark.parametrize("kind", [b"VP8 ", b"VP8L", b"ANMF", b"ALPH"])
def test_the_pixels_of_a_webp_are_skipped(kind: bytes) -> None:
    content = webp((b"VP8X", b"odd"), (kind, b"odd"), (kind, b"even"), (b"EXIF", b"made"), (b"XMP ", b"odd"))
    assert parts("image/webp", content + b"more") == [b"odd", b"made", b"odd", b"more"]


def test_the_pixels_of_a_heic_are_skipped() -> None:
    content = box(b"ftyp", b"heic") + box(b"mdat", b"pixels") + wide_box(b"mdat", b"pixels") + wide_box(b"meta", b"x")
    assert parts("image/heic", content) == [b"heic", b"x"]


@pytest.mark.parametrize(
    ("media_type", "content", "reason"),
    [
        ("image/png", png((b"tEXt", b"made"))[:-6], "broken"),
        ("image/png", png((b"tEXt", b"made")), "broken"),
        ("image/webp", webp((b"EXIF", b"made"))[:-2], "broken"),
        ("image/webp", b"RIFF", "broken"),
        ("image/heic", box(b"meta", b"x")[:-1], "broken"),
        ("image/heic", struct.pack(">L4s", 7, b"meta"), "broken"),
        ("image/heic", struct.pack(">L4sQ", 1, b"meta", 15), "broken"),
        ("image/heic", b"\x00\x00", "broken"),
        ("image/gif", b"GIF89a", "not-scannable"),
    ],
)
def test_an_image_without_its_structure_is_refused(media_type: str, content: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parts(media_type, content)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("length", [0, 3])
def test_a_part_is_read_in_full(length: int) -> None:
    assert read_exactly(io.BytesIO(b"abc"), length) == b"abc"[:length]


@pytest.mark.parametrize(
    ("length", "reason"), [(4, "broken"), (LARGEST, "broken"), (LARGEST + 1, "bomb"), (-1, "broken")]
)
def test_a_part_that_is_too_large_or_not_there_is_refused(length: int, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_exactly(io.BytesIO(b"abc"), length)
    assert refusal.value.reason == reason
