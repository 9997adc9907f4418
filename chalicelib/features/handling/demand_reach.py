"""Refuses a demand for evidence to a respondent whom the system cannot reach."""

from __future__ import annotations

from chalicelib.complaints.acting.demands import unanswerable
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.pending_state import BY_STAFF
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.store.port import Store
from chalicelib.tenants.people import queries


def check(store: Store, tenant: str, flow: Flow) -> None:
    """Raises `Problem("invalid")` if the last act demands from a unit without an active respondent, who is told of it.

    Where the act tells them nothing, staff ask them. Reads all members, but only after a demand.
    """
    unit = flow.complaint.unit
    made = (one.fields for one in flow.drafts if one.type == "evidence_demanded")
    demanded = any(one["of"] == RESPONDENT and not one.get(BY_STAFF) for one in made)
    if not demanded or unit is None:
        return
    people = (one for one in queries.all_people(store, tenant) if one.active)
    if not any(grant.role == RESPONDENT and grant.unit == unit for one in people for grant in one.grants):
        raise unanswerable("the respondent cannot be reached: the unit has no active respondent")
