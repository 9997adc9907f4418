"""Tasks: duties of a role, opened by an event and completed by the act `do_task` (P7.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import fields
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.condition_context import field_case
from chalicelib.complaints.envelope import EventFields, Occurrence
from chalicelib.complaints.fields import FieldSpec, pointer
from chalicelib.complaints.rights.permits import Asker, is_recused, role_grant
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.stages import Act


def tasks_open_to(complaint: Complaint, asker: Asker) -> list[str]:
    """The open tasks that this person may do, by the sequence number of the event that opened them."""
    if is_recused(complaint, asker):
        return []
    return [key for key, task in complaint.tasks.items() if role_grant(asker, [task.role], complaint.unit)]


def is_open(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return any(not _is_for_attempts(policy, complaint, key) for key in tasks_open_to(complaint, asker))


def is_for(policy: Policy, asker: Asker) -> bool:
    return any(task.role in asker.roles for task in policy.document.tasks.values())


def attempt_is_for(policy: Policy, asker: Asker) -> bool:
    task = policy.document.tasks.get(policy.reach_task) if policy.reach else None
    return task is not None and asker.behalf is None and task.role in asker.roles


def _is_for_attempts(policy: Policy, complaint: Complaint, key: str) -> bool:
    """True for the task that attempts to reach the complainant end (`applying.reaching`)."""
    return complaint.tasks[key].task == policy.reach_task and any(not one.mailed for one in complaint.reaching)


def do(asked: Requested) -> None:
    """Adds `task_done`. `fields.task` names the task, or the event that opened it.

    Raises `Problem`: `act-not-open` if no task is open, `forbidden` if the task is for another role, `invalid`.
    """
    flow, given, now = asked.flow, asked.request.fields, asked.now
    complaint = flow.complaint
    if not complaint.tasks:
        raise Problem("act-not-open", "No task is open here.", extra={"acts": []})
    key = find_task(complaint, given.get("task"))
    task = complaint.tasks[key]
    grant = role_grant(asked.asker, [task.role], complaint.unit)
    if grant is None:
        raise Problem("forbidden", "This task is not yours to do.")
    if _is_for_attempts(flow.policy, complaint, key):
        raise Problem("act-not-open", "This task is done by `attempt`, which records each try.", extra={"acts": []})
    rest = {name: value for name, value in given.items() if name != "task"}
    specs = field_specs(flow.policy, task.task, complaint)
    found = fields.check(specs, rest, now=now, since=complaint.registered_at, root="fields")
    done = {**found.event_fields(), **_identity(complaint, key)}
    occurrence = Occurrence(now, asked.asker.actor(grant), act="do_task")
    about = flow.add("task_done", occurrence, done, secrets=found.private)
    then = consequences.open_tasks(flow, "task_done", done, now)
    told = consequences.Telling(about, now, done, "task_done")
    consequences.apply_tells(flow, flow.policy.document.tasks[task.task].tells, told, then)


def done_fields(
    _policy: Policy, complaint: Complaint, _act: Act, given: Mapping[str, Any], _now: Instant
) -> EventFields:
    """The fields of `task_done` that name the task. Raises as `find_task`."""
    return _identity(complaint, find_task(complaint, given.get("task")))


def _identity(complaint: Complaint, key: str) -> EventFields:
    return {"task": complaint.tasks[key].task, "opened": f"{complaint.number}/{key}"}


def form(policy: Policy, complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    """The name of the task, and the fields of all open tasks."""
    known = (task.task for key, task in complaint.tasks.items() if not _is_for_attempts(policy, complaint, key))
    names = list(dict.fromkeys(known))
    needed = [need for name in names for need in field_specs(policy, name, complaint)]
    return [FieldSpec("task", "choice", True, tuple(names)), *needed]


def shown_when(policy: Policy, complaint: Complaint) -> dict[str, Condition]:
    """For each field, the open tasks that need or take it."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(task.task for task in complaint.tasks.values()):
        for one in field_specs(policy, name, complaint):
            found.setdefault(one.name, []).append(name)
    return {name: {"task": tasks} for name, tasks in found.items()}


def keys(policy: Policy) -> frozenset[str]:
    """The names of the fields of all tasks."""
    known = policy.document.tasks.values()
    return frozenset({"task", *(name for task in known for name in (*task.needs, *task.takes))})


def field_specs(policy: Policy, task: str, complaint: Complaint) -> list[FieldSpec]:
    """The fields that `do_task` needs and takes for this task."""
    definition = policy.document.tasks[task]
    case = field_case(policy, complaint, (*definition.needs, *definition.takes))
    return [
        fields.policy_spec(policy, name, required, case)
        for name, required in fields.with_requirement(definition.needs, definition.takes)
    ]


def find_task(complaint: Complaint, name: Any) -> str:
    """Finds an open task by event id, or by name: then the one that was opened first.

    Returns the sequence number of the event that opened it. Raises `Problem("invalid")` if no such task is open.
    """
    found = [key for key, task in complaint.tasks.items() if name in (task.task, f"{complaint.number}/{key}")]
    if not found:
        known = ", ".join(task.task for task in complaint.tasks.values())
        raise Problem(
            "invalid",
            "No such task is open.",
            places=[Place(pointer("fields", "task"), Text("must be one of: {known}", known=known))],
        )
    return min(found, key=int)


def can_attempt(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    if not complaint.reaching:
        return False
    from chalicelib.complaints.acting import attempts  # few complaints wait for them

    return attempts.is_open(policy, complaint, asker)


def attempt_form(policy: Policy, complaint: Complaint, asker: Asker) -> list[FieldSpec]:
    from chalicelib.complaints.acting import attempts

    return attempts.form(policy, complaint, asker)


def attempt_keys(policy: Policy) -> frozenset[str]:
    from chalicelib.complaints.acting import attempts

    return attempts.keys(policy)


def attempt(asked: Requested) -> None:
    """Staff have tried to reach the complainant (`applying.attempts`)."""
    from chalicelib.complaints.acting import attempts

    attempts.attempt(asked)
