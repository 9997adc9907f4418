"""The routes and pages that `make nightly-features` has left out, by name. In any other run there are none.

Tables of tests have a row for each route, and leave out theirs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeVar

NAMES = frozenset(os.environ.get("LEFT_OUT", "").split())
_Row = TypeVar("_Row")


def kept(rows: Mapping[str, _Row]) -> dict[str, _Row]:
    return {name: row for name, row in rows.items() if name not in NAMES}
