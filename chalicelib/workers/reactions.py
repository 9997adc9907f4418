"""The reactions to committed events, in one table. The effects worker runs them.

The stream reconciliation relays an event again if one of them applies to it. Each reaction is idempotent: it is run
again after a failure, late, and out of order.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.casework.reactions import close_duplicates, score_unit, work_lists
from chalicelib.casework.reactions.committed_event import CommittedEvent
from chalicelib.casework.similar import react as similar
from chalicelib.evidence import legal_holds
from chalicelib.instants import Instant
from chalicelib.messages import create_deliveries, deliver
from chalicelib.messages.relay.relay import RelayedEvent, committed_event
from chalicelib.messages.webhooks import webhook
from chalicelib.oversight.register import prepare
from chalicelib.policy.language.vocabulary import INDEXED_EVENTS
from chalicelib.store import event_log
from chalicelib.store.port import Store
from chalicelib.wiring import CompiledPolicies, Wiring


class Reaction(msgspec.Struct, frozen=True):
    """`applies` reads nothing but the policy. The caller of both functions binds the tenant. `name`: for the log."""

    name: str
    applies: Callable[[CommittedEvent], bool]
    run: Callable[[Wiring, CommittedEvent, Instant], object]


def _has_texts(committed: CommittedEvent) -> bool:
    return not committed.is_of_unit and committed.event.type in INDEXED_EVENTS


def _index_texts(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    from chalicelib.casework.reactions import index_texts  # a cold start does not need the index

    index_texts.index_texts(wiring, committed, now)


REACTIONS: tuple[Reaction, ...] = (
    Reaction("messages", deliver.applies, deliver.deliver),
    Reaction("webhooks", create_deliveries.applies, create_deliveries.create_deliveries),
    Reaction("work lists", work_lists.applies, work_lists.react),
    Reaction("duplicates", close_duplicates.applies, close_duplicates.close_duplicates),
    Reaction("units", score_unit.applies, score_unit.score),
    Reaction("legal holds", legal_holds.applies, legal_holds.update_holds),
    Reaction("search", _has_texts, _index_texts),
    Reaction("notices", prepare.applies, prepare.prepare),
    Reaction("similar complaints", similar.applies, similar.note),
)
"""In the order in which they are run."""


def has_reaction(committed: CommittedEvent) -> bool:
    """Whether the event must be relayed. Most events have no reaction. The caller binds the tenant."""
    return any(reaction.applies(committed) for reaction in REACTIONS)


def load_event(store: Store, compiled: CompiledPolicies, relayed: RelayedEvent) -> CommittedEvent | None:
    """The event with the tenant's webhooks, in one read. None if the event was erased."""
    key = event_log.key(relayed.ref.pk, relayed.seq)
    with binding.tenant(relayed.tenant):
        entries = store.get([key, webhook.key(relayed.tenant)])
    event = event_log.find(entries, key)
    return None if event is None else committed_event(compiled, relayed, event, entries)


def run_reactions(wiring: Wiring, relayed: RelayedEvent) -> None:
    """Run the reactions that apply to an event. A failed reaction does not stop the others.

    Reads the event once, because events never change. Raises the first failure at the end, so that the queue delivers
    the event again. Further failures are logged.
    """
    committed = load_event(wiring.store, wiring.compiled, relayed)
    if committed is None:
        return
    with binding.tenant(committed.tenant):
        failures = [(each, failure) for each in REACTIONS if (failure := _failure(wiring, committed, each)) is not None]
    for reaction, further in failures[1:]:
        observability.error(
            "Another reaction to the event failed",
            tenant=relayed.tenant,
            complaint=relayed.number,
            reaction=reaction.name,
            error=observability.frames(further),
        )
    if failures:
        raise failures[0][1]


def _failure(wiring: Wiring, committed: CommittedEvent, reaction: Reaction) -> Exception | None:
    try:
        if reaction.applies(committed):
            reaction.run(wiring, committed, wiring.clock())
    except Exception as error:  # noqa: BLE001  raised by the caller, or logged
        return error
    return None
