"""Steps of a tenant's hourly job. Rows of `composition` name them, and `workers.hourly` runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.tenants.directory import Directory, DirectoryEntry
from chalicelib.wiring import Wiring


class Hour(msgspec.Struct, kw_only=True):
    """One run: what all steps get, and in `left` what a step leaves to later ones, by its name. A step that asks
    `wiring` for a policy with words of a later release does nothing more."""

    wiring: Wiring
    directory: Directory
    tenant: str
    found: DirectoryEntry
    now: Instant
    left: dict[str, Any] = {}


class HourlyStep(NamedTuple):
    """`after`: the names of the steps that come before it, directly. `in_turn`: what it writes, of which the last state
    decides; steps that write the same come one after another, in the order of the rows. `last`: it comes after all
    steps without this mark. An error that it raises ends the run, except for items that are damaged or of a later
    release."""

    name: str
    run: Callable[[Hour], object]
    after: tuple[str, ...] = ()
    in_turn: str = ""
    last: bool = False


ORGANISATION = "the organisation's record"
"""For `in_turn`."""


Run = Callable[[Wiring, str, Instant], None]


def tried_hourly(failure: str) -> Callable[[Run], Run]:
    """For what must not stop the rest of the hourly job: a failure is only logged, and the next run tries again."""

    def tried(run: Run) -> Run:
        @wraps(run)
        def try_once(wiring: Wiring, tenant: str, now: Instant) -> None:
            try:
                run(wiring, tenant, now)
            except Exception as error:  # noqa: BLE001  as said above
                observability.error(failure, tenant=tenant, error=observability.frames(error))

        return try_once

    return tried


def order_of(steps: Iterable[HourlyStep]) -> tuple[HourlyStep, ...]:
    """Raises `graphlib.CycleError` for a circle, and ValueError for a name in `after` that no step has."""
    by_name = {step.name: step for step in steps}
    order = tuple(TopologicalSorter(earlier(by_name.values())).static_order())
    if unknown := set(order) - by_name.keys():
        raise ValueError(f"there are no steps {sorted(unknown)}")
    return tuple(by_name[name] for name in order)


def earlier(steps: Iterable[HourlyStep]) -> dict[str, set[str]]:
    """By name of a step, the steps that come before it directly."""
    every = list(steps)
    usual = {step.name for step in every if not step.last}
    found = {step.name: {*step.after, *(usual if step.last else ())} for step in every}
    for before, step in _in_turn(every):
        found[step.name].add(before.name)
    return found


def _in_turn(steps: list[HourlyStep]) -> Iterator[tuple[HourlyStep, HourlyStep]]:
    for what in {step.in_turn for step in steps if step.in_turn}:
        yield from pairwise(step for step in steps if step.in_turn == what)
