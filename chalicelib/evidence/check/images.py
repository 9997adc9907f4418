"""Checks images, and makes a copy without metadata and a thumbnail.

Pillow decodes the image within limits. The copies have pixels only, so they reveal no location, camera or owner.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from chalicelib.evidence.check import containers, markers
from chalicelib.evidence.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 50_000_000
"""At 4 bytes each, 200 MB of memory. Phones that exceed it write JPEG, which is decoded at a fraction of its size."""
MOST_JPEG_PIXELS = 260_000_000
SHOWN_SIDE, THUMBNAIL_SIDE = 4096, 320
"""Pixels of the longer side."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class ImageCopies(NamedTuple):
    """`shown` has the original's media type; `thumbnail` is a JPEG."""

    shown: bytes
    thumbnail: bytes


def check(media_type: str, file: BinaryIO) -> ImageCopies | None:
    """Raises `Refusal` for an image that is broken, too large, or has active content or a second file in it.

    None for HEIC, which Pillow does not decode: it is available as the original only.
    """
    *parts, trailer = containers.non_pixel_data(media_type, file)
    for part in parts:
        markers.refuse_script(part)
    markers.refuse_second_file(trailer)
    return None if media_type not in _FORMATS else _make_copies(media_type, file)


def _make_copies(media_type: str, file: BinaryIO) -> ImageCopies:
    from PIL import Image, ImageOps, UnidentifiedImageError

    file.seek(0)
    kind = _FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `_check_pixels` applies the limit
            with Image.open(file, formats=[kind]) as image:
                _check_pixels(image)
                image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
                image.load()
                upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
        shown = _encode(upright, kind)
        upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return ImageCopies(shown, _encode(upright, "JPEG"))
    except Image.DecompressionBombError:
        raise Refusal("bomb") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Refusal("broken") from None


def _check_pixels(image: Picture) -> None:
    most = MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS
    if image.width * image.height > most:
        raise Refusal("bomb")


def _encode(image: Picture, kind: str) -> bytes:
    """Pastes the pixels into a new image, so that metadata which Pillow keeps is not written."""
    from PIL import Image

    flat = image.convert("RGB" if kind == "JPEG" or not image.has_transparency_data else "RGBA")
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    out = io.BytesIO()
    bare.save(out, kind)
    return out.getvalue()
