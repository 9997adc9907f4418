"""Tells the owners that the record of a complaint excludes the last person who could do an act, approval or task."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.casework.authorization import asker_from_membership, restrict_to_case
from chalicelib.complaints.acting.duties import Duty, duties
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventDraft, event_id
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries

WORDING, VACANT = "nobody_left", "role_vacant"
"""The record excludes the last person, or the parent of the unit has none."""


def tell_owners(store: Store, tenant: str, flow: Flow, before: Complaint | None) -> None:
    """Adds `notified` if the events since `before` leave a duty unstaffed. Without `before`, all events are new.

    Reads all members, but only if the events changed who is excluded, or led to a stage with such a person. The caller
    binds the tenant.
    """
    known = {} if before is None else {duty.key: duty for duty in duties(flow.policy, before)}
    found = duties(flow.policy, flow.complaint, before)
    changed = [duty for duty in found if duty.key not in known or known[duty.key].people != duty.people]
    if not changed:
        return
    members = _members(store, tenant, flow)
    left = [duty for duty in changed if duty.is_unstaffed(members)]
    new = [duty for duty in left if duty.key not in known or not known[duty.key].is_unstaffed(members)]
    since = 0 if before is None else before.seq
    for events in (True, False):
        if found := [duty for duty in new if bool(duty.events) is events]:
            _tell(flow, found, since)


def _tell(flow: Flow, left: list[Duty], since: int) -> None:
    events = list(dict.fromkeys(event for duty in left for event in duty.events))
    seq, draft = _cause(flow, events, since)
    flow.notify(
        [OWNER],
        about=event_id(flow.complaint.number, seq, draft.name),
        at=flow.complaint.at,
        wording=WORDING if events else VACANT,
        acts=sorted({duty.act for duty in left}),
        roles=sorted({role for duty in left for role in duty.roles}),
        **({"excluded_by": [draft.type] if draft.type in events else events} if events else {}),
    )


def _cause(flow: Flow, events: list[str], since: int) -> tuple[int, EventDraft]:
    """The latest excluding event after number `since`, or the first in the present stage, with its number."""
    numbered = [(seq, one) for seq, one in enumerate(flow.drafts, flow.before.seq + 1) if seq > since]
    own = [item for item in numbered if item[1].type in events]
    others = [item for item in numbered if item[1].result.stage == flow.complaint.stage]
    return own[-1] if own else others[0]


def _members(store: Store, tenant: str, flow: Flow) -> list[Asker]:
    """The active members who may see the complaint, and for whom each of them stands in."""
    complaint = flow.complaint
    above = organisation.load(store, tenant).children if flow.policy.overseers else {}
    people = [one for one in queries.all_people(store, tenant) if one.active]
    absent: dict[str, set[str]] = {}
    for one in people:
        deputy = queries.deputy_of(one, complaint.at)
        if deputy is not None:
            absent.setdefault(deputy, set()).add(one.sub)
    askers = [replace(asker_from_membership(one, above), absent=frozenset(absent.get(one.sub, ()))) for one in people]
    return [seen for one in askers if (seen := restrict_to_case(one, complaint)) is not None]
