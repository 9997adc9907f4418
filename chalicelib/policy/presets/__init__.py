"""The presets: ready-made policies, one YAML file each. Adding or deleting a file adds or removes a preset (X.5)."""

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
    """The preset's YAML. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    return resources.files(__name__).joinpath(name + _SUFFIX).read_text("utf-8")


def document(name: str) -> dict[str, Any]:
    """The preset as JSON values (number keys are text). Each call returns a new copy, which the caller may change.

    Raises KeyError for an unknown name.
    """
    found: dict[str, Any] = msgspec.json.decode(_as_json(name))
    return found


@cache
def _as_json(name: str) -> bytes:
    """The preset as JSON, cached because reading the YAML takes a hundred times as long."""
    return msgspec.json.encode(read(text(name)))
