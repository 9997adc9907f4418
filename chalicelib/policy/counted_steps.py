"""The counted steps (`worktime.budget`) of an event and of a wake-up under a policy, found once for each version."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.policy.language.conditions import Condition, Trigger
from chalicelib.policy.language.model import PolicyDocument

_EVENT = 20
"""An event without consequences: its draft, its state and its hash."""
_VALUES_A_STEP = 50
"""Values of conditions that are compared in the time of a step."""
_AGEING = 10
"""A due time of ageing."""
_RECURRING = 8
"""The next opening of a recurring task."""


def of_event(document: PolicyDocument, clocks: int) -> int:
    """For each event, every clock and task is asked for its triggers, and every route for its condition."""
    routes = sum(_size(route.when) for route in document.intake.routing)
    tasks = sum(_of_triggers(task.on) + sum(map(_size, task.when)) for task in document.tasks.values())
    triggers = sum(_of_triggers((*clock.start, *clock.until)) for clock in document.clocks.values())
    return _EVENT + clocks + (routes + tasks + triggers) // _VALUES_A_STEP


def of_wake(document: PolicyDocument) -> int:
    """For each due event, the next one is searched among ageing and recurring tasks."""
    recurring = sum(1 for task in document.tasks.values() if task.every or task.monthly or task.scheduled)
    ageing = len(document.severity.ageing) if document.severity else 0
    return 1 + _AGEING * ageing + _RECURRING * recurring


def _of_triggers(triggers: Iterable[Trigger]) -> int:
    return sum(_size(trigger.fields) for trigger in triggers)


def _size(condition: Condition) -> int:
    return 1 + sum(map(len, condition.values()))
