"""A mail that did not reach the complainant: what it started or ended in their complaint is taken back."""

from __future__ import annotations

from chalicelib.casework import commit, due_events, loading
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.delivery import Delivery
from chalicelib.kit.instants import DAY, HOUR, Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import event_log, keys
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring

NOT_SENT = "not_sent"
"""The kind of a mail that the service did not take. A mail that bounced has the kind that Amazon SES names."""
_RETRIES_APART = 12 * HOUR
"""At most (`record_attempt`)."""


def record(wiring: Wiring, tenant: str, delivery: Delivery, kind: str, now: Instant, *, is_final: bool) -> None:
    """Adds `returned` to the complaint, if its policy asks whether the mail reached the complainant.

    `is_final`: no further mail will reach the address. A repeat changes nothing. The caller binds the tenant, and
    marks the delivery as failed only afterwards, so that a repeat of the feedback makes up for a crash.
    """
    if delivery.reader != keys.complainant(delivery.number):
        return
    ref = CaseRef(tenant, delivery.number)
    item = event_log.key(ref.pk, delivery.seq)
    notice = event_log.find(wiring.store.get([item]), item)
    if notice is not None:
        retry_on_conflict(lambda: _record(wiring, ref, notice, kind, now, is_final=is_final))


def _record(wiring: Wiring, ref: CaseRef, notice: Event, kind: str, now: Instant, *, is_final: bool) -> None:
    from chalicelib.complaints.acting import attempts  # few policies ask whether people were reached

    try:
        case = loading.load(wiring.store, wiring.compiled, ref)
    except Problem as problem:
        if problem.kind == "complaint-unknown":
            return  # erased since the mail was sent
        raise
    if not case.policy.reach:
        return
    flow = due_events.apply(wiring.store, wiring.sealer, ref.tenant, case, now)
    at = max(now, flow.complaint.at)
    if attempts.take_back(flow, attempts.ReturnedMail(notice, kind, is_final=is_final), at):
        _, writes = commit.writes(wiring.sealer, ref.tenant, flow, now)
        wiring.store.commit(writes)


def is_too_late(delivery: Delivery, now: Instant) -> bool:
    """Whether the next attempt to send could come after the time in which a mail that did not arrive takes back."""
    return now + _RETRIES_APART > delivery.since + DAY
