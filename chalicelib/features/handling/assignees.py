"""People whom an act names or proposes: members, and in their role if they are assigned or the field has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.casework.authorization import asker_from_membership
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.rights import permits
from chalicelib.complaints.rights.permits import RESPONDENT, ROUTED, Grant, covers
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.stages import Act, AssignedField
from chalicelib.policy.language.values import fact_kinds
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants.people import membership, queries

_SUB = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""A Cognito `sub` is a UUID. Other values are not read."""
_EXCLUDED = "names a person who is excluded by their part in this complaint"
_FOR_UNIT = "names a person who answers for the unit that the complaint is about"
MOST = 20
"""Most people that the first read of a request includes."""


def membership_keys(tenant: str, fields: Mapping[str, Any]) -> list[Key]:
    """Membership keys of all field values that look like a `sub`, to be read together with the complaint."""
    return [membership.key(tenant, sub) for sub in list(dict.fromkeys(_candidates(fields)))[:MOST]]


def _candidates(fields: Mapping[str, Any]) -> Iterator[str]:
    for value in fields.values():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and re.fullmatch(_SUB, item):
                yield item


def check(
    store: Store, tenant: str, flow: Flow, read_keys: list[Key], entries: Mapping[Key, Entry], blamed: str | None
) -> None:
    """Raises `Problem("invalid")` if an event recuses a stranger, or assigns or proposes a person who lacks the role.

    `read_keys`: the membership keys of the first read. People from an approved proposal are not among them and are
    read now. `blamed`: the request field that an error names. If None, it names the field that contains the people.
    """
    assignments = [
        (draft, role, sub) for draft in flow.drafts for role, subs in _assigned(flow, draft).items() for sub in subs
    ]
    recused = [sub for draft in flow.drafts if draft.type == "recused" for sub in draft.fields.get("person", [])]
    named = list(_named(flow))
    subs = dict.fromkeys([*(sub for _, _, sub in (*assignments, *named)), *recused])
    unread = [key for key in (membership.key(tenant, sub) for sub in subs) if key not in read_keys]
    memberships = {**entries, **store.get(unread)}
    if not all(_is_active(memberships.get(membership.key(tenant, sub))) for sub in recused):
        place = Place(f"/fields/{blamed or 'person'}", "names a person who is not a member of the organisation")
        raise Problem("invalid", "Only members of the organisation can be excluded.", places=[place])
    fault = "names a person who is not a member in this role, or not of this unit"
    places = [
        Place(f"/fields/{blamed or _field(flow, draft, role)}", fault)
        for draft, role, sub in assignments
        if not _is_eligible(memberships.get(membership.key(tenant, sub)), role, flow)
    ]
    places += [
        Place(f"/fields/{blamed or field}", fault)
        for field, roles, sub in named
        if not any(_is_eligible(memberships.get(membership.key(tenant, sub)), role, flow) for role in roles)
    ]
    for draft, role, sub in assignments:
        field, entry = blamed or _field(flow, draft, role), memberships.get(membership.key(tenant, sub))
        if _answers_for_unit(entry, flow):
            places.append(Place(f"/fields/{field}", _FOR_UNIT))
        if entry is not None and not _is_selected(store, tenant, flow, _restriction(flow, draft, role), entry):
            places.append(Place(f"/fields/{field}", _EXCLUDED))
    if places:
        raise Problem("invalid", "People are assigned by their id as members of the organisation.", places=places)


def _assigned(flow: Flow, draft: EventDraft) -> Mapping[str, list[str]]:
    """The people that the event assigns or, for a proposal, that its approval would assign, by role."""
    if draft.type != "proposed":
        assigned: Mapping[str, list[str]] = draft.fields.get("assigned", {})
        return assigned
    act = flow.policy.document.stages[draft.result.stage].acts.get(draft.fields["act"])
    fields = {} if act is None else act.assigned_fields
    return {role: draft.fields[name] for role, name in fields.items() if name in draft.fields}


def _named(flow: Flow) -> Iterator[tuple[str, list[str], str]]:
    """The people in fields of kind `people`: the field, the roles of which they must have one, and the person.

    Without a role, the name of the field stands for a function, which any member may have.
    """
    fields = {name: fact for name, fact in flow.policy.document.fields.items() if fact_kinds.of(fact.kind).names_people}
    for draft in flow.drafts if fields else ():
        for name, fact in fields.items():
            roles = [
                draft.fields.get(role.removeprefix("field."), name) if role.startswith("field.") else role
                for role in fact.roles or [name]
            ]
            for sub in draft.fields.get(name, ()) if draft.act or draft.type == "proposed" else ():
                yield name, roles, sub


def _restriction(flow: Flow, draft: EventDraft, role: str) -> AssignedField | None:
    """The restrictions of the people whom the act assigns to the role."""
    act = _assigning_act(flow, draft, role)
    found = None if act is None else act.assigns[role]
    return found if isinstance(found, AssignedField) else None


def _assigning_act(flow: Flow, draft: EventDraft, role: str) -> Act | None:
    """The policy's act by which the event assigns the role: that of its present stage, if that has it.

    The office's `assign` repeats another act, which the field with the people tells.
    """
    stages = flow.policy.document.stages
    own = [act for stage in (stages[flow.before.stage], *stages.values()) if (act := stage.acts.get(draft.act or ""))]
    others = [act for stage in stages.values() for act in stage.acts.values()]
    acts = [act for act in (*own, *others) if role in act.assigns]
    return next((act for act in acts if act.assigned_fields[role] in draft.fields), None)


def _is_selected(store: Store, tenant: str, flow: Flow, rule: AssignedField | None, entry: Entry) -> bool:
    """Whether neither the act's restrictions nor a recusal exclude the person.

    Reads further memberships only for a person who is a deputy.
    """
    if rule is None and not flow.before.recused:
        return True
    person, at = membership.stored(entry), flow.complaint.at
    absent = frozenset(one.sub for one in queries.absent_people(store, tenant, person, at))
    asker = replace(asker_from_membership(person), absent=absent)
    excluded, same = ((), None) if rule is None else (rule.excluded, rule.same)
    return permits.fits(excluded, same, flow.before, asker, Grant(""))


def _is_active(entry: Entry | None) -> bool:
    return entry is not None and membership.stored(entry).active


def _field(flow: Flow, draft: EventDraft, role: str) -> str:
    """The field that names the people of the role."""
    act = _assigning_act(flow, draft, role)
    return role if act is None else act.assigned_fields[role]


def _answers_for_unit(entry: Entry | None, flow: Flow) -> bool:
    """Whether the person is the respondent of the complaint's unit. They do not handle complaints about it."""
    unit = flow.complaint.unit
    return entry is not None and unit is not None and membership.stored(entry).may(RESPONDENT, unit)


def _is_eligible(entry: Entry | None, role: str, flow: Flow) -> bool:
    """Any member of the unit is eligible for a function such as `responsible`, which is not a role of the policy."""
    person = None if entry is None else membership.stored(entry)
    if person is None or not person.active:
        return False
    unit = flow.complaint.unit
    required = flow.complaint.flags.get(ROUTED) if role == ROUTED else role
    if required not in flow.policy.document.people:
        return any(covers(grant, unit) for grant in asker_from_membership(person).grants)
    return person.may(required, unit)
