"""Decides a requested act: checks permission, stage and fields, and adds the act's events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints import approvals, consequences, fields, rules
from chalicelib.complaints.act_hooks import ACTS, Requested, hooks_of
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import Actor, Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldSpec
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import ActRequest, Asker, Grant, grant_for
from chalicelib.complaints.state import Complaint, Proposal
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value, holds
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.problem import Problem


def decide(flow: Flow, request: ActRequest, asker: Asker, now: Instant) -> None:
    """Adds the act's events to the flow, or raises `Problem` (act-not-open, forbidden, invalid) and adds nothing."""
    savepoint = flow.savepoint()
    try:
        _decide(flow, request, asker, now)
        rules.refuse_beyond(savepoint.complaint, flow.complaint)
    except Problem:
        flow.roll_back(savepoint)
        raise


def _decide(flow: Flow, request: ActRequest, asker: Asker, now: Instant) -> None:
    decide_builtin = hooks_of(request.act).decide
    if decide_builtin is not None and request.act not in _listed(flow.policy, flow.complaint):
        decide_builtin(Requested(flow, request, asker, now, _perform_proposal))
        return
    act, grant = permitted(flow.policy, flow.complaint, request.act, asker)
    given = checked(flow, request.act, act, request.fields, now)
    if act.approval is not None and holds(act.approval.when, situation(flow.complaint)):
        approvals.propose(flow, request.act, act, given, asker.actor(grant), now)
        return
    perform(flow, request.act, act, given, asker.actor(grant), now)


def permitted(policy: Policy, complaint: Complaint, name: str, asker: Asker) -> tuple[Act, Grant]:
    """Returns the act and the grant that permits it.

    Raises `Problem`: `act-not-open`, with the open acts; `forbidden` if no grant of the person permits the act.
    """
    act = policy.document.stages[complaint.stage].acts.get(name)
    if act is None or not _ready(policy, act, complaint):
        raise Problem(
            "act-not-open",
            "This act is not open in the complaint's present stage.",
            extra={"stage": complaint.stage, "acts": open_to(policy, complaint, asker)},
        )
    grant = grant_for(act, complaint, asker)
    if grant is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    return act, grant


def _ready(policy: Policy, act: Act, complaint: Complaint) -> bool:
    happened = all(event in complaint.seen for event in act.after)
    return happened and holds(act.when, situation(complaint)) and rules.is_in_time(policy, complaint, act)


def offered(policy: Policy, complaint: Complaint, name: str) -> Act | None:
    """The act, if the present stage offers it now to anybody."""
    act = _listed(policy, complaint).get(name)
    return act if act is not None and _ready(policy, act, complaint) else None


def _listed(policy: Policy, complaint: Complaint) -> Mapping[str, Act]:
    """The acts of the present stage. None for a unit, which has no stages."""
    stage = policy.document.stages.get(complaint.stage)
    return stage.acts if stage else {}


def open_to(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The acts that this person may do now, except those of the office."""
    acts = _listed(policy, complaint)
    found = [name for name, act in acts.items() if _ready(policy, act, complaint) and grant_for(act, complaint, asker)]
    return found + _open_builtin(policy, complaint, asker, office=False)


def office_acts_open_to(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The built-in acts of the office that this person may do now."""
    return _open_builtin(policy, complaint, asker, office=True)


def _open_builtin(policy: Policy, complaint: Complaint, asker: Asker, *, office: bool) -> list[str]:
    acts = _listed(policy, complaint)
    return [
        name
        for name, hooks in ACTS.items()
        if hooks.office is office and name not in acts and hooks.is_open(policy, complaint, asker)
    ]


def form(policy: Policy, complaint: Complaint, asker: Asker, name: str) -> list[FieldSpec]:
    """The fields of an act that is open to the person."""
    act = _listed(policy, complaint).get(name)
    if act is None:
        return hooks_of(name).form_of(policy, complaint, asker)
    return fields.specs(policy, act, situation(complaint))


def open_to_anybody(policy: Policy, complaint: Complaint) -> list[str]:
    """The open acts of the present stage, without regard to permissions."""
    return [
        name for name, act in policy.document.stages[complaint.stage].acts.items() if _ready(policy, act, complaint)
    ]


def checked(flow: Flow, name: str, act: Act, given: Mapping[str, Any], now: Instant) -> CheckedFields:
    """Returns the checked values, completed by the policy's rules for this act.

    Raises `Problem("invalid")` with the place of each faulty or missing value.
    """
    complaint = flow.complaint
    specs = fields.specs(flow.policy, act, situation(complaint))
    found = fields.check(specs, given, now=now, since=complaint.registered_at, root="fields")
    found = rules.with_derived_conditions(flow.policy, complaint, found)
    hooks_of(name).check(flow.policy, complaint, act, found)
    rules.check_stated_due(flow.policy, EVENT_OF_ACT[name], found)
    return found


def perform(flow: Flow, name: str, act: Act, given: CheckedFields, actor: Actor, now: Instant) -> None:
    """Adds the act's event and its consequences."""
    event, hooks, before = EVENT_OF_ACT[name], hooks_of(name), flow.complaint
    event_fields = {**given.event_fields(), **hooks.writes(flow.policy, before, act, given.public, now)}
    people = {role: given.public[key] for role, key in act.assigned_fields.items() if key in given.public}
    if people:
        event_fields["assigned"] = people
    about = flow.add(
        event,
        Occurrence(now, actor, act=name),
        event_fields,
        secrets=given.private,
        stage=_stage_after(act, name, before, actor),
        flags={**before.flags, **flags_after(name, act, given.public)},
        severity=hooks.severity_after(given.public, before.severity),
    )
    consequences.open_tasks(flow, event, event_fields, now)
    consequences.apply_tells(flow, act.tells, about=about, at=now, fields=event_fields, default=event)


def _stage_after(act: Act, name: str, before: Complaint, actor: Actor) -> str:
    """The stage after the act. If several roles must do the act, the last one changes the stage."""
    if act.all and not _complete(act, name, before, actor):
        return before.stage
    return act.next_stage(situation(before)) or before.stage


def _complete(act: Act, name: str, before: Complaint, actor: Actor) -> bool:
    done = {*before.signed.get(name, []), actor.stands_for}
    return {doer.role for doer in act.by} <= done


def flags_after(name: str, act: Act, given: Mapping[str, Any]) -> dict[str, str]:
    """The flags that the act sets. `field.x` stands for the value of field `x`; without that value, no flag is set."""
    values = {
        flag: value if not value.startswith("field.") else given.get(value.removeprefix("field."))
        for flag, value in act.sets.items()
    }
    return {
        **hooks_of(name).flags,
        **{flag: condition_value(value) for flag, value in values.items() if value is not None},
    }


def _perform_proposal(flow: Flow, proposal: Proposal, proposed: Mapping[str, Any], actor: Actor, now: Instant) -> None:
    """Performs an approved proposal. The act is checked again, because the stage may have changed since then."""
    if proposal.task is not None:
        consequences.open_task(flow, proposal.task, proposed.get("until"), now)
        return
    name = proposal.act
    actor = replace(actor, on_behalf_of=proposal.by)
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    if act is None or not _ready(flow.policy, act, flow.complaint):
        raise Problem("act-not-open", "What was proposed is no longer open; it can only be rejected.")
    perform(flow, name, act, checked(flow, name, act, proposed, now), actor, now)
