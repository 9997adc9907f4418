"""Applies a complaint's legal hold to its files (S3 Object Lock).

The record comes first: everything that erases checks the complaint's state in the same commit.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.loading import parse_complaint, read_entries
from chalicelib.features.evidence import item
from chalicelib.features.evidence.processing import unit_of_work
from chalicelib.kit.instants import Instant
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants import names
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


def applies(committed: CommittedEvent) -> bool:
    """True if the event sets or lifts a legal hold."""
    return committed.event.type in ("held", "released")


def update_holds(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    """Applies the complaint's present state, so that repeated and reordered events give the same result.

    Not in practice: no permission erases a file under the bucket's hold. No word of the policy changes what is held, so
    unknown ones delay no hold.
    """
    if names.is_practice(committed.tenant):
        return
    wiring = known_policies.any_version(wiring)
    tenant, number = committed.tenant, committed.number
    entries = read_entries(wiring.store, CaseRef(tenant, number))
    on = parse_complaint(wiring.compiled, CaseRef(tenant, number), entries).complaint.held is not None
    for evidence in item.all_of(wiring.store, CaseRef(tenant, number)):
        if evidence.state == item.SEALED and evidence.sealed is not None:
            wiring.objects.set_legal_hold(evidence.sealed.key, evidence.sealed.version, on=on)
            if not on and evidence.conflict:
                resume = partial(
                    _resume_retention, wiring.store, wiring.compiled, CaseRef(tenant, number), evidence.id, now
                )
                unit_of_work.retry(resume)


def _resume_retention(store: Store, compiled: CompiledPolicies, ref: CaseRef, evidence_id: str, now: Instant) -> None:
    """Lets the sweep erase a file that the hold kept beyond its retention."""
    loaded = unit_of_work.load(store, compiled, ref, evidence_id)
    if loaded is not None and loaded.evidence.conflict:
        unit_of_work.update_item(store, loaded, now, conflict=False)


REACTION = Reaction("legal holds", applies, update_holds)
