"""Faults of acts and tasks that time brings, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_MISSED = "clocks/decision/missed"


def task(**said: Any) -> dict[str, Any]:
    return {"zh": "x", "for": "bob", **said}


def yearly(**said: Any) -> dict[str, Any]:
    return task(yearly={"month": 4, "day": 1, "due": "10 working days", **said})


def quarterly(**said: Any) -> dict[str, Any]:
    return task(quarterly={"day": 1, "due": "10 working days", **said})


BY_TIME: dict[str, tuple[str, Any, str, str]] = {
    "a miss that does what is none": (_MISSED, {"act": "applaud"}, f"{_MISSED}/act", "no-act"),
    "a miss that does what no stage offers": (_MISSED, {"act": "close"}, f"{_MISSED}/act", "act-not-offered"),
    "a miss that assigns": (_MISSED, {"act": "assign"}, f"{_MISSED}/act", "no-act"),
    "a miss that does nothing": (_MISSED, {"fields": {}}, f"{_MISSED}/act", "missing"),
    "a miss that lacks a field": (_MISSED, {"act": "classify"}, _MISSED, "act-lacks-field"),
    "a miss with a field that is not asked": (
        _MISSED,
        {"act": "decide", "fields": {"stars": "5"}},
        f"{_MISSED}/fields/stars",
        "no-field-of-act",
    ),
    "a miss with a number that is a text": (
        _MISSED,
        {"act": "decide", "fields": {"amount": "much"}},
        f"{_MISSED}/fields/amount",
        "constant",
    ),
    "a miss with an outcome that is none": (
        _MISSED,
        {"act": "decide", "fields": {"verdict": "maybe"}},
        f"{_MISSED}/fields/verdict",
        "constant",
    ),
    "a miss with a number in two languages": (
        _MISSED,
        {"act": "decide", "fields": {"amount": {"zh": "五", "en": "five"}}},
        f"{_MISSED}/fields/amount",
        "constant",
    ),
    "a miss with a class that is none": (
        _MISSED,
        {"act": "classify", "fields": {"severity": "huge"}},
        f"{_MISSED}/fields/severity",
        "constant",
    ),
    "time that nothing makes due": (
        "stages/registered/accept/by",
        "time",
        "stages/registered/accept/by",
        "time-never-does",
    ),
    "time that makes a promise": ("stages/open/promise/by", "time", "stages/open/promise/by", "time-cannot-do"),
    "time beside a person": (
        "stages/registered/classify/by",
        ["ann", "time"],
        "stages/registered/classify/by",
        "time-and-others",
    ),
    "time that did not do it before": (
        "stages/registered/classify/by",
        {"role": "time", "not": "accepted"},
        "stages/registered/classify/by",
        "time-and-others",
    ),
    "time that asks for an approval": (
        "stages/registered/accept",
        {"by": "time", "to": "open", "needs": "conditions", "approval": "bob"},
        "stages/registered/accept/approval",
        "time-needs-no-approval",
    ),
    "a role that is called time": ("people/time", "时", "people/time", "reserved"),
    "a message to time": ("intake/tells", "time", "intake/tells", "no-role-here"),
    "a miss that refuses what was accepted": (
        _MISSED,
        {"act": "refuse", "fields": {"ground": "late"}},
        f"{_MISSED}/act",
        "act-never-due",
    ),
    "a yearly task in the thirteenth month": (
        "tasks/report",
        yearly(month=13),
        "tasks/report/yearly/month",
        "schedule-month",
    ),
    "a yearly task on 31 April": ("tasks/report", yearly(day=31), "tasks/report/yearly/day", "schedule-day"),
    "a yearly task on 29 February": (
        "tasks/report",
        yearly(month=2, day=29),
        "tasks/report/yearly/day",
        "schedule-day",
    ),
    "a quarterly task on the thirty-first": (
        "tasks/report",
        quarterly(day=31),
        "tasks/report/quarterly/day",
        "schedule-day",
    ),
    "a quarterly task that is yearly too": (
        "tasks/report",
        {**quarterly(), **yearly()},
        "tasks/report",
        "task-opened-how",
    ),
    "a yearly task that is never due": (
        "tasks/report",
        yearly(due="none"),
        "tasks/report/yearly/due",
        "schedule-never-due",
    ),
    "a yearly task in no stage": ("tasks/report", yearly(stages="limbo"), "tasks/report/yearly/stages", "no-stage"),
    "a yearly task without a month": (
        "tasks/report",
        task(yearly={"day": 1, "due": "1 week"}),
        "tasks/report/yearly/month",
        "missing",
    ),
    "a quarterly task on day naught": ("tasks/report", quarterly(day=0), "tasks/report/quarterly/day", "schedule-day"),
    "a quarterly task that is due soon": (
        "tasks/report",
        quarterly(due="soon"),
        "tasks/report/quarterly/due",
        "no-limit",
    ),
    "a quarterly task in a month": ("tasks/report", quarterly(month=1), "tasks/report/quarterly/month", "unknown-key"),
    "a quarterly task that is due twice": (
        "tasks/report",
        {**quarterly(), "within": "1 week"},
        "tasks/report",
        "task-due-how",
    ),
    "a task by two calendars": (
        "tasks/report",
        {**quarterly(), **yearly()},
        "tasks/report",
        "task-opened-how",
    ),
    "a quarterly task that is to be approved": (
        "tasks/report",
        {**quarterly(), "approval": "ann"},
        "tasks/report/approval",
        "approved-again",
    ),
    "a monthly task of a unit": (
        "tasks/report",
        {**task(monthly={"day": 1, "due_day": 5, "stages": "open"}), "of": "unit"},
        "tasks/report/of",
        "of-without-schedule",
    ),
    "a repeated task of the organisation": (
        "tasks/report",
        {**task(on="classified", every="1 week", until="closed"), "of": "organisation"},
        "tasks/report/of",
        "of-without-schedule",
    ),
    "a task of the organisation on a unit's calendar": (
        "tasks/report",
        {**yearly(), "of": "organisation", "calendar": "unit"},
        "tasks/report/calendar",
        "unit-calendar-of-no-unit",
    ),
    "a task of the organisation that is to be approved": (
        "tasks/report",
        {**yearly(), "of": "organisation", "approval": "ann"},
        "tasks/report/approval",
        "approved-again",
    ),
    "a task of the organisation for an unknown role": (
        "tasks/report",
        {**yearly(), "of": "organisation", "for": "eve"},
        "tasks/report/for",
        "no-role",
    ),
    "a task of a unit at a threshold": (
        "tasks/letter",
        {**quarterly(), "of": "unit"},
        "points/at/0/task",
        "threshold-task-how",
    ),
    "a task of the world": ("tasks/report", {**quarterly(), "of": "world"}, "tasks/report/of", "wrong-kind"),
    "a task of the organisation by an event": (
        "tasks/report/of",
        "organisation",
        "tasks/report/of",
        "of-without-schedule",
    ),
    "a task of the organisation in a stage": (
        "tasks/report",
        {**quarterly(stages="open"), "of": "organisation"},
        "tasks/report/quarterly/stages",
        "schedule-without-stages",
    ),
    "a task of a unit on a condition": (
        "tasks/report",
        {**quarterly(), "of": "unit", "when": {"channel": "phone"}},
        "tasks/report/when",
        "condition-of-no-complaint",
    ),
}
