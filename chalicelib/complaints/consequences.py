"""What follows from an event besides the clocks: who is told (design §8) and which tasks open (P7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import Run, first_open
from chalicelib.instants import Instant, to_text
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.model import NotificationRule


def tell(
    flow: Flow, tells: Sequence[NotificationRule], *, about: str, at: Instant, fields: dict[str, Any], default: str
) -> None:
    """Add `notified` events for the tells whose condition holds. `default` is the wording of those that name none."""
    facts = situation(flow.complaint)
    for one in tells:
        recipients = [name for to in one.to for name in _recipients(flow, to, fields)]
        if recipients and holds(one.when, facts):
            notify(flow, recipients, about=about, at=at, wording=one.wording or default, **_said(flow, one))


def _said(flow: Flow, one: NotificationRule) -> dict[str, Any]:
    """The due time of the clock that the policy names for this message, and what is enclosed."""
    run = None if one.due is None else first_open(flow.complaint.runs, one.due)
    enclosed: dict[str, Any] = {"encloses": list(one.encloses)} if one.encloses else {}
    return {**due_of(run), **enclosed}


def due_of(run: Run | None) -> dict[str, str]:
    """What a notice about this run says of its time; nothing where it has none."""
    return {} if run is None or run.due is None else {"due": to_text(run.due)}


def _recipients(flow: Flow, to: str, fields: dict[str, Any]) -> list[str]:
    """`field.to` names the role that a field chose; `assigned` the people assigned, as `@<sub>`; `routed`
    the role that the case goes to."""
    if to.startswith("field."):
        chosen = fields.get(to.removeprefix("field."))
        return [chosen] if isinstance(chosen, str) else []
    if to == "routed":
        routed = flow.complaint.flags.get("routed")
        return [] if routed is None else [routed]
    if to == "assigned":
        return sorted({f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs})
    return [to]


def notify(flow: Flow, to: Sequence[str], *, about: str, at: Instant, wording: str, **said: Any) -> None:
    """`to`: roles, `complainant`, or people as `@<sub>`; a role's people are found when the message is delivered.

    `said` fills the wording's placeholders; `due` is the earliest deadline unless it names another.
    """
    told = flow.complaint.wording(wording)
    fields: dict[str, Any] = {"to": list(dict.fromkeys(to)), "about": about, "wording": told, **said}
    due = min((run.due for run in flow.complaint.runs if run.due is not None), default=None)
    if due is not None:
        fields.setdefault("due", to_text(due))
    if flow.complaint.unit is not None:
        fields["unit"] = flow.complaint.unit
    # Clocks hear only of the act `notify`: that somebody was told of another event starts and stops nothing.
    flow.add("notified", at=at, actor=SYSTEM, fields=fields, changed=[])


def open_tasks(flow: Flow, event: str, fields: dict[str, Any], at: Instant) -> None:
    """Open what the event makes somebody owe, once per complaint."""
    facts = situation(flow.complaint)
    for name, task in flow.policy.document.tasks.items():
        once = flow.complaint.opened.get(name, 0) == 0 and not _proposed(flow, name)
        concerned = not task.when or any(holds(when, facts) for when in task.when)
        if once and concerned and matches(task.on, event, fields):
            until = None if task.stated is None else fields.get(task.stated)
            if task.approval:
                _propose(flow, name, task.approval, until, at)
            else:
                open_task(flow, name, until, at)


def open_task(flow: Flow, name: str, until: str | None, at: Instant, due_at: Instant | None = None) -> None:
    """`until`: the stated due time, where the task has one. `due_at`: where the calendar opened it."""
    role = flow.policy.document.tasks[name].role
    fields = {"task": name, "role": role} | ({} if until is None else {"until": until})
    opened = flow.add("task_opened", at=at, due_at=due_at, actor=SYSTEM, fields=fields)
    notify(flow, [role], about=opened, at=at, wording="task_opened", task=name, **due_of(just_started(flow)))


def just_started(flow: Flow) -> Run | None:
    """The run of the task that the last event opened."""
    return next((run for run in flow.complaint.runs if run.task == flow.complaint.seq), None)


OPEN_TASK = "open_task"
"""What a proposal to open a task names as its act."""


def _propose(flow: Flow, name: str, approvers: list[str], until: str | None, at: Instant) -> None:
    """The task is opened when it has been approved (P3.7)."""
    fields: dict[str, Any] = {"act": OPEN_TASK, "approvers": approvers, "task": name}
    about = flow.add("proposed", at=at, actor=SYSTEM, fields=fields if until is None else {**fields, "until": until})
    notify(flow, approvers, about=about, at=at, wording="proposed")


def _proposed(flow: Flow, name: str) -> bool:
    return any(proposal.act == OPEN_TASK and proposal.task == name for proposal in flow.complaint.proposals.values())
