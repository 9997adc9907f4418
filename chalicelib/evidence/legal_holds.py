"""Legal holds: what the record says of the complaint is done to its files (S3 Object Lock).

The record itself goes first: whoever would erase something asks the complaint's state, in the same commit.
"""

from __future__ import annotations

from functools import partial

from chalicelib.access import binding
from chalicelib.casework.case import case_in, read
from chalicelib.casework.reactions.table import EventReference
from chalicelib.complaints.envelope import Event
from chalicelib.evidence import evidence_unit_of_work, item, queries
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.wiring import Wiring


def moves(_policy: Policy, event: Event) -> bool:
    """Whether the event puts the complaint's files under a hold, or lifts it."""
    return _is_hold(event)


def _is_hold(event: Event) -> bool:
    return event.type in ("held", "released")


def run(wiring: Wiring, effect: EventReference, event: Event, now: Instant) -> None:
    """By the complaint's present state, so that repeats and a changed order come to the same."""
    if not _is_hold(event):
        return
    tenant, number = effect.tenant, effect.number
    with binding.tenant(tenant):
        entries = read(wiring, tenant, number)
        on = case_in(wiring, tenant, number, entries).complaint.held is not None
        for evidence in queries.in_order(wiring, tenant, number):
            if evidence.state == item.SEALED and evidence.sealed is not None:
                wiring.objects.hold(evidence.sealed.key, evidence.sealed.version, on=on)
                if not on and evidence.conflict:
                    evidence_unit_of_work.attempts(partial(_wake_again, wiring, tenant, number, evidence.id, now))


def _wake_again(wiring: Wiring, tenant: str, number: str, evidence_id: str, now: Instant) -> None:
    """Retention, which had to wait, has its turn."""
    found = evidence_unit_of_work.load(wiring, tenant, number, evidence_id)
    if found is not None and found.evidence.conflict:
        evidence_unit_of_work.note(wiring, found, now, conflict=False)
