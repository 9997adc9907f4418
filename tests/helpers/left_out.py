"""What `make nightly-features` has left out. In any other run nothing is.

Tables of tests have a row for each route, or for a file, and leave out theirs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TypeVar

NAMES = frozenset(os.environ.get("LEFT_OUT", "").split())
"""Of the routes and pages."""
PATHS = frozenset(os.environ.get("LEFT_OUT_PATHS", "").split())
"""Of the routes and pages, with their parameters in braces."""
_FILES = tuple(os.environ.get("LEFT_OUT_FILES", "").split())
"""And folders, from the root: of the feature, its tests, and what else was deleted with it."""
_Row = TypeVar("_Row")


def kept(rows: Mapping[str, _Row]) -> dict[str, _Row]:
    return {name: row for name, row in rows.items() if name not in NAMES}


def is_kept(file: str) -> bool:
    """`file`: from the root, or below `chalicelib/`."""
    return not any(f"{name}/".startswith(f"{gone}/") for name in (file, f"chalicelib/{file}") for gone in _FILES)


def is_served(path: str) -> bool:
    patterns = (re.sub(r"\{\w+\}", "[^/]+", template) for template in PATHS)
    return not any(re.fullmatch(pattern, path.partition("?")[0]) for pattern in patterns)


def is_whole() -> bool:
    return not _FILES
