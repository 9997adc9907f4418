"""Consequences of an event other than those for the clocks: messages to people, and new tasks (P7.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import SYSTEM, EventFields, Occurrence
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import Run, first_open
from chalicelib.instants import Instant, to_text
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.stages import NotificationRule


def apply_tells(
    flow: Flow, tells: Sequence[NotificationRule], *, about: str, at: Instant, fields: EventFields, default: str
) -> None:
    """Adds `notified` events for the policy's `tells` whose condition holds. `default`: the wording of unnamed ones."""
    facts = situation(flow.complaint)
    for one in tells:
        recipients = [name for to in one.roles for name in _recipients(flow, to, fields)]
        if recipients and holds(one.when, facts):
            notify(flow, recipients, about=about, at=at, wording=one.wording or default, **_message_fields(flow, one))


def _message_fields(flow: Flow, one: NotificationRule) -> EventFields:
    """The due time of the clock that the policy names for this message, and the enclosed fields."""
    run = None if one.due is None else first_open(flow.complaint.runs, one.due)
    enclosed: EventFields = {"encloses": list(one.encloses)} if one.encloses else {}
    return {**due_field(run), **enclosed}


def due_field(run: Run | None) -> dict[str, str]:
    """The due time of the run for a message; empty if the run has none."""
    return {} if run is None or run.due is None else {"due": to_text(run.due)}


def _recipients(flow: Flow, to: str, fields: EventFields) -> list[str]:
    """Resolves a recipient of the policy.

    `field.<name>` stands for the role in that field, `assigned` for the assigned people (as `@<sub>`), and `routed` for
    the role that the complaint is routed to.
    """
    if to.startswith("field."):
        chosen = fields.get(to.removeprefix("field."))
        return [chosen] if isinstance(chosen, str) else []
    if to == "routed":
        routed = flow.complaint.flags.get("routed")
        return [] if routed is None else [routed]
    if to == "assigned":
        return sorted({f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs})
    return [to]


def notify(flow: Flow, to: Sequence[str], *, about: str, at: Instant, wording: str, **values: Any) -> None:
    """Adds `notified`. `to`: roles, `complainant`, or people as `@<sub>`. Delivery finds the people of a role.

    `values` are the placeholders of the message text. `due` defaults to the earliest deadline.
    """
    message = flow.complaint.wording(wording)
    fields: EventFields = {"to": list(dict.fromkeys(to)), "about": about, "wording": message, **values}
    due = min((run.due for run in flow.complaint.runs if run.due is not None), default=None)
    if due is not None:
        fields.setdefault("due", to_text(due))
    if flow.complaint.unit is not None:
        fields["unit"] = flow.complaint.unit
    # Such a message starts and stops no clock. Only the act `notify` does.
    flow.add("notified", Occurrence(at, SYSTEM), fields, changed=[])


def open_tasks(flow: Flow, event: str, fields: EventFields, at: Instant) -> None:
    """Opens or proposes the tasks that the event triggers, each once per complaint."""
    facts = situation(flow.complaint)
    for name, task in flow.policy.document.tasks.items():
        once = flow.complaint.opened.get(name, 0) == 0 and not _is_proposed(flow, name)
        concerned = not task.when or any(holds(when, facts) for when in task.when)
        if once and concerned and matches(task.on, event, fields):
            until = None if task.stated is None else fields.get(task.stated)
            if task.approval:
                _propose_task(flow, name, task.approval, until, at)
            else:
                open_task(flow, name, until, at)


def open_task(flow: Flow, name: str, until: str | None, at: Instant, due_at: Instant | None = None) -> None:
    """Adds `task_opened`. `until`: the stated due time, if any. `due_at`: for a recurring task, when it was due."""
    role = flow.policy.document.tasks[name].role
    fields = {"task": name, "role": role} | ({} if until is None else {"until": until})
    opened = flow.add("task_opened", Occurrence(at, SYSTEM, due_at=due_at), fields)
    notify(flow, [role], about=opened, at=at, wording="task_opened", task=name, **due_field(just_started(flow)))


def just_started(flow: Flow) -> Run | None:
    """The run that the last event started for its task, or None."""
    return next((run for run in flow.complaint.runs if run.task == flow.complaint.seq), None)


OPEN_TASK = "open_task"
"""The act of a proposal to open a task."""


def _propose_task(flow: Flow, name: str, approvers: list[str], until: str | None, at: Instant) -> None:
    """Proposes the task. It opens on approval (P3.7)."""
    fields: EventFields = {"act": OPEN_TASK, "approvers": approvers, "task": name}
    about = flow.add("proposed", Occurrence(at, SYSTEM), fields if until is None else {**fields, "until": until})
    notify(flow, approvers, about=about, at=at, wording="proposed")


def _is_proposed(flow: Flow, name: str) -> bool:
    return any(proposal.act == OPEN_TASK and proposal.task == name for proposal in flow.complaint.proposals.values())
