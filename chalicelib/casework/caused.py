"""What an event causes besides messages: work lists, and acts of other aggregates (design §8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from chalicelib.casework import follow, score, worklists
from chalicelib.complaints.envelope import Event
from chalicelib.policy.compiled import Policy
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring


class Caused(Protocol):
    """An event that the relay passed on. `number`: of a complaint, or of a unit (`U#<unit>`)."""

    @property
    def tenant(self) -> str: ...
    @property
    def number(self) -> str: ...


CONCERNS: tuple[Callable[[Policy, Event], bool], ...] = (worklists.changes, follow.moves, score.moves)
"""Which events the relay passes on for one of these effects."""


def run(wiring: Wiring, effect: Caused, event: Event) -> None:
    """Each effect that the event has. A repeat changes nothing."""
    tenant = effect.tenant
    with binding.tenant(tenant):
        policy = wiring.compiled.get(wiring.store, tenant, event.policy)
        if worklists.changes(policy, event):
            worklists.reconcile(wiring, tenant, effect.number)
        if follow.moves(policy, event):
            follow.follow(wiring, tenant, event, effect.number, wiring.clock())
        if score.moves(policy, event):
            score.score(wiring, tenant, effect.number, wiring.clock())
