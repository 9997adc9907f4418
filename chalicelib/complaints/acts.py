"""Deciding an act: who may, in which stage, with which fields; and the events it yields (design §1, §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import approvals, consequences, fields, office, rules, tasks
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.fields import CheckedFields
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, Grant, grant_for
from chalicelib.complaints.state import Complaint, Proposal
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import condition_value, holds
from chalicelib.policy.language.model import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.problem import Problem


class ActRequest(msgspec.Struct, frozen=True):
    """An act as somebody asks for it. `proposed`: the fields of the proposal that `approve` names, opened again."""

    act: str
    fields: Mapping[str, Any] = msgspec.field(default_factory=dict)
    proposed: Mapping[str, Any] | None = None


def decide(flow: Flow, asked: ActRequest, asker: Asker, now: Instant) -> None:
    """Add the act's events to the flow. Raises `Problem` (act-not-open, forbidden, invalid) and adds nothing."""
    mark = flow.mark()
    try:
        _decide(flow, asked, asker, now)
    except Problem:
        flow.back_to(mark)
        raise


def _decide(flow: Flow, asked: ActRequest, asker: Asker, now: Instant) -> None:
    if asked.act in ("approve", "reject"):
        approvals.settle(flow, asked.act, asked.fields, asked.proposed, asker, now, _redo)
        return
    if asked.act == "do_task":
        tasks.do(flow, asked.fields, asker, now)
        return
    if office.has(flow.policy, flow.complaint, asked.act):
        office.do(flow, asked.act, asked.fields, asker, now)
        return
    act, grant = permitted(flow.policy, flow.complaint, asked.act, asker)
    given = checked(flow, asked.act, act, asked.fields, now)
    if act.approval is not None and holds(act.approval.when, situation(flow.complaint)):
        approvals.propose(flow, asked.act, act, given, asker.actor(grant), now)
        return
    perform(flow, asked.act, act, given, asker.actor(grant), now)


def permitted(policy: Policy, complaint: Complaint, name: str, asker: Asker) -> tuple[Act, Grant]:
    """The act and the grant that permits it. Not open: with the acts that are; not this person's: forbidden."""
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
    """The acts that this person could do now."""
    stage = policy.document.stages.get(complaint.stage)
    acts = stage.acts if stage else {}
    found = [name for name, act in acts.items() if _ready(act, complaint) and grant_for(act, complaint, asker)]
    if tasks.owed_by(complaint, asker):
        found.append("do_task")
    if approvals.awaiting(complaint, asker):
        found.extend(("approve", "reject"))
    return found


def open_to_anybody(policy: Policy, complaint: Complaint) -> list[str]:
    """The acts that the present stage has open, whoever may do them."""
    return [name for name, act in policy.document.stages[complaint.stage].acts.items() if _ready(act, complaint)]


def checked(flow: Flow, name: str, act: Act, given: Mapping[str, Any], now: Instant) -> CheckedFields:
    """The act's fields, of their kinds and within the policy's rules for this act."""
    complaint = flow.complaint
    wanted = fields.specs(flow.policy, act, situation(complaint))
    found = fields.check(wanted, given, now=now, since=complaint.registered_at, root="fields")
    return rules.apply(flow.policy, complaint, name, act, found)


def perform(flow: Flow, name: str, act: Act, given: CheckedFields, actor: Actor, now: Instant) -> None:
    """The act's event and what follows from it."""
    event = EVENT_OF_ACT[name]
    event_fields = {**given.event_fields(), **rules.added(flow.policy, flow.complaint, name, act, given, now)}
    people = {role: given.public[key] for role, key in act.assigns.items() if key in given.public}
    if people:
        event_fields["assigned"] = people
    before = flow.complaint
    about = flow.add(
        event,
        at=now,
        actor=actor,
        act=name,
        fields=event_fields,
        secrets=given.private,
        stage=_stage_after(act, name, before, actor),
        flags={**before.flags, **flags_after(name, act, given.public)},
        severity=given.public["severity"] if name == "classify" else before.severity,
    )
    consequences.open_tasks(flow, event, event_fields, now)
    consequences.tell(flow, act.tells, about=about, at=now, fields=event_fields, default=event)


def _stage_after(act: Act, name: str, before: Complaint, actor: Actor) -> str:
    """Where the act leads; one that all must do leads on with the last of them."""
    if act.to is None or (act.all and not _complete(act, name, before, actor)):
        return before.stage
    return act.to


def _complete(act: Act, name: str, before: Complaint, actor: Actor) -> bool:
    done = {*before.signed.get(name, []), actor.stands_for}
    return {doer.role for doer in act.by} <= done


def flags_after(name: str, act: Act, given: Mapping[str, Any]) -> dict[str, str]:
    """The flags that the act sets; `field.x` is the value of field `x`, and no flag where it was not given."""
    values = {
        flag: value if not value.startswith("field.") else given.get(value.removeprefix("field."))
        for flag, value in act.sets.items()
    }
    return {
        **rules.flags_of(name),
        **{flag: condition_value(value) for flag, value in values.items() if value is not None},
    }


def _redo(flow: Flow, proposal: Proposal, proposed: Mapping[str, Any], actor: Actor, now: Instant) -> None:
    """A proposal's act, decided again at its approval: the stage may have moved on meanwhile."""
    if proposal.task is not None:
        consequences.open_task(flow, proposal.task, proposed.get("until"), now)
        return
    name = proposal.act
    actor = replace(actor, on_behalf_of=proposal.by)
    act = flow.policy.document.stages[flow.complaint.stage].acts.get(name)
    if act is None or not _ready(act, flow.complaint):
        raise Problem("act-not-open", "What was proposed is no longer open; it can only be rejected.")
    perform(flow, name, act, checked(flow, name, act, proposed, now), actor, now)
