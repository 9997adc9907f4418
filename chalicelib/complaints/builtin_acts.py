"""Built-in acts of the office: internal notes, links between duplicates, reassignment, legal holds.

They start and stop no clock. The table of acts (`act_hooks`) has a row for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.complaints import consequences, fields
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldSpec
from chalicelib.complaints.permits import Asker, Grant, covers, grant_for, role_grant
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.problem import Place, Problem, Text

if TYPE_CHECKING:
    from chalicelib.complaints.act_hooks import Requested

NOTE = FieldSpec("text", "text", True, fact=Fact(holder="internal"))
LINK = FieldSpec("to", "reference", True)
REASON = FieldSpec("reason", "text", True, fact=Fact(holder="internal"))
_OWNER = "owner"


def can_note(_policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _member(complaint, asker) is not None


def note(asked: Requested) -> None:
    """Adds `noted`. Allowed in every stage, including final ones. The text is internal: complainants never see it."""
    grant = _require_member(asked)
    _add(asked, grant, _checked(asked, NOTE))


def can_link(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    is_going_on = bool(policy.document.stages[complaint.stage].acts)
    return _member(complaint, asker) is not None and complaint.follows is None and is_going_on


def link(asked: Requested) -> None:
    """Marks the complaint as a duplicate of the one in `to`. It is then closed with that one's outcome."""
    grant = _require_member(asked)
    complaint = asked.flow.complaint
    if not asked.flow.policy.document.stages[complaint.stage].acts:
        raise Problem("act-not-open", "The complaint has ended.", extra={"stage": complaint.stage, "acts": []})
    found = _checked(asked, LINK)
    if complaint.follows is not None:
        wrong: str = Text("the complaint follows {number} already", number=complaint.follows)
    elif found.public["to"] == complaint.number:
        wrong = "must name another complaint"
    else:
        _add(asked, grant, found)
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place("/fields/to", wrong)])


def can_hold(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return complaint.held is None and _holder(policy, complaint, asker) is not None


def can_release(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return complaint.held is not None and _holder(policy, complaint, asker) is not None


def hold(asked: Requested) -> None:
    """Allowed in every stage, including final ones. Nothing of the record and its files is erased during a hold."""
    grant = _require_holder(asked)
    if asked.flow.complaint.held is not None:
        raise Problem("act-not-open", "The complaint is under legal hold.", extra={"acts": []})
    _add(asked, grant, _checked(asked, REASON))


def release(asked: Requested) -> None:
    """Ends the legal hold."""
    grant = _require_holder(asked)
    if asked.flow.complaint.held is None:
        raise Problem("act-not-open", "The complaint is under no legal hold.", extra={"acts": []})
    _add(asked, grant, _checked(asked, REASON))


def can_assign(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _member(complaint, asker) is not None and _reassigning(policy, complaint, asker) is not None


def assign_form(policy: Policy, complaint: Complaint, asker: Asker) -> list[FieldSpec]:
    """The fields of the policy's `assign` act that the asker may repeat."""
    found = _reassigning(policy, complaint, asker)
    return [] if found is None else fields.specs(policy, found[0], situation(policy, complaint))


def assign_keys(policy: Policy) -> frozenset[str]:
    return frozenset(key for act in _assign_acts(policy) for key in (*act.needs, *act.takes))


def assign(asked: Requested) -> None:
    """Assigns the complaint to other people. Its stage and deadlines do not change."""
    flow, complaint = asked.flow, asked.flow.complaint
    if not list(_assigning(flow.policy, complaint)):
        raise Problem("act-not-open", "The complaint has no assignee who could be replaced.", extra={"acts": []})
    permitted = _reassigning(flow.policy, complaint, asked.asker)
    if permitted is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    act, grant = permitted
    specs = fields.specs(flow.policy, act, situation(flow.policy, complaint))
    found = fields.check(specs, asked.request.fields, now=asked.now, since=complaint.registered_at, root="fields")
    people = {role: found.public[key] for role, key in act.assigned_fields.items() if key in found.public}
    about = _add(asked, grant, found, assigned=people, again=True)
    assignees = sorted({f"@{sub}" for subs in people.values() for sub in subs})
    consequences.notify(flow, assignees, about=about, at=asked.now, wording="assigned")


def _add(asked: Requested, grant: Grant, found: CheckedFields, **further: Any) -> str:
    """Adds the act's event, which changes no clock. Returns its id."""
    name = asked.request.act
    return asked.flow.add(
        EVENT_OF_ACT[name],
        Occurrence(asked.now, asked.asker.actor(grant), act=name),
        {**found.event_fields(), **further},
        secrets=found.private,
        changed=[],
    )


def _checked(asked: Requested, spec: FieldSpec) -> CheckedFields:
    return fields.check([spec], asked.request.fields, now=asked.now, since=None, root="fields")


def _member(complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant with which a member may read the complaint. None for other askers, and for recorders of a party."""
    if asker.kind != "staff" or asker.behalf is not None:
        return None
    return next((grant for grant in asker.grants if covers(grant, complaint.unit)), None)


def _require_member(asked: Requested) -> Grant:
    grant = _member(asked.flow.complaint, asked.asker)
    if grant is None:
        raise Problem("forbidden", "Only members of the organisation may do this.")
    return grant


def _holder(policy: Policy, complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant for legal holds: that of an owner, or of a role in the policy's `holds`."""
    if asker.kind != "staff" or asker.behalf is not None:
        return None
    return role_grant(asker, [_OWNER, *policy.document.holds], complaint.unit)


def _require_holder(asked: Requested) -> Grant:
    grant = _holder(asked.flow.policy, asked.flow.complaint, asked.asker)
    if grant is None:
        raise Problem("forbidden", "Only the organisation's owners, and roles that its policy names, may do this.")
    return grant


def _reassigning(policy: Policy, complaint: Complaint, asker: Asker) -> tuple[Act, Grant] | None:
    """The first `assign` act that the asker may repeat, with the grant that permits it."""
    for act in _assigning(policy, complaint):
        grant = grant_for(act, complaint, asker)
        if grant is not None:
            return act, grant
    return None


def _assigning(policy: Policy, complaint: Complaint) -> list[Act]:
    """The policy's `assign` acts for the roles that have assignees now. None in a final stage."""
    if not policy.document.stages[complaint.stage].acts:
        return []
    return [act for act in _assign_acts(policy) if set(act.assigns) & set(complaint.assigned)]


def _assign_acts(policy: Policy) -> list[Act]:
    return [stage.acts["assign"] for stage in policy.document.stages.values() if "assign" in stage.acts]
