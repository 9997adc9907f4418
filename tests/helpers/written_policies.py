"""The written documents of the repository, and what every edit of one must keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chalicelib.policy.editing.edit_text import edit_text
from chalicelib.policy.editing.edits import Edit, edited, same
from chalicelib.policy.editing.places import WrittenValue, follow, locate
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault

ROOT = Path(__file__).parents[2]
PLACES = (
    "chalicelib/policy/presets/*.yaml",
    "docs/examples/*.yaml",
    "tests/kernel/statistics/tricks/office.yaml",
    "tests/kernel/complaints/hostile.yaml",
    "tests/across/faults/exactly/procedure.yaml",
)
DOCUMENTS = sorted(path for place in PLACES for path in ROOT.glob(place))


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value below the document, with its path."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from paths(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from paths(one, (*path, index))


@cache
def root_of(path: Path) -> WrittenValue:
    return locate(text_of(path))


@cache
def editable(path: Path) -> list[tuple[tuple[Any, ...], Any]]:
    """The values to which no alias leads."""
    root = root_of(path)
    return [(where, value) for where, value in paths(_read(text_of(path))) if is_reached(root, where)]


@lru_cache(8)
def _read(text: str) -> Any:
    return source.read(text)


def is_reached(root: WrittenValue, path: tuple[Any, ...]) -> bool:
    try:
        return bool(follow(root, path))
    except PolicyFault:
        return False


def lines(text: str) -> list[str]:
    return text.split("\n")


def check(text: str, edit: Edit) -> str:
    """Makes the edit, compares the document that is read afterwards, and returns the new text."""
    after = edit_text(text, [edit])
    assert same(source.read(after), edited(_read(text), edit)), edit
    assert after.endswith("\n") == text.endswith("\n"), edit
    return after


def lost(text: str, after: str) -> list[str]:
    """The lines of the text that the new one lacks."""
    return list((Counter(lines(text)) - Counter(lines(after))).elements())


def gained(text: str, after: str) -> list[str]:
    return lost(after, text)


def around(text: str, after: str) -> tuple[int, int]:
    """How many lines at the start and at the end are the same."""
    old, new = lines(text), lines(after)
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    return start, end


def comments(text: str) -> Counter[str]:
    """What stands behind the last ` #` of a line, or at the start of a line behind `#`."""
    return Counter(line.rsplit("#", 1)[1] for line in lines(text) if line.lstrip().startswith("#") or " #" in line)
