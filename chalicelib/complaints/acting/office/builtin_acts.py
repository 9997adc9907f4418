"""Built-in acts of the office: internal notes, reassignment, legal holds, masks. Those on links: `links`.

They start and stop no clock. The table of acts (`act_hooks`) has a row for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import fields
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.condition_context import field_case, is_ready, with_clocks
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.rights.confidentiality import CONTENT, visible_classes
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant, covers, grant_for, role_grant
from chalicelib.complaints.runs import MISSED
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import ASSIGNED, WITHOUT_WORK

NOTE = FieldSpec("text", "text", True, fact=Fact(holder="internal"))
MASKS = FieldSpec("masks", "references", True)
REASON = FieldSpec("reason", "text", True, fact=Fact(holder="internal"))
_OWNER = "owner"


def is_member(_policy: Policy, asker: Asker) -> bool:
    return asker.kind == "staff" and asker.behalf is None


def can_note(_policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return member_grant(complaint, asker) is not None


def note(asked: Requested) -> None:
    """Adds `noted`. Allowed in every stage, including final ones. The text is internal: complainants never see it."""
    grant = require_member(asked)
    asked.add(grant, asked.checked(NOTE))


def can_hold(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return complaint.held is None and _holder(policy, complaint, asker) is not None


def can_release(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return complaint.held is not None and _holder(policy, complaint, asker) is not None


def hold(asked: Requested) -> None:
    """Allowed in every stage, including final ones. Nothing of the record and its files is erased during a hold."""
    grant = _require_holder(asked)
    if asked.flow.complaint.held is not None:
        raise Problem("act-not-open", "The complaint is under legal hold.", extra={"acts": []})
    asked.add(grant, asked.checked(REASON))


def release(asked: Requested) -> None:
    """Ends the legal hold."""
    grant = _require_holder(asked)
    if asked.flow.complaint.held is None:
        raise Problem("act-not-open", "The complaint is under no legal hold.", extra={"acts": []})
    asked.add(grant, asked.checked(REASON))


def can_decide_on_masks(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _mask_decider(policy, complaint, asker) is not None


def decide_on_masks(asked: Requested) -> None:
    """Releases or confirms masks in what the respondent reads (`masks.deciding`)."""
    grant = _mask_decider(asked.flow.policy, asked.flow.complaint, asked.asker)
    if grant is None:
        raise Problem("forbidden", "Only members who read the texts and act in the complaint may do this.")
    from chalicelib.complaints.acting.masks import deciding  # few acts

    deciding.decide(asked, grant, MASKS)


def _mask_decider(policy: Policy, complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant of a member who reads the content and can do an act of the present stage.

    Only the respondents of a unit read texts of the case, so a complaint without a unit has no masks.
    """
    if member_grant(complaint, asker) is None or complaint.unit is None:
        return None
    if CONTENT not in visible_classes(policy, complaint, asker):
        return None
    found = (grant_for(act, complaint, asker) for act in policy.document.stages[complaint.stage].acts.values())
    return next((grant for grant in found if grant is not None), None)


