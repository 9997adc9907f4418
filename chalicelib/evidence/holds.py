"""Legal holds: what the record says of the complaint is done to its files (S3 Object Lock).

The record itself goes first: whoever would erase something asks the complaint's state, in the same commit.
"""

from __future__ import annotations

from functools import partial

from chalicelib.casework.case import case_in, read
from chalicelib.casework.caused import Caused
from chalicelib.complaints.envelope import Event
from chalicelib.evidence import held, item, look
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring


def moves(_policy: Policy, event: Event) -> bool:
    """Whether the event puts the complaint's files under a hold, or lifts it."""
    return _is_hold(event)


def _is_hold(event: Event) -> bool:
    return event.type in ("held", "released")


def run(wiring: Wiring, effect: Caused, event: Event, now: Instant) -> None:
    """By the complaint's present state, so that repeats and a changed order come to the same."""
    if not _is_hold(event):
        return
    tenant, number = effect.tenant, effect.number
    with binding.tenant(tenant):
        entries = read(wiring, tenant, number)
        on = case_in(wiring, tenant, number, entries).complaint.held is not None
        for evidence in look.in_order(wiring, tenant, number):
            if evidence.state == item.SEALED and evidence.sealed is not None:
                wiring.objects.hold(evidence.sealed.key, evidence.sealed.version, on=on)
                if not on and evidence.conflict:
                    held.attempts(partial(_wake_again, wiring, tenant, number, evidence.id, now))


def _wake_again(wiring: Wiring, tenant: str, number: str, evidence_id: str, now: Instant) -> None:
    """Retention, which had to wait, has its turn."""
    found = held.load(wiring, tenant, number, evidence_id)
    if found is not None and found.evidence.conflict:
        held.note(wiring, found, now, conflict=False)
