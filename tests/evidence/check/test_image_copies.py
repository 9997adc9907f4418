"""The copies of an image: the one that is shown has its type, the thumbnail is a JPEG, and neither has metadata."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from chalicelib.features.evidence.check import images
from chalicelib.features.evidence.check.copies import Copies
from chalicelib.features.evidence.check.images import SHOWN_SIDE
from tests.helpers.fakes.files import HEIC, image

TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def copies(media_type: str, content: bytes) -> Copies:
    found = images.check(media_type, io.BytesIO(content))
    assert found is not None
    return found


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content))


def transparent(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (200, 120, 60, 7)).save(out, kind, lossless=True)
    return out.getvalue()


@pytest.mark.parametrize(("media_type", "kind"), TYPES.items())
def test_the_copies_have_no_metadata(media_type: str, kind: str) -> None:
    made = copies(media_type, image(kind))
    shown, thumbnail = opened(made.shown), opened(made.thumbnail)
    assert (shown.format, thumbnail.format) == (kind, "JPEG")
    assert (dict(shown.getexif()), dict(thumbnail.getexif())) == ({}, {})


@pytest.mark.parametrize(("media_type", "kind"), [("image/png", "PNG"), ("image/webp", "WEBP")])
def test_what_is_transparent_stays_so_where_the_type_can_show_it(media_type: str, kind: str) -> None:
    made = copies(media_type, transparent(kind))
    assert (opened(made.shown).mode, opened(made.thumbnail).mode) == ("RGBA", "RGB")
    assert opened(made.shown).getchannel("A").getextrema() == (7, 7)


@pytest.mark.parametrize("media_type", TYPES)
def test_what_is_not_transparent_needs_no_fourth_channel(media_type: str) -> None:
    assert opened(copies(media_type, image(TYPES[media_type])).shown).mode == "RGB"


def test_a_large_image_is_shown_smaller_and_a_small_one_as_it_is() -> None:
    out = io.BytesIO()
    Image.new("RGB", (2 * SHOWN_SIDE, 128)).save(out, "PNG")
    large, small = copies("image/png", out.getvalue()), copies("image/png", image("PNG"))
    assert (opened(large.shown).size, opened(large.thumbnail).size) == ((SHOWN_SIDE, 64), (320, 5))
    assert (opened(small.shown).size, opened(small.thumbnail).size) == ((64, 32), (64, 32))


def test_a_type_that_is_not_decoded_has_no_copies() -> None:
    assert images.check("image/heic", io.BytesIO(HEIC)) is None
