"""What an event causes besides messages: work lists, and acts of other aggregates (design §8)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.casework.reactions import close_duplicates, score_unit, work_lists
from chalicelib.complaints.envelope import Event
from chalicelib.policy.compiled import Policy
from chalicelib.wiring import Wiring


class EventReference(Protocol):
    """An event that the relay passed on. `number`: of a complaint, or of a unit (`U#<unit>`)."""

    @property
    def tenant(self) -> str: ...
    @property
    def number(self) -> str: ...


CONCERNS: tuple[Callable[[Policy, Event], bool], ...] = (work_lists.changes, close_duplicates.moves, score_unit.moves)
"""Which events the relay passes on for one of these effects."""


def run(wiring: Wiring, effect: EventReference, event: Event) -> None:
    """Each effect that the event has. A repeat changes nothing."""
    tenant, number = effect.tenant, effect.number
    with binding.tenant(tenant):
        policy = wiring.compiled.get(wiring.store, tenant, event.policy)
        each: list[Callable[[], object]] = []
        if work_lists.changes(policy, event):
            each.append(partial(work_lists.reconcile, wiring, tenant, number))
        if close_duplicates.moves(policy, event):
            each.append(partial(close_duplicates.close_duplicates, wiring, tenant, event, number, wiring.clock()))
        if score_unit.moves(policy, event):
            each.append(partial(score_unit.score, wiring, tenant, number, wiring.clock()))
        all_of(effect, *each)


def all_of(effect: EventReference, *each: Callable[[], object]) -> None:
    """What comes of one event, each part by itself: one that fails holds up none of the others.

    Raises the first failure when all had their turn, so that the event comes again; the further ones are logged.
    """
    failures: list[Exception] = []
    for part in each:
        try:
            part()
        except Exception as error:  # noqa: BLE001  raised below, or logged
            failures.append(error)
    for further in failures[1:]:
        observability.error(
            "More came to nothing of an event",
            tenant=effect.tenant,
            complaint=effect.number,
            error=observability.frames(further),
        )
    if failures:
        raise failures[0]
