"""Images: decoded within limits; a copy without metadata for others to see, and a thumbnail.

Pillow decodes; whoever shows the copy shows pixels only, so neither place nor camera nor owner goes with it.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from chalicelib.evidence.check import containers, markers
from chalicelib.evidence.check.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 50_000_000
"""At 4 bytes each: 200 MB of the function's memory. Enough for every telephone but those of 200 megapixels, whose
JPEG is decoded at a fraction of its size."""
MOST_JPEG_PIXELS = 260_000_000
SHOWN_SIDE, THUMBNAIL_SIDE = 4096, 320
"""Pixels of the longer side."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class Copies(NamedTuple):
    """`shown` has the original's media type; `thumbnail` is a JPEG."""

    shown: bytes
    thumbnail: bytes


def check(media_type: str, file: BinaryIO) -> Copies | None:
    """Raises `Refusal`. None for HEIC, which Pillow does not decode: only whoever may have the original sees it."""
    *parts, trailer = containers.beside_pixels(media_type, file)
    for part in parts:
        markers.no_script(part)
    markers.no_second_file(trailer)
    return None if media_type not in _FORMATS else _copies(media_type, file)


def _copies(media_type: str, file: BinaryIO) -> Copies:
    from PIL import Image, ImageOps, UnidentifiedImageError

    file.seek(0)
    kind = _FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limits are this function's own
            with Image.open(file, formats=[kind]) as image:
                _within_limits(image)
                image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
                image.load()
                upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
        shown = _saved(upright, kind)
        upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Copies(shown, _saved(upright, "JPEG"))
    except Image.DecompressionBombError:
        raise Refusal("bomb") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Refusal("broken") from None


def _within_limits(image: Picture) -> None:
    most = MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS
    if image.width * image.height > most:
        raise Refusal("bomb")


def _saved(image: Picture, kind: str) -> bytes:
    """Only pixels: a new image, so that nothing that Pillow keeps beside them is written."""
    from PIL import Image

    flat = image.convert("RGB" if kind == "JPEG" or not image.has_transparency_data else "RGBA")
    bare = Image.new(flat.mode, flat.size)
    bare.paste(flat)
    out = io.BytesIO()
    bare.save(out, kind)
    return out.getvalue()
