"""The mutants of a preset: every entry, changed in every way that its kind allows."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from chalicelib.policy import presets
from chalicelib.policy.reading.faults import PolicyFault
from tests.clauses.mutation import sample_filing
from tests.clauses.mutation.lines import Entry, Path, entries
from tests.clauses.mutation.meaning import meaning
from tests.clauses.mutation.names import Names
from tests.clauses.mutation.ways import GONE, Change, changes


class Mutant(NamedTuple):
    """`id`: the path and the way, such as `clocks.screening.within:longer-limit`."""

    id: str
    clauses: frozenset[str]
    document: dict[str, Any]


Try = tuple[Entry, Sequence[Change]]


class Mutants:
    """Makes the mutants of a preset. `refused` and `equal` do not count.

    The checker refuses the former, in all their variants; the latter mean the same as the preset or an earlier mutant.
    """

    def __init__(self, preset: str) -> None:
        self._original, means, self.tries = _read(preset)
        self._seen = {means}
        self._made: dict[str, tuple[Entry, Change]] = {}
        self.refused: list[str] = []
        self.equal: list[str] = []

    def all(self) -> list[Mutant]:
        return [mutant for entry, found in self.tries if (mutant := self.made(entry, found))]

    def named(self, name: str) -> Mutant | None:
        """The mutant of this id; None if there is none, or if it does not count."""
        found = next((one for one in self.tries if any(_name(one[0], change) == name for change in one[1])), None)
        mutant = self.made(*found) if found else None
        return mutant if mutant is not None and mutant.id == name else None

    def made(self, entry: Entry, found: Sequence[Change]) -> Mutant | None:
        """None if it does not count."""
        for change in found:
            try:
                document = _changed(self._original, [(entry, change)])
                means = meaning(document)
            except (PolicyFault, KeyError, TypeError, ValueError):
                continue
            name = _name(entry, change)
            if means in self._seen:
                self.equal.append(name)
                return None
            self._seen.add(means)
            self._made[name] = (entry, change)
            return Mutant(name, entry.clauses, document)
        self.refused.append(_name(entry, found[0]))
        return None

    def together(self, names: Sequence[str]) -> dict[str, Any] | None:
        """The preset with the changes of several mutants that were made. None if the checker refuses it.

        They must be in different lists, since a removal moves what comes after it.
        """
        try:
            document = _changed(self._original, [self._made[name] for name in names])
            meaning(document)
        except (PolicyFault, KeyError, TypeError, ValueError):
            return None
        return document

    def lists(self, name: str) -> frozenset[Path]:
        """The places in the document that the mutant changes, each up to the first list."""
        entry, _ = self._made[name]
        return frozenset(tuple(takewhile(lambda step: isinstance(step, str), path))[:3] for path in entry.paths)


@cache
def _read(preset: str) -> tuple[dict[str, Any], bytes, tuple[Try, ...]]:
    """The preset without examples, what it means, and for each entry and way the changes, of which the first that the
    checker accepts is a mutant."""
    original = presets.document(preset)
    original.pop("examples", None)
    names = Names.of(original)
    tries = tuple((entry, found) for entry in entries(preset) for found in changes(entry, names) if found)
    return original, meaning(original), tries


def _name(entry: Entry, change: Change) -> str:
    return ".".join(str(step) for step in entry.path) + ":" + change.way


def _changed(original: Mapping[str, Any], made: Sequence[tuple[Entry, Change]]) -> dict[str, Any]:
    document = copy.deepcopy(dict(original))
    for entry, change in made:
        for path in entry.paths:
            _apply(document, path, change)
    sample_filing.fit(document)
    return document


def _apply(document: Any, path: Path, change: Change) -> None:
    *steps, last = path
    holder = around = document
    for step in steps:
        around, holder = holder, holder[step]
    if change.way == "optional":
        _make_optional(holder, last, around)
    elif change.value is GONE:
        del holder[last]
    else:
        holder[last] = change.value


def _make_optional(needs: Any, last: Any, part: Any) -> None:
    """Moves a field from `needs` to `takes`. Raises TypeError if they are no lists."""
    if not isinstance(needs, list) or not isinstance(part, dict):
        raise TypeError
    part["takes"] = [*part.get("takes", []), needs.pop(last)]
