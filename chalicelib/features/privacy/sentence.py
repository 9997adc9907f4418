"""A sentence of the page on privacy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Sentence(NamedTuple):
    """`name`: in the catalogue. `body`: one outside, named behind the sentence, with its `url` if it has one."""

    name: str
    values: Mapping[str, Any] = {}
    body: str = ""
    url: str = ""
