"""A photograph inside a PDF loses its metadata and keeps its pixels."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image, ImageChops

from chalicelib.features.evidence.check.pdf.cleaning import without_metadata
from tests.helpers.fakes.files import image


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def made(*, progressive: bool = False) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((80, 60), 60).convert("RGB").save(out, "JPEG", progressive=progressive, icc_profile=b"profile")
    return out.getvalue()


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xED, 0xEF, 0xFE])
def test_metadata_of_each_kind_is_left_out(marker: int, progressive: bool) -> None:
    plain = made(progressive=progressive)
    last = plain.rindex(b"\xff\xda")
    planted = plain[:2] + segment(marker, b"Somebody") + plain[2:last] + segment(marker, b"Somebody") + plain[last:]

    cleaned = without_metadata(planted + b"Somebody")

    assert cleaned == plain
    before, after = (Image.open(io.BytesIO(each)).convert("RGB") for each in (planted, plain))
    assert ImageChops.difference(before, after).getbbox() is None


def test_the_profile_of_colours_stays() -> None:
    cleaned = without_metadata(made())

    assert cleaned is not None
    assert Image.open(io.BytesIO(cleaned)).info["icc_profile"] == b"profile"


def test_exif_is_left_out() -> None:
    cleaned = without_metadata(image())

    assert cleaned is not None
    assert b"Camera" not in cleaned


@pytest.mark.parametrize("content", [b"", b"GIF89a", made()[:-2], made()[:40], b"\xff\xd8\xff\xe0\x00", b"\xff\xd8abc"])
def test_what_is_no_whole_jpeg_is_not_cleaned(content: bytes) -> None:
    assert without_metadata(content) is None
