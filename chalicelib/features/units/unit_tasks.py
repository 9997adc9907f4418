"""Views of a unit's open tasks."""

from __future__ import annotations

import msgspec

from chalicelib.casework.snapshot import run_of_task
from chalicelib.complaints import tasks
from chalicelib.complaints.fields import Forms
from chalicelib.complaints.permits import Asker
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy


class UnitTask(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is for the act `do_task`."""

    task: str
    id: str
    label: dict[str, str]
    role: str
    opened: str
    due: str | None


def open_tasks(policy: Policy, state: ScoredUnit) -> list[UnitTask]:
    return [_task(policy, state, key) for key in state.tasks]


def _task(policy: Policy, state: ScoredUnit, key: str) -> UnitTask:
    task, run = state.tasks[key], run_of_task(state, key)
    return UnitTask(
        task=task.task,
        id=f"{state.number}/{key}",
        label=policy.document.tasks[task.task].name.to_json(),
        role=task.role,
        opened=to_text(task.opened),
        due=None if run is None or run.due is None else to_text(run.due),
    )


def forms(policy: Policy, state: ScoredUnit, asker: Asker) -> Forms:
    """The fields of each task that the caller may do."""
    own = dict.fromkeys(state.tasks[key].task for key in tasks.tasks_open_to(state, asker))
    return {name: [field.form_field for field in tasks.field_specs(policy, name, state)] for name in own}
