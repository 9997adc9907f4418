"""Faults of names: used, but not defined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.reading.faults import Fault, Path


def unknown(path: Path, used: Iterable[str], known: Collection[str], kind: str, of: str = "") -> Iterator[Fault]:
    """A fault of this kind for each used name that is not known."""
    for name in used:
        if name not in known:
            yield Fault(path, kind, name=name, known=sorted(known), of=of)


def condition(
    path: Path, given: Condition, names: DefinedNames, extra: Mapping[str, Collection[str]] | None = None
) -> Iterator[Fault]:
    """A condition names only what the policy knows, with values that it can have: so it can be enumerated."""
    for name, values in given.items():
        known = names.values.get(name) if extra is None or name not in extra else extra[name]
        if known is None:
            yield Fault((*path, name), "no-condition", name=name, known=sorted([*names.values, *(extra or {})]))
        elif known:  # without any value, the fault is where they are defined
            asked = (value for value in values if value != "none")
            yield from unknown((*path, name), asked, known, "no-value", of=name)
