"""Checks points: the scoring events, the points of each severity class, and the thresholds with their tasks."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import references
from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.references import trigger_faults
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import WITHOUT_CLASSES, Points, PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit

_PATH: Path = ("points",)


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    points = document.points
    if points is None:
        return
    if document.intake.unit == "none":
        yield Fault(_PATH, "points-without-units")
    if not points.on:
        yield Fault((*_PATH, "on"), "never-scores")
    yield from trigger_faults((*_PATH, "on"), points.on, document, names)
    for index, when in enumerate(points.when):
        yield from references.condition_faults((*_PATH, "when", index), when, names)
    yield from _value_faults(points, names)
    yield from _window_faults(points)
    yield from _threshold_faults(points, document, names)


def _value_faults(points: Points, names: DefinedNames) -> Iterator[Fault]:
    path: Path = (*_PATH, "values")
    classes = names.values.get("severity", frozenset({WITHOUT_CLASSES}))
    if not classes:  # `checks.intake` reports missing classes
        return
    for name, value in points.values.items():
        yield from references.undefined_names((*path, name), [name], classes, "no-class")
        if value < 0:
            yield Fault((*path, name), "points-below-zero", count=value)
    if missing := sorted(classes - set(points.values)):
        yield Fault(path, "class-without-points", known=missing)
    elif all(value == 0 for value in points.values.values()):
        yield Fault(path, "threshold-never")


def _window_faults(points: Points) -> Iterator[Fault]:
    path: Path = (*_PATH, "window")
    wrong = list(clocks.limit_faults(path, points.window))
    yield from wrong
    if not wrong and parse_limit(points.window).kind == "none":
        yield Fault(path, "no-window")


def _threshold_faults(points: Points, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if not points.at:
        yield Fault((*_PATH, "at"), "no-thresholds")
    for index, threshold in enumerate(points.at):
        earlier = points.at[:index]
        path: Path = (*_PATH, "at", index)
        if threshold.reached < 1:
            yield Fault((*path, "reached"), "threshold-too-low", count=threshold.reached)
        if any(one.reached == threshold.reached for one in earlier):
            yield Fault((*path, "reached"), "threshold-twice", count=threshold.reached)
        yield from references.undefined_names((*path, "task"), [threshold.task], document.tasks, "no-task")
        if any(one.task == threshold.task for one in earlier):
            yield Fault((*path, "task"), "threshold-task-twice", name=threshold.task)
        if threshold.role is not None:
            yield from references.undefined_names((*path, "role"), [threshold.role], names.roles, "no-role")
        yield from _threshold_task_faults(path, threshold.task, document)


def _threshold_task_faults(path: Path, name: str, document: PolicyDocument) -> Iterator[Fault]:
    """A task for a unit cannot be monthly or recurring, and has no stated due time or approval."""
    task = document.tasks.get(name)
    if task is not None and (task.monthly or task.scheduled or task.every or task.stated or task.approval):
        yield Fault((*path, "task"), "threshold-task-how", name=name)
