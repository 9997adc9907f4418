"""Reactions to an event besides messages: work lists, and events of other complaints and units."""

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
    """Reference to an event that the relay passed on. `number`: of a complaint, or of a unit (`U#<unit>`)."""

    @property
    def tenant(self) -> str: ...
    @property
    def number(self) -> str: ...


FILTERS: tuple[Callable[[Policy, Event], bool], ...] = (
    work_lists.concerns,
    close_duplicates.concerns,
    score_unit.concerns,
)
"""The relay passes an event on if one of these filters returns True."""


def react(wiring: Wiring, reference: EventReference, event: Event) -> None:
    """Run all reactions to the event. They are idempotent."""
    tenant, number = reference.tenant, reference.number
    with binding.tenant(tenant):
        policy = wiring.compiled.get(tenant, event.policy)
        reactions: list[Callable[[], object]] = []
        if work_lists.concerns(policy, event):
            reactions.append(partial(work_lists.refresh, wiring, tenant, number))
        if close_duplicates.concerns(policy, event):
            reactions.append(partial(close_duplicates.close_duplicates, wiring, tenant, event, number, wiring.clock()))
        if score_unit.concerns(policy, event):
            reactions.append(partial(score_unit.score, wiring, tenant, number, wiring.clock()))
        run_each(reference, *reactions)


def run_each(reference: EventReference, *reactions: Callable[[], object]) -> None:
    """Run the reactions to one event. A failed reaction does not stop the others.

    Raises the first failure at the end, so that the queue delivers the event again. Further failures are logged.
    """
    failures: list[Exception] = []
    for reaction in reactions:
        try:
            reaction()
        except Exception as error:  # noqa: BLE001  raised below, or logged
            failures.append(error)
    for further in failures[1:]:
        observability.error(
            "Another reaction to the event failed",
            tenant=reference.tenant,
            complaint=reference.number,
            error=observability.frames(further),
        )
    if failures:
        raise failures[0]
