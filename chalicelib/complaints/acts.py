"""Decides a requested act: checks permission, stage and fields, and adds the act's events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints import approvals, builtin_acts, consequences, fields, rules, tasks
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import Actor, Occurrence
from chalicelib.complaints.fields import CheckedFields
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import ActRequest, Asker, Grant, grant_for
from chalicelib.complaints.state import Complaint, Proposal
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value, holds
from chalicelib.policy.language.model import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.problem import Problem


def decide(flow: Flow, request: ActRequest, asker: Asker, now: Instant) -> None:
    """Adds the act's events to the flow, or raises `Problem` (act-not-open, forbidden, invalid) and adds nothing."""
    savepoint = flow.savepoint()
    try:
        _decide(flow, request, asker, now)
    except Problem:
        flow.roll_back(savepoint)
        raise


def _decide(flow: Flow, request: ActRequest, asker: Asker, now: Instant) -> None:
    if request.act in ("approve", "reject"):
        approvals.settle(flow, request, asker, now, _perform_proposal)
        return
    if request.act == "do_task":
        tasks.do(flow, request.fields, asker, now)
        return
    if builtin_acts.is_builtin(flow.policy, flow.complaint, request.act):
        builtin_acts.do(flow, request.act, request.fields, asker, now)
        return
    act, grant = permitted(flow.policy, flow.complaint, request.act, asker)
    given = checked(flow, request.act, act, request.fields, now)
    if act.approval is not None and holds(act.approval.when, situation(flow.complaint)):
        approvals.propose(flow, request.act, act, given, asker.actor(grant), now)
        return
    perform(flow, request.act, act, given, asker.actor(grant), now)


def permitted(policy: Policy, complaint: Complaint, name: str, asker: Asker) -> tuple[Act, Grant]:
    """Returns the act and the grant that permits it.

    Raises `Problem("act-not-open")`, which lists the open acts, or `Problem("forbidden")`.
    """
    act = policy.document.stages[complaint.stage].acts.get(name)
    if act is None or not _ready(act, complaint):
        raise Problem(
            "act-not-open",
            "This act is not open in the complaint's present stage.",
            extra={"stage": complaint.stage, "acts": open_to(policy, complaint, asker)},
        )
    grant = grant_for(act, complaint, asker)
    if grant is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    return act, grant


def _ready(act: Act, complaint: Complaint) -> bool:
    return all(event in complaint.seen for event in act.after) and holds(act.when, situation(complaint))


def open_to(policy: Policy, complaint: Complaint, asker: Asker) -> list[str]:
    """The acts that this person may do now."""
    stage = policy.document.stages.get(complaint.stage)
    acts = stage.acts if stage else {}
    found = [name for name, act in acts.items() if _ready(act, complaint) and grant_for(act, complaint, asker)]
    if tasks.tasks_open_to(complaint, asker):
        found.append("do_task")
    if approvals.approvable_by(complaint, asker):
        found.extend(("approve", "reject"))
    return found


def open_to_anybody(policy: Policy, complaint: Complaint) -> list[str]:
    """The open acts of the present stage, without regard to permissions."""
    return [name for name, act in policy.document.stages[complaint.stage].acts.items() if _ready(act, complaint)]


def checked(flow: Flow, name: str, act: Act, given: Mapping[str, Any], now: Instant) -> CheckedFields:
    """Returns the checked values, completed by the policy's rules for this act. Raises `Problem("invalid")`."""
    complaint = flow.complaint
    specs = fields.specs(flow.policy, act, situation(complaint))
    found = fields.check(specs, given, now=now, since=complaint.registered_at, root="fields")
    return rules.apply(flow.policy, complaint, name, act, found)


def perform(flow: Flow, name: str, act: Act, given: CheckedFields, actor: Actor, now: Instant) -> None:
    """Adds the act's event and its consequences."""
    event = EVENT_OF_ACT[name]
    event_fields = {**given.event_fields(), **rules.builtin_fields(flow.policy, flow.complaint, name, act, given, now)}
    people = {role: given.public[key] for role, key in act.assigns.items() if key in given.public}
    if people:
        event_fields["assigned"] = people
    before = flow.complaint
    about = flow.add(
        event,
        Occurrence(now, actor, act=name),
        event_fields,
        secrets=given.private,
        stage=_stage_after(act, name, before, actor),
        flags={**before.flags, **flags_after(name, act, given.public)},
        severity=given.public["severity"] if name == "classify" else before.severity,
    )
    consequences.open_tasks(flow, event, event_fields, now)
    consequences.apply_tells(flow, act.tells, about=about, at=now, fields=event_fields, default=event)


def _stage_after(act: Act, name: str, before: Complaint, actor: Actor) -> str:
    """The stage after the act. If several roles must do the act, the last one changes the stage."""
    if act.to is None or (act.all and not _complete(act, name, before, actor)):
        return before.stage
    return act.to


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
        **rules.builtin_flags(name),
        **{flag: condition_value(value) for flag, value in values.items() if value is not None},
    }


def _perform_proposal(flow: Flow, proposal: Proposal, proposed: Mapping[str, Any], actor: Actor, now: Instant) -> None:
    """Performs an approved proposal. The act is checked again, because the stage may have changed in the meantime."""
    if proposal.task is not None:
        consequences.open_task(flow, proposal.task, proposed.get("until"), now)
        return
    name = proposal.act
    actor = replace(actor, on_behalf_of=proposal.by)
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    if act is None or not _ready(act, flow.complaint):
        raise Problem("act-not-open", "What was proposed is no longer open; it can only be rejected.")
    perform(flow, name, act, checked(flow, name, act, proposed, now), actor, now)
