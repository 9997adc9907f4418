"""Style sheet and modules of the pages. Their names contain a digest of their content, so caches keep them for ever."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_DIGITS = 12


FOR_EVER = "public, max-age=31536000, immutable"
"""The value of `Cache-Control`."""


@functools.cache
def path(name: str) -> str:
    """The address of the file `name` of the folder `static`."""
    return address(name, _content(name).encode())


def address(name: str, content: bytes) -> str:
    """As `path`, of a file with this content."""
    stem, dot, ending = name.rpartition(".")
    return f"/static/{stem}.{hashlib.sha256(content).hexdigest()[:_DIGITS]}{dot}{ending}"


def find(file: str) -> tuple[str, str] | None:
    """Content and media type of the file at an address that `path` gave. None for every other name."""
    for name in _names():
        if path(name) == f"/static/{file}":
            return _content(name), MEDIA_TYPES[Path(name).suffix]
    return None


@functools.cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(one.name for one in _FOLDER.iterdir() if one.suffix in MEDIA_TYPES))


@functools.cache
def _content(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
