"""The entries of a preset's YAML: every key and list item, with all its places in the document and its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from chalicelib.policy import presets
from chalicelib.policy.reading import yaml_text
from tests.clauses.mutation.clause_marks import ClauseMarks

Path = tuple[str | int, ...]

UNTESTED_PARTS = frozenset({"language", "name", "sample", "examples"})
"""Top-level keys without rules: version, title, an invented complaint, and examples, which the checker replays."""
LABEL_KEYS = frozenset({"zh", "en", "name", "clause"})
"""Texts for readers, and the reference to the source."""


class Entry(NamedTuple):
    """A key with its value, or a list item."""

    paths: tuple[Path, ...]
    """More than one if an alias repeats the part of the text."""
    value: Any
    clauses: frozenset[str]
    """The clauses that comments and `clause` keys name for the line, such as `P1.3`. Empty if none does."""

    @property
    def path(self) -> Path:
        return self.paths[0]

    @property
    def is_leaf(self) -> bool:
        return not isinstance(self.value, dict | list)


class _Walked(NamedTuple):
    place: tuple[int, str | int]
    """Identifies the entry: the map or list that holds it, of which aliases are the same object, and the last step."""
    path: Path
    value: Any
    references: tuple[str, ...]
    """The `clause` keys around the entry, innermost last."""


@cache
def entries(preset: str) -> tuple[Entry, ...]:
    """All entries except labels and `UNTESTED_PARTS`, in the order of the text."""
    text = presets.text(preset)
    document, spots = yaml_text.load(text)
    marks = ClauseMarks(text, spots)
    by_place: dict[tuple[int, str | int], list[_Walked]] = {}
    for walked in _walk(document, (), ()):
        by_place.setdefault(walked.place, []).append(walked)
    return tuple(
        Entry(tuple(one.path for one in same), same[0].value, marks.clauses(same[0].path, same[0].references))
        for same in by_place.values()
    )


def _walk(holder: Any, path: Path, references: tuple[str, ...]) -> Iterator[_Walked]:
    references = _with_own(holder, references)
    for step, value in _children(holder):
        if step in LABEL_KEYS or (not path and step in UNTESTED_PARTS):
            continue
        yield _Walked((id(holder), step), (*path, step), value, _with_own(value, references))
        yield from _walk(value, (*path, step), references)


def _with_own(value: Any, references: tuple[str, ...]) -> tuple[str, ...]:
    own = value.get("clause") if isinstance(value, Mapping) else None
    return (*references, own) if isinstance(own, str) else references


def _children(holder: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(holder, Mapping):
        yield from ((str(key), value) for key, value in holder.items())
    elif isinstance(holder, list):
        yield from enumerate(holder)
