"""Tasks: what is owed by a role, opened by an event, done by `do_task` (P7.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import consequences, fields
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, holds_role
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Fact
from chalicelib.problem import Place, Problem


def owed_by(complaint: Complaint, asker: Asker) -> list[str]:
    """The open tasks (by the event that opened them) that this person may do."""
    return [key for key, task in complaint.tasks.items() if holds_role(asker, [task.role], complaint.unit)]


def do(flow: Flow, given: Mapping[str, Any], asker: Asker, now: Instant) -> None:
    """`fields.task` names the task, or the event that opened it."""
    complaint = flow.complaint
    if not complaint.tasks:
        raise Problem("act-not-open", "No task is open here.", extra={"acts": []})
    key = named(complaint, given.get("task"))
    task = complaint.tasks[key]
    grant = holds_role(asker, [task.role], complaint.unit)
    if grant is None:
        raise Problem("forbidden", "This task is not yours to do.")
    rest = {name: value for name, value in given.items() if name != "task"}
    wanted = needs(flow.policy, task.task, complaint)
    found = fields.check(wanted, rest, now=now, since=complaint.registered_at, root="fields")
    done = {**found.event_fields(), "task": task.task, "opened": f"{complaint.number}/{key}"}
    flow.add("task_done", at=now, actor=asker.actor(grant), act="do_task", fields=done, secrets=found.private)
    consequences.open_tasks(flow, "task_done", done, now)


def needs(policy: Policy, task: str, complaint: Complaint) -> list[FieldSpec]:
    """What doing the task needs and takes."""
    said, known = policy.document.tasks[task], policy.document.fields
    return [
        fields.plain(name, known.get(name, _TEXT), required, situation(complaint))
        for name, required in fields.named(said.needs, said.takes)
    ]


_TEXT = Fact()


def named(complaint: Complaint, name: Any) -> str:
    """The open task (by the event that opened it) of this id; of a name, the one opened first.

    Raises `Problem("invalid")`.
    """
    found = [key for key, task in complaint.tasks.items() if name in (task.task, f"{complaint.number}/{key}")]
    if not found:
        known = ", ".join(task.task for task in complaint.tasks.values())
        raise Problem(
            "invalid", "No such task is open.", places=[Place(pointer("fields", "task"), f"must be one of: {known}")]
        )
    return min(found, key=int)
