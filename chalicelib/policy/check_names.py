"""Faults of names: used, but not defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chalicelib.policy.faults import Fault, Path
from chalicelib.policy.model import Condition
from chalicelib.policy.names import Names


def unknown(path: Path, used: Iterable[str], known: Iterable[str], what: str) -> Iterator[Fault]:
    """A fault for each used name that is not known."""
    known = sorted(known)
    for name in used:
        if name not in known:
            yield Fault(path, f"there is no {what} `{name}`; there is: {', '.join(known)}")


def condition(
    path: Path, given: Condition, names: Names, extra: Mapping[str, Iterable[str]] | None = None
) -> Iterator[Fault]:
    """A condition names only what the policy knows, with values that it can have: so it can be enumerated."""
    known = {**names.values, **(extra or {})}
    for name, values in given.items():
        if name not in known:
            yield Fault((*path, name), f"nothing is called `{name}`; there is: {', '.join(sorted(known))}")
        else:
            yield from unknown((*path, name), values, [*known[name], "none"], f"value of {name}")
