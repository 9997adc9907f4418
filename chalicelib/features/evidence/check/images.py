"""Checks images, and makes a copy without metadata and a thumbnail.

Pillow decodes the image within limits. The copies have pixels only, so they reveal no location, camera or owner.

The container is parsed first: it gives the image's own end, and all data that is not pixels. What decoding costs, in
memory and passes over the pixels, is computed before: 38 bytes are a WEBP of one colour with 49 million pixels.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from chalicelib.features.evidence.check import markers
from chalicelib.features.evidence.check.copies import Copies
from chalicelib.features.evidence.check.jpeg_segments import START_OF_SCAN, Segment, jpeg_parts, read_exactly, segments
from chalicelib.features.evidence.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture


MOST_MEMORY = 600 * 1024 * 1024
"""Bytes. The function has 1 GiB, and its own modules and the file take 200 MiB."""
MOST_WORK = 1_500_000_000
"""Samples that all scans of a JPEG decode together: ten scans, as many as programs write, of 48 megapixels."""
SHOWN_SIDE = 4096
"""Pixels of the longer side of the copy. A JPEG is decoded at a fraction of its size, but not below this."""
_BYTES_PER_PIXEL = {"PNG": 12, "WEBP": 20}
"""Measured. The decoder of WEBP keeps frames of an animation, and scaling copies a transparent image twice."""
_COPIES = 3
_FRACTIONS = (8, 4, 2)
_ONE_PASS, _PROGRESSIVE = frozenset({0xC0, 0xC1, 0xC9}), frozenset({0xC2, 0xCA})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that start a frame (ITU T.81 table B.1). The other kinds are lossless or hierarchical."""


class _Frame(NamedTuple):
    """The size in pixels, and the horizontal and vertical sampling factors of each component (ITU T.81 B.2.2)."""

    progressive: bool
    width: int
    height: int
    sampling: tuple[tuple[int, int], ...]

    @property
    def samples(self) -> int:
        """Values that are stored for the image; brightness usually has four times as many as each colour."""
        most = max(across for across, _ in self.sampling) * max(down for _, down in self.sampling)
        return self.width * self.height * sum(across * down for across, down in self.sampling) // most


def check_pixels(image: Picture) -> None:
    """For a PNG or WEBP that is opened, but not decoded. Raises `Refusal("bomb")`."""
    if image.width * image.height * _BYTES_PER_PIXEL[image.format or ""] > MOST_MEMORY:
        raise Refusal("bomb")


def check_jpeg(file: BinaryIO) -> None:
    """Raises `Refusal`: `bomb` for an image that costs too much, `broken` for one without one frame."""
    file.seek(0)
    frames, scans = [], 0
    for part in segments(file):
        scans += part.marker == START_OF_SCAN
        if part.marker in _FRAMES:
            frames.append(_frame(part))
    if len(frames) != 1 or not scans:
        raise Refusal("broken")
    [frame] = frames
    components = len(frame.sampling)
    decoded = _decoded_pixels(frame) * components
    buffered = frame.samples * 2 if frame.progressive or scans > 1 else 0
    if max(buffered + decoded, decoded * _COPIES) > MOST_MEMORY or frame.samples * scans > MOST_WORK:
        raise Refusal("bomb")


def _decoded_pixels(frame: _Frame) -> int:
    scale = min(frame.width, frame.height) // SHOWN_SIDE
    fraction = next((each for each in _FRACTIONS if each <= scale), 1)
    return -(-frame.width // fraction) * -(-frame.height // fraction)


def _frame(segment: Segment) -> _Frame:
    try:
        _, height, width, count = struct.unpack_from(">BHHB", segment.data)
        sampling = tuple((factor >> 4, factor & 0xF) for factor in segment.data[7 : 6 + 3 * count : 3])
    except struct.error:
        raise Refusal("broken") from None
    usable = segment.marker in _ONE_PASS | _PROGRESSIVE and width and height and 1 <= count <= 4
    if not usable or len(sampling) != count or not all(1 <= factor <= 4 for pair in sampling for factor in pair):
        raise Refusal("broken")
    return _Frame(segment.marker in _PROGRESSIVE, width, height, sampling)


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


THUMBNAIL_SIDE = 320
"""Pixels of the longer side."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def check(media_type: str, file: BinaryIO) -> Copies | None:
    """Raises `Refusal` for an image that is broken, too large, or has active content or a second file in it.

    None for HEIC, which Pillow does not decode: it is available as the original only.
    """
    *parts, trailer = non_pixel_data(media_type, file)
    for part in parts:
        markers.refuse_script(part)
    markers.refuse_second_file(trailer)
    return None if media_type not in _FORMATS else _make_copies(media_type, file)


def _make_copies(media_type: str, file: BinaryIO) -> Copies:
    from PIL import Image, ImageOps, UnidentifiedImageError

    kind = _FORMATS[media_type]
    if kind == "JPEG":
        check_jpeg(file)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `decoding_cost` applies the limit
            with Image.open(file, formats=[kind]) as image:
                if kind != "JPEG":
                    check_pixels(image)
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