def member_grant(complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant with which a member may read the complaint. None for other askers, and for recorders of a party."""
    if asker.kind != "staff" or asker.behalf is not None:
        return None
    return next((grant for grant in asker.grants if covers(grant, complaint.unit)), None)


def require_member(asked: Requested) -> Grant:
    grant = member_grant(asked.flow.complaint, asked.asker)
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


def is_complainant(_policy: Policy, asker: Asker) -> bool:
    return COMPLAINANT.kind in asker.roles


def can_remind(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    if not any(run.state == MISSED for run in complaint.runs):
        return False
    from chalicelib.complaints.acting.talking import reminding  # few complaints are late

    return reminding.is_open(policy, complaint, asker)


def remind(asked: Requested) -> None:
    """The complainant reminds the office, which is late (`reminding`)."""
    from chalicelib.complaints.acting.talking import reminding

    reminding.remind(asked)


class _Repetition(msgspec.Struct, frozen=True):
    """An act that the asker may repeat. `people`: the field of each role that it can assign again."""

    grant: Grant
    specs: list[FieldSpec]
    people: dict[str, str]


def can_assign(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return member_grant(complaint, asker) is not None and bool(_repetitions(policy, complaint, asker))


def assign_form(policy: Policy, complaint: Complaint, asker: Asker) -> list[FieldSpec]:
    """The fields of all acts that the asker may repeat. If these are several, a request has those of one of them."""
    found = _repetitions(policy, complaint, asker)
    if len(found) == 1:
        return found[0].specs
    return list({spec.name: replace(spec, required=False) for one in found for spec in one.specs}.values())


def assign_keys(policy: Policy) -> frozenset[str]:
    """The names of all fields that the act can have."""
    own = (key for act in _assign_acts(policy) for key in (*act.needs, *act.takes))
    return frozenset(own).union(*(act.assigned_fields.values() for act in _other_acts(policy)))


def assign(asked: Requested) -> None:
    """Assigns the complaint to other people. Its stage and deadlines do not change."""
    from chalicelib.complaints.applying import work  # few acts hand a complaint over

    flow, complaint, given = asked.flow, asked.flow.complaint, asked.request.fields
    if not _assigning(flow.policy, complaint):
        raise Problem("act-not-open", "The complaint has no assignee who could be replaced.", extra={"acts": []})
    open_to_asker = _repetitions(flow.policy, complaint, asked.asker)
    if not open_to_asker:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    repeated = next((one for one in open_to_asker if given.keys() & set(one.people.values())), open_to_asker[0])
    found = fields.check(repeated.specs, given, now=asked.now, since=complaint.registered_at, root="fields")
    people = {role: found.public[key] for role, key in repeated.people.items() if key in found.public}
    _refuse_no_person(repeated, people)
    about = asked.add(repeated.grant, found, assigned=people, again=True)
    assignees = sorted({f"@{sub}" for subs in people.values() for sub in subs})
    wording = ASSIGNED if work.have_assigned(flow.policy, flow.complaint, people) else ASSIGNED + WITHOUT_WORK
    flow.notify(assignees, about=about, at=asked.now, wording=wording)


def _refuse_no_person(repeated: _Repetition, people: Mapping[str, Any]) -> None:
    if not people:
        places = [Place(pointer("fields", key), "is required") for key in dict.fromkeys(repeated.people.values())]
        raise Problem("invalid", "Some values are missing or not of the kind that is needed.", places=places)


def _repetitions(policy: Policy, complaint: Complaint, asker: Asker) -> list[_Repetition]:
    """An act for each role. Of an `assign` all fields are repeated, of other acts those that name people.

    Only members of the organisation repeat acts other than `assign`.
    """
    found: list[_Repetition] = []
    own = _assign_acts(policy)
    for act in _assigning(policy, complaint):
        known = {role for one in found for role in one.people}
        people = {role: key for role, key in act.assigned_fields.items() if role in complaint.assigned.keys() - known}
        grant = grant_for(act, complaint, asker)
        if grant is None or not people:
            continue
        if any(act is one for one in own):
            specs = fields.specs(policy, act, field_case(policy, complaint, (*act.needs, *act.takes)))
            found.append(_Repetition(grant, specs, act.assigned_fields))
        elif member_grant(complaint, asker) is not None:
            names = list(dict.fromkeys(people.values()))
            specs = [fields.spec(policy, act, key, len(names) == 1, {}) for key in names]
            found.append(_Repetition(grant, specs, people))
    return found


def _assigning(policy: Policy, complaint: Complaint) -> list[Act]:
    """The policy's acts for the roles that have assignees now, `assign` first. None in a final stage."""
    if not policy.document.stages[complaint.stage].acts:
        return []
    acts = [*_assign_acts(policy), *_other_acts(policy)]
    found = [act for act in acts if act.assigns.keys() & complaint.assigned.keys()]
    return [act for act in found if _may_be_repeated(policy, complaint, act)]


def _may_be_repeated(policy: Policy, complaint: Complaint, act: Act) -> bool:
    """False if the act would need approval, or for an `assign` if its `when` or `after` do not hold.

    The office replaces people without approval. A condition of the approval on the act's own values may hold.
    """
    if act.approvals:
        case = with_clocks(policy, complaint, act.when)
        own = {*act.needs, *act.takes, *act.sets}
        conditions = [{name: values for name, values in one.when.items() if name not in own} for one in act.approvals]
        if any(holds(when, case) for when in conditions):
            return False
    repeats_all = any(act is one for one in _assign_acts(policy))
    return not repeats_all or is_ready(policy, complaint, act)


def _assign_acts(policy: Policy) -> list[Act]:
    return [stage.acts["assign"] for stage in policy.document.stages.values() if "assign" in stage.acts]


def _other_acts(policy: Policy) -> list[Act]:
    """The other acts that assign people."""
    own = _assign_acts(policy)
    listed = [act for stage in policy.document.stages.values() for act in stage.acts.values()]
    return [act for act in listed if act.assigns and all(act is not one for one in own)]
