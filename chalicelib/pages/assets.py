"""Style sheet and modules of the pages. Their names contain a digest of their content, so caches keep them for ever."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_DIGITS = 12


def path(name: str) -> str:
    """The address of the file `name` of the folder `static`."""
    stem, dot, ending = name.rpartition(".")
    return f"/static/{stem}.{_digest(name)}{dot}{ending}"


def find(file: str) -> tuple[str, str] | None:
    """Content and media type of the file at an address that `path` gave. None for every other name."""
    for name in _names():
        if path(name) == f"/static/{file}":
            return _content(name), _TYPES[Path(name).suffix]
    return None


@functools.cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(one.name for one in _FOLDER.iterdir() if one.suffix in _TYPES))


@functools.cache
def _content(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@functools.cache
def _digest(name: str) -> str:
    return hashlib.sha256(_content(name).encode()).hexdigest()[:_DIGITS]
