"""Computes what decoding an image costs, before it is decoded: memory, and passes over its pixels.

A file of few bytes can cost gigabytes: 38 bytes are a WEBP of one colour with 49 million pixels.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from chalicelib.features.evidence.check.jpeg_segments import START_OF_SCAN, Segment, segments
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
