"""Built-in acts, available under every policy: `note`, `link` (duplicates), `assign` (again), `hold`, `release`.

If a stage lists `note` or `assign` itself, the stage's definition applies. Built-in acts start and stop no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.complaints import consequences, fields
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import Occurrence
from chalicelib.complaints.fields import FieldSpec
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, Grant, covers, grant_for, role_grant
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Act, Fact
from chalicelib.problem import Place, Problem

_NOTE = FieldSpec("text", "text", True, fact=Fact(holder="internal"))
_LINK = FieldSpec("to", "reference", True)
_REASON = FieldSpec("reason", "text", True, fact=Fact(holder="internal"))
_FORMS = {"note": _NOTE, "link": _LINK, "hold": _REASON, "release": _REASON}
_OWNER = "owner"


def is_builtin(policy: Policy, complaint: Complaint, name: str) -> bool:
    """True if the act is built in and the present stage does not define it."""
    stage = policy.document.stages[complaint.stage]
    return name in _DO and name not in stage.acts


def do(flow: Flow, name: str, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    """Adds the act's event. Raises `Problem` (act-not-open, forbidden, invalid)."""
    _DO[name](flow, given, asker, now)


def open_to(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The built-in acts that this person may do now."""
    if _member(complaint, asker) is None:
        return []
    found = [name for name in ("note", "link") if is_builtin(policy, complaint, name)]
    if complaint.follows is not None or not policy.document.stages[complaint.stage].acts:
        found = [name for name in found if name != "link"]
    if _holder(policy, complaint, asker) is not None:
        found.append("hold" if complaint.held is None else "release")
    again = is_builtin(policy, complaint, "assign") and _reassigning(policy, complaint, asker) is not None
    return [*found, "assign"] if again else found


def form(policy: Policy, complaint: Complaint, asker: Asker, name: str) -> list[FieldSpec]:
    """The fields of an open built-in act."""
    if name == "assign":
        found = _reassigning(policy, complaint, asker)
        return [] if found is None else fields.specs(policy, found[0], situation(complaint))
    return [_FORMS[name]]


def fields_of(policy: Policy, name: str) -> frozenset[str] | None:
    """The names of all fields that the act may have in any stage, or None if it is not built in."""
    if name == "assign":
        acts = [stage.acts[name] for stage in policy.document.stages.values() if name in stage.acts]
        return frozenset(key for act in acts for key in (*act.needs, *act.takes))
    return frozenset({_FORMS[name].name}) if name in _FORMS else None


def _member(complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant with which a member may read the complaint. None for other askers, and for recorders of a party."""
    if asker.kind != "staff" or asker.behalf is not None:
        return None
    return next((grant for grant in asker.grants if covers(grant, complaint.unit)), None)


def _require_member(flow: Flow, asker: Asker) -> Grant:
    grant = _member(flow.complaint, asker)
    if grant is None:
        raise Problem("forbidden", "Only members of the organisation may do this.")
    return grant


def _note(flow: Flow, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    """Adds `noted`, in every stage, including final ones. The text is internal: complainants never see it."""
    grant = _require_member(flow, asker)
    found = fields.check([_NOTE], given, now=now, since=None, root="fields")
    flow.add(
        "noted",
        Occurrence(now, asker.actor(grant), act="note"),
        found.event_fields(),
        secrets=found.private,
        changed=[],
    )


def _link(flow: Flow, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    """Marks the complaint as a duplicate of the one in `to`. It is then closed with that one's outcome."""
    grant = _require_member(flow, asker)
    complaint = flow.complaint
    if not flow.policy.document.stages[complaint.stage].acts:
        raise Problem("act-not-open", "The complaint has ended.", extra={"stage": complaint.stage, "acts": []})
    found = fields.check([_LINK], given, now=now, since=None, root="fields")
    if complaint.follows is not None:
        wrong = f"the complaint follows {complaint.follows} already"
    elif found.public["to"] == complaint.number:
        wrong = "must name another complaint"
    else:
        flow.add("linked", Occurrence(now, asker.actor(grant), act="link"), found.event_fields(), changed=[])
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place("/fields/to", wrong)])


def _holder(policy: Policy, complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant for legal holds: that of an owner, or of a role in the policy's `holds`."""
    if asker.kind != "staff" or asker.behalf is not None:
        return None
    return role_grant(asker, [_OWNER, *policy.document.holds], complaint.unit)


def _hold(flow: Flow, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    """Allowed in every stage, including final ones. Nothing of the record and its files is erased during a hold."""
    _change_hold(flow, "hold", "held", given, asker, now)


def _release(flow: Flow, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    _change_hold(flow, "release", "released", given, asker, now)


def _change_hold(flow: Flow, act: str, event: str, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    grant = _holder(flow.policy, flow.complaint, asker)
    if grant is None:
        raise Problem("forbidden", "Only the organisation's owners, and roles that its policy names, may do this.")
    if (flow.complaint.held is None) != (event == "held"):
        is_or_not = "is under" if event == "held" else "is under no"
        raise Problem("act-not-open", f"The complaint {is_or_not} legal hold.", extra={"acts": []})
    found = fields.check([_REASON], given, now=now, since=None, root="fields")
    actor = asker.actor(grant)
    flow.add(event, Occurrence(now, actor, act=act), found.event_fields(), secrets=found.private, changed=[])


def _assign(flow: Flow, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    """Assigns the complaint to other people. Its stage and deadlines do not change."""
    complaint = flow.complaint
    if not list(_assigning(flow.policy, complaint)):
        raise Problem("act-not-open", "The complaint has no assignee who could be replaced.", extra={"acts": []})
    permitted = _reassigning(flow.policy, complaint, asker)
    if permitted is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    act, grant = permitted
    specs = fields.specs(flow.policy, act, situation(complaint))
    found = fields.check(specs, given, now=now, since=complaint.registered_at, root="fields")
    people = {role: found.public[key] for role, key in act.assigns.items() if key in found.public}
    event_fields = {**found.event_fields(), "assigned": people, "again": True}
    about = flow.add(
        "assigned", Occurrence(now, asker.actor(grant), act="assign"), event_fields, secrets=found.private, changed=[]
    )
    assignees = sorted({f"@{sub}" for subs in people.values() for sub in subs})
    consequences.notify(flow, assignees, about=about, at=now, wording="assigned")


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
    acts = [stage.acts["assign"] for stage in policy.document.stages.values() if "assign" in stage.acts]
    return [act for act in acts if set(act.assigns) & set(complaint.assigned)]


_DO: dict[str, Callable[[Flow, Mapping[str, Any], Asker, Instant], None]] = {
    "note": _note,
    "link": _link,
    "assign": _assign,
    "hold": _hold,
    "release": _release,
}
