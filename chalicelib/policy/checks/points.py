"""Checking points: what scores, how much by severity, and that each threshold can be reached and opens a task."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks import names as checks
from chalicelib.policy.checks.triggers import triggers
from chalicelib.policy.language import possible_events
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.points import WITHOUT_CLASSES, Points
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
    yield from triggers((*_PATH, "on"), points.on, possible_events.all_events(document), names)
    for index, when in enumerate(points.when):
        yield from checks.condition((*_PATH, "when", index), when, names)
    yield from _values(points, names)
    yield from _window(points)
    yield from _thresholds(points, document, names)


def _values(points: Points, names: DefinedNames) -> Iterator[Fault]:
    path: Path = (*_PATH, "values")
    classes = names.values.get("severity", frozenset({WITHOUT_CLASSES}))
    if not classes:  # reported where they are defined
        return
    for name, value in points.values.items():
        yield from checks.unknown((*path, name), [name], classes, "no-class")
        if value < 0:
            yield Fault((*path, name), "points-below-zero", count=value)
    if missing := sorted(classes - set(points.values)):
        yield Fault(path, "class-without-points", known=missing)
    elif all(value == 0 for value in points.values.values()):
        yield Fault(path, "threshold-never")


def _window(points: Points) -> Iterator[Fault]:
    path: Path = (*_PATH, "window")
    wrong = list(clocks.limit(path, points.window))
    yield from wrong
    if not wrong and parse_limit(points.window).kind == "none":
        yield Fault(path, "no-window")


def _thresholds(points: Points, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if not points.at:
        yield Fault((*_PATH, "at"), "no-thresholds")
    for index, threshold in enumerate(points.at):
        earlier = points.at[:index]
        path: Path = (*_PATH, "at", index)
        if threshold.reached < 1:
            yield Fault((*path, "reached"), "threshold-too-low", count=threshold.reached)
        if any(one.reached == threshold.reached for one in earlier):
            yield Fault((*path, "reached"), "threshold-twice", count=threshold.reached)
        yield from checks.unknown((*path, "task"), [threshold.task], document.tasks, "no-task")
        if any(one.task == threshold.task for one in earlier):
            yield Fault((*path, "task"), "threshold-task-twice", name=threshold.task)
        if threshold.role is not None:
            yield from checks.unknown((*path, "role"), [threshold.role], names.roles, "no-role")
        yield from _opened(path, threshold.task, document)


def _opened(path: Path, name: str, document: PolicyDocument) -> Iterator[Fault]:
    """A unit has no calendar, no statement and no approval of its own that could open a task."""
    task = document.tasks.get(name)
    if task is not None and (task.monthly or task.every or task.stated or task.approval):
        yield Fault((*path, "task"), "threshold-task-how", name=name)
