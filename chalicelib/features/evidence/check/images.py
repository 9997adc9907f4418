"""Checks images, and makes a copy without metadata and a thumbnail.

Pillow decodes the image within limits. The copies have pixels only, so they reveal no location, camera or owner.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, BinaryIO

from chalicelib.features.evidence.check import containers, decoding_cost, markers
from chalicelib.features.evidence.check.copies import Copies
from chalicelib.features.evidence.check.decoding_cost import SHOWN_SIDE
from chalicelib.features.evidence.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

THUMBNAIL_SIDE = 320
"""Pixels of the longer side."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def check(media_type: str, file: BinaryIO) -> Copies | None:
    """Raises `Refusal` for an image that is broken, too large, or has active content or a second file in it.

    None for HEIC, which Pillow does not decode: it is available as the original only.
    """
    *parts, trailer = containers.non_pixel_data(media_type, file)
    for part in parts:
        markers.refuse_script(part)
    markers.refuse_second_file(trailer)
    return None if media_type not in _FORMATS else _make_copies(media_type, file)


def _make_copies(media_type: str, file: BinaryIO) -> Copies:
    from PIL import Image, ImageOps, UnidentifiedImageError

    kind = _FORMATS[media_type]
    if kind == "JPEG":
        decoding_cost.check_jpeg(file)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `decoding_cost` applies the limit
            with Image.open(file, formats=[kind]) as image:
                if kind != "JPEG":
                    decoding_cost.check_pixels(image)
                image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
                image.load()
                ImageOps.exif_transpose(image, in_place=True)
                image.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
                shown = _encode(image, kind)
                image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
                return Copies(shown, _encode(image, "JPEG"))
    except Image.DecompressionBombError:
        raise Refusal("bomb") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Refusal("broken") from None


def _encode(image: Picture, kind: str) -> bytes:
    """Pastes the pixels into a new image, so that metadata which Pillow keeps is not written."""
    from PIL import Image

    flat = image.convert("RGB" if kind == "JPEG" or not image.has_transparency_data else "RGBA")
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    out = io.BytesIO()
    bare.save(out, kind)
    return out.getvalue()
