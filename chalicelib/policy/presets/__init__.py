"""The presets: ready-made policies as YAML files. Adding a file adds a preset; deleting it removes it (X.5)."""

from __future__ import annotations

from functools import cache
from importlib import resources

from chalicelib.policy.source import read

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


def document(name: str) -> dict[str, object]:
    """The preset as plain values, as written. Raises KeyError where there is none."""
    return read(text(name))
