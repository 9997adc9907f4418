"""Tasks that the calendar opens for a unit or for the organisation as a whole, once in each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.complaints import runs
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM, Occurrence
from chalicelib.complaints.units import recurring
from chalicelib.complaints.units.recurring import Period
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy


class DueTask(NamedTuple):
    """A task that the calendar opens at the beginning of `period`. `also`: further recipients of the message."""

    task: str
    period: Period
    also: Sequence[str] = ()


def due_tasks(policy: Policy, of: str, after: Instant, last: Instant) -> Iterator[DueTask]:
    """The tasks that open after `after` and at `last` at the latest, for one owner (`of`: `unit`, `organisation`).

    The calendar's zone tells when a day begins. For `calendar: unit`, `policy` is the policy on the unit's calendar.
    """
    for name, task in policy.document.tasks.items():
        if task.of == of and task.scheduled is not None:
            zone = policy.calendar_of(policy.calendar_name(task.calendar)).zone
            for period in recurring.periods(task.scheduled, zone, after, last):
                yield DueTask(name, period)


def is_new(unit: ScoredUnit, due: DueTask) -> bool:
    """False if the task was opened in this period or in a later one.

    The name of the period is compared too: on another calendar of the unit, the same period begins at another instant.
    """
    known = unit.periods.get(due.task)
    return known is None or (known.at < due.period.at and known.name != due.period.name)


def open_task(flow: Flow, due: DueTask) -> None:
    """Adds `task_opened`, whose limit counts from the beginning of the period, and tells the people who must do it."""
    at, role = max(due.period.at, flow.complaint.at), flow.policy.document.tasks[due.task].role
    fields = {"task": due.task, "role": role, "period": due.period.name}
    tier = flow.complaint.tier if flow.complaint.tasks else 1
    with flow.by_time():
        about = flow.add("task_opened", Occurrence(at, SYSTEM, due_at=due.period.at), fields, tier=tier)
        values = {"task": due.task, **runs.due_field(consequences.just_started(flow, about))}
        flow.notify([role, *due.also], about=about, at=at, wording="task_scheduled", **values)
