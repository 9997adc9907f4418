"""Faults of `points`, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.faulty import GONE

MONTHLY = {"zh": "x", "for": "bob", "monthly": {"day": 1, "due_day": 5, "stages": ["open"]}}
POINTS: dict[str, tuple[str, Any, str, str]] = {
    "points where no complaint concerns a unit": ("intake/unit", "none", "points", "points-without-units"),
    "points for no event": ("points/on", [], "points/on", "never-scores"),
    "points for what the language has not": ("points/on", "judged", "points/on", "no-event"),
    "points for what cannot happen": ("points/on", "forwarded", "points/on", "cannot-happen"),
    "points for an outcome that is none": (
        "points/on",
        {"decided": {"verdict": "maybe"}},
        "points/on/decided/verdict",
        "no-value",
    ),
    "points for an outcome that is private": (
        "fields/verdict/holder",
        "internal",
        "fields/verdict/holder",
        "cannot-be-private",
    ),
    "points on a condition that is none": ("points/when", {"moon": "full"}, "points/when/moon", "no-condition"),
    "points that count otherwise": ("points/counts", "highest", "points/counts", "wrong-kind"),
    "no points for a class": ("points/values/high", GONE, "points/values", "class-without-points"),
    "points for a class that is none": ("points/values/huge", 3, "points/values/huge", "no-class"),
    "points below zero": ("points/values/low", -1, "points/values/low", "points-below-zero"),
    "points that are no number": ("points/values/low", "many", "points/values/low", "wrong-kind"),
    "thresholds that are never reached": ("points/values", {"low": 0, "high": 0}, "points/values", "threshold-never"),
    "a window that is none": ("points/window", "a while", "points/window", "no-limit"),
    "a window without end": ("points/window", "none", "points/window", "no-window"),
    "points without a threshold": ("points/at", [], "points/at", "no-thresholds"),
    "a threshold that is no number": ("points/at", {"some": "letter"}, "points/at/some", "wrong-kind"),
    "a threshold below any points": ("points/at/0/reached", 0, "points/at/0/reached", "threshold-too-low"),
    "a threshold without a task": ("points/at", {"5": {"for": "ann"}}, "points/at/5/task", "missing"),
    "a threshold of a task that is none": ("points/at", {"7": "picnic"}, "points/at/7", "no-task"),
    "a threshold of an unknown role": (
        "points/at",
        {"5": {"task": "survey", "for": "eve"}},
        "points/at/5/for",
        "no-role",
    ),
    "a threshold of a task that comes by the calendar": (
        "tasks/letter",
        MONTHLY,
        "points/at/0/task",
        "threshold-task-how",
    ),
    "two thresholds of as many points": ("points/at/1/reached", 2, "points/at/1/reached", "threshold-twice"),
    "two thresholds of as many points with another between": (
        "points/at",
        [{"reached": 2, "task": "letter"}, {"reached": 5, "task": "survey"}, {"reached": 2, "task": "report"}],
        "points/at/2/reached",
        "threshold-twice",
    ),
    "two thresholds of one task": ("points/at/1/task", "letter", "points/at/1/task", "threshold-task-twice"),
    "a task that nothing opens": ("tasks/picnic", {"zh": "x", "for": "bob"}, "tasks/picnic", "task-opened-how"),
}
