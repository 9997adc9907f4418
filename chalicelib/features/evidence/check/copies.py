"""The copies that a check makes of a file, for callers who may not have the original."""

from __future__ import annotations

from typing import NamedTuple


class Copies(NamedTuple):
    """`shown`: the file without its metadata, of the same media type; `thumbnail`: a small JPEG of an image."""

    shown: bytes
    thumbnail: bytes | None = None
