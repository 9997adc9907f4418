"""Applies a complaint's legal hold to its files (S3 Object Lock).

The record comes first: everything that erases checks the complaint's state in the same commit.
"""

from __future__ import annotations

from functools import partial

from chalicelib.access import binding
from chalicelib.casework.loading import parse_complaint, read_entries
from chalicelib.casework.reactions.dispatch import EventReference
from chalicelib.complaints.envelope import Event
from chalicelib.evidence import evidence_queries, evidence_unit_of_work, item
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.wiring import Wiring


def moves(_policy: Policy, event: Event) -> bool:
    """True if the event sets or lifts a legal hold."""
    return _is_hold(event)


def _is_hold(event: Event) -> bool:
    return event.type in ("held", "released")


def run(wiring: Wiring, effect: EventReference, event: Event, now: Instant) -> None:
    """Applies the complaint's present state, so that repeated and reordered events give the same result."""
    if not _is_hold(event):
        return
    tenant, number = effect.tenant, effect.number
    with binding.tenant(tenant):
        entries = read_entries(wiring, tenant, number)
        on = parse_complaint(wiring, tenant, number, entries).complaint.held is not None
        for evidence in evidence_queries.list_all(wiring, tenant, number):
            if evidence.state == item.SEALED and evidence.sealed is not None:
                wiring.objects.set_legal_hold(evidence.sealed.key, evidence.sealed.version, on=on)
                if not on and evidence.conflict:
                    resume = partial(_resume_retention, wiring, tenant, number, evidence.id, now)
                    evidence_unit_of_work.retry_on_conflict(resume)


def _resume_retention(wiring: Wiring, tenant: str, number: str, evidence_id: str, now: Instant) -> None:
    """Lets the sweep erase a file that the hold kept beyond its retention."""
    loaded = evidence_unit_of_work.load(wiring, tenant, number, evidence_id)
    if loaded is not None and loaded.evidence.conflict:
        evidence_unit_of_work.update_item(wiring, loaded, now, conflict=False)
