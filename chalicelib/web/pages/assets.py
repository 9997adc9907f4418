"""Style sheet and modules of the pages. Their names contain a digest of their content, so caches keep them for ever."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"
"""The value of `Cache-Control`."""
_DIGITS = 12
_IMPORTED = r'(?<= from ")\./([\w-]+\.js)(?=";)'


class Asset(NamedTuple):
    """`path`: as pages name it. `content`: of a module, with the addresses of those that it imports."""

    path: str
    content: str
    media_type: str


def path(name: str) -> str:
    """The address of the file `name` of the folder `static` or a folder in it. Addresses have no folders."""
    return _own()[name].path


def has(name: str) -> bool:
    """Whether there is this file. One that is bundled is not there before `make` has made it."""
    return name in _own()


def find(file: str) -> tuple[str, str] | None:
    """Content and media type of the file at an address that `path` gave. None for every other name."""
    return next(((one.content, one.media_type) for one in _own().values() if one.path == f"/static/{file}"), None)


def with_imports(name: str) -> list[str]:
    """The addresses of a module and of all that it imports, so that a browser need not find them one by one."""
    imported = re.findall(_IMPORTED, _sources()[name])
    return list(dict.fromkeys([path(name), *(found for one in imported for found in with_imports(one))]))


def assets(sources: Mapping[str, str]) -> dict[str, Asset]:
    """By name. `sources`: the text of each file by its name, in which modules import each other by name."""
    made: dict[str, Asset] = {}

    def make(name: str) -> Asset:
        if name not in made:
            content = re.sub(_IMPORTED, lambda found: make(found[1]).path, sources[name])
            stem, dot, ending = name.rpartition(".")
            digest = hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]
            made[name] = Asset(f"/static/{stem}.{digest}{dot}{ending}", content, MEDIA_TYPES[dot + ending])
        return made[name]

    return {name: make(name) for name in sources}


@functools.cache
def _own() -> dict[str, Asset]:
    return assets(_sources())


@functools.cache
def _sources() -> dict[str, str]:
    files = sorted(one for one in _FOLDER.rglob("*") if one.suffix in MEDIA_TYPES)
    return {one.name: one.read_text(encoding="utf-8") for one in files}
