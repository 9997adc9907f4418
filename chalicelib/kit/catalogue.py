"""The text catalogue: what people read, in Chinese and English side by side.

A package has its texts in `texts.yaml`, or in the files of its folder `texts`. A file has sections, such as `pages` or
`faults`. The parts of a section in all files together are one mapping, or one list.

In a deployment package each section is a JSON file (`infra.package.precompile`), so that functions do not parse YAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from chalicelib.kit.problem import InBoth

PACKAGE = Path(__file__).parents[1]
COMPILED = "texts"
"""The folder of the JSON files in `PACKAGE`."""
Shape = TypeVar("Shape")
_known: dict[tuple[str, Any], Any] = {}
"""The sections that this process has read, by name and shape."""


def files(package: Path = PACKAGE) -> list[Path]:
    """The catalogue's files."""
    return sorted([*package.rglob("texts.yaml"), *package.rglob("texts/*.yaml")])


def section(name: str, shape: type[Shape]) -> Shape:
    """The texts of a section. Raises `msgspec.ValidationError` unless they have the shape."""
    if (name, shape) not in _known:
        _known[name, shape] = _read_section(name, shape)
    found: Shape = _known[name, shape]
    return found


def _read_section(name: str, shape: type[Shape]) -> Shape:
    compiled = PACKAGE / COMPILED / f"{name}.json"
    if compiled.exists():
        return msgspec.json.decode(compiled.read_bytes(), type=shape)
    return msgspec.convert(_written().get(name, {}), shape)


def texts(name: str) -> dict[str, InBoth]:
    """The texts of a section that has a name for each."""
    return section(name, dict[str, InBoth])


@cache
def words(name: str, language: str) -> dict[str, str]:
    """As `texts`, in `zh` or `en`."""
    return {key: text.of(language) for key, text in texts(name).items()}


def sections(package: Path = PACKAGE) -> dict[str, Any]:
    """All sections. Raises ValueError for a name that two files give to a text of a section."""
    found: dict[str, Any] = {}
    for path in files(package):
        for name, part in read(path).items():
            if isinstance(part, list):
                found.setdefault(name, []).extend(part)
                continue
            if twice := found.setdefault(name, {}).keys() & part:
                raise ValueError(f"{path}: {name}: another file has {', '.join(sorted(twice))}")
            found[name].update(part)
    return found


def compiled(package: Path) -> Iterator[tuple[Path, bytes]]:
    """The JSON files for a copy of the package, by their paths in it."""
    for name, part in sections(package).items():
        yield Path(COMPILED, f"{name}.json"), msgspec.json.encode(part)


_written = cache(sections)


def read(path: Path) -> dict[str, Any]:
    """The sections of a file. Raises `yaml.YAMLError`."""
    import yaml  # late: functions read JSON

    # Every value is text: in other loaders `Yes` and `2026-10-01` are none.
    with path.open("rb") as file:  # whose name an error states
        found: dict[str, Any] = yaml.load(file, yaml.CBaseLoader)  # noqa: S506 it makes only texts
    return found
