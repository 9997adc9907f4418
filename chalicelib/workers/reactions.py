"""The reactions to committed events, in one table. The effects worker runs them.

The stream reconciliation relays an event again if one of them applies to it. Each reaction is idempotent: it is run
again after a failure, late, and out of order. One that needs a policy with words of a later release waits in a job of
the event, which tries it again each hour: the queue would give the event up.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import msgspec

from chalicelib.access import binding
from chalicelib.casework.committed_event import CommittedEvent
from chalicelib.features.evidence import legal_holds
from chalicelib.features.handling import close_duplicates
from chalicelib.features.messages import create_deliveries, deliver
from chalicelib.features.messages.relay.relay import RelayedEvent, committed_event
from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.register import prepare
from chalicelib.features.similar import react as similar
from chalicelib.features.units import score_unit
from chalicelib.features.worklists import work_lists
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import LaterRelease
from chalicelib.policy.language.vocabulary import INDEXED_EVENTS
from chalicelib.ports import QueueMessage
from chalicelib.store import event_log
from chalicelib.store.port import CommitConflict, Store
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import CompiledPolicies, Wiring


class Reaction(msgspec.Struct, frozen=True):
    """`applies` reads nothing but the policy. The caller of both functions binds the tenant. `name`: for the log."""

    name: str
    applies: Callable[[CommittedEvent], bool]
    run: Callable[[Wiring, CommittedEvent, Instant], object]


def _has_texts(committed: CommittedEvent) -> bool:
    return not committed.is_of_unit and committed.event.type in INDEXED_EVENTS


def _index_texts(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    from chalicelib.features.search import index_texts  # a cold start does not need the index

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
JOB_KIND = "reactions"
"""Of the job `reactions-<number>-<seq>`, which exists while a reaction to the event waits."""


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
    the event again. Further failures are logged. Reactions that wait for a later release are left to a job.
    """
    waiting, failures = _run(known_policies.only_known(wiring), relayed)
    if waiting:
        _leave_to_job(wiring, relayed)
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


def resume(claim: Claim) -> None:
    """`driver.Step`: runs the reactions of an event that waited. What fails is left to the queue, as at first."""
    relayed = claim.job.at(RelayedEvent)
    waiting, failures = _run(claim.wiring, relayed)
    if waiting:
        raise waiting[0]
    if failures:
        claim.wiring.effects.send([QueueMessage.of(relayed)])
    claim.wiring.store.commit([jobs.forget(claim.tenant, claim.stored)])


_Failure = tuple[Reaction, Exception]


def _run(wiring: Wiring, relayed: RelayedEvent) -> tuple[list[LaterRelease], list[_Failure]]:
    """Which reactions wait for a later release, and which failed. `wiring`: of `only_known`."""
    waiting, failures = list[LaterRelease](), list[_Failure]()
    committed = load_event(wiring.store, wiring.compiled, relayed)
    if committed is None:
        return waiting, failures
    with binding.tenant(relayed.tenant):
        for each in REACTIONS:
            try:
                with known_policies.waiting():
                    if each.applies(committed):
                        each.run(wiring, committed, wiring.clock())
            except LaterRelease as later:
                waiting.append(later)
            except Exception as error:  # noqa: BLE001  raised by the caller, or logged
                failures.append((each, error))
    return waiting, failures


def _leave_to_job(wiring: Wiring, relayed: RelayedEvent) -> None:
    event, now = RelayedEvent(relayed.tenant, relayed.number, relayed.seq, again=True), wiring.clock()
    name = f"{JOB_KIND}-{relayed.number}-{relayed.seq}"
    job = Job(id=name, kind=JOB_KIND, by="system", started=now, cursor=jobs.cursor(event))
    with binding.tenant(relayed.tenant), suppress(CommitConflict):  # the event waits already
        wiring.store.commit([jobs.new(relayed.tenant, job)])
