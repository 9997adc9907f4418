"""Runs the reactions to a committed event, for the effects worker.

One that needs a policy with words of a later release waits in a job of the event, which tries it again each hour: the
queue would give the event up.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework.composing import committed_event as reactions
from chalicelib.casework.composing.committed_event import CommittedEvent, LookAgain, Reaction
from chalicelib.features.messages.relay.relay import RelayedEvent, committed_event
from chalicelib.features.messages.webhooks import webhook
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit import observability
from chalicelib.kit.problem import LaterRelease
from chalicelib.ports import QueueMessage
from chalicelib.store import event_log
from chalicelib.store.port import CommitConflict, Store
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import CompiledPolicies, Wiring

JOB_KIND = "reactions"
"""Of the job `reactions-<number>-<seq>`, which exists while a reaction to the event waits."""


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
        for each in reactions.composed():
            try:
                with known_policies.waiting():
                    if each.applies(committed):
                        _relay_again(wiring, relayed, each.run(wiring, committed, wiring.clock()))
            except LaterRelease as later:
                waiting.append(later)
            except Exception as error:  # noqa: BLE001  raised by the caller, or logged
                failures.append((each, error))
    return waiting, failures


def _relay_again(wiring: Wiring, relayed: RelayedEvent, result: object) -> None:
    if isinstance(result, LookAgain):
        wiring.effects.send([QueueMessage.of(replace(relayed, again=True))], result.seconds)


def _leave_to_job(wiring: Wiring, relayed: RelayedEvent) -> None:
    event, now = RelayedEvent(relayed.tenant, relayed.number, relayed.seq, again=True), wiring.clock()
    name = f"{JOB_KIND}-{relayed.number}-{relayed.seq}"
    job = Job(id=name, kind=JOB_KIND, by="system", started=now, cursor=jobs.cursor(event))
    with binding.tenant(relayed.tenant), suppress(CommitConflict):  # the event waits already
        wiring.store.commit([jobs.new(relayed.tenant, job)])
