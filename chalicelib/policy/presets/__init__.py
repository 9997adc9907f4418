"""The presets: ready-made policies as YAML files. Adding a file adds a preset; deleting it removes it (X.5)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import msgspec

from chalicelib.policy.reading.source import read

_SUFFIX = ".yaml"


def names() -> list[str]:
    return sorted(
        file.name.removesuffix(_SUFFIX) for file in resources.files(__name__).iterdir() if file.name.endswith(_SUFFIX)
    )


@cache
def text(name: str) -> str:
    """The preset's YAML. Raises KeyError where there is none."""
    if name not in names():
        raise KeyError(name)
    return resources.files(__name__).joinpath(name + _SUFFIX).read_text("utf-8")


def document(name: str) -> dict[str, Any]:
    """The preset as JSON has it, number keys as text: the caller's own. Raises KeyError where there is none."""
    found: dict[str, Any] = msgspec.json.decode(_values(name))
    return found


@cache
def _values(name: str) -> bytes:
    """As JSON: reading the YAML takes a hundred times as long."""
    return msgspec.json.encode(read(text(name)))
