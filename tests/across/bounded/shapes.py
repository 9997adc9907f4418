"""Documents by a few numbers, for the search for the slowest one, and the counted steps of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from chalicelib.casework.views import deadline_views
from chalicelib.complaints import filing
from chalicelib.complaints.acting import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.trial import examples
from chalicelib.complaints.trial.preview import AssumedEvent, preview
from chalicelib.kit.instants import DAY, from_text
from chalicelib.limits.exceeded import REQUEST_STEPS, WAKE_STEPS
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.worktime import Budget, BudgetExceeded, bounded
from tests.across.bounded.documents import AT, FILING, Document, clocks

LIMITS = (
    *("1 second", "100 seconds", "1 day", "30 days", "119 months", "8 working hours", "300 working hours", "same day"),
    *("100 working days", "700 working days", "1000 calendar days", "9 calendar years", "until 29 February"),
    "later of 200 working days, 250 calendar days, 11 months, 9 calendar months",
    *("700 working days including the first day", "9 calendar years including the first day"),
    "200 working days then 250 calendar days then 11 months then 9 calendar months",
)
HOURS = (
    {"mon-fri": ["09:00-12:00", "13:30-18:00"]},
    {"mon-sun": [f"{2 * number:02}:00-{2 * number:02}:30" for number in range(12)]},
    {"mon-sun": ["00:00-24:00"]},
    {"mon": ["09:00-17:00"]},
)
STARTS: tuple[Any, ...] = (["registered"], ["registered", "classified"], {"fact": "when"})
_START = from_text(AT)


class Shape(msgspec.Struct, frozen=True):
    clocks: int
    limits: tuple[int, ...]
    """Positions in `LIMITS`: the clocks take turns."""
    warnings: int
    start: int
    hours: int
    calendars: int
    tiers: int
    tasks: int
    routes: int
    """Of eighty values each."""
    choices: int
    examples: int
    last_day: bool
    rules: int = 0
    """Closures of each calendar that return every year."""
    moves: bool = False
    """Whether the last days of each further calendar move by the working days of the policy's own."""
    next_day: bool = False
    """Whether starts count as the opening of the next working day."""
    parts: int = 0
    """Parts of the limitation."""


def document(shape: Shape) -> Document:
    made = clocks(0, "1 day", calendar={"timezone": "Europe/Berlin", "hours": HOURS[shape.hours], **_end(shape)})
    made["clocks"] |= {f"c{number}": _clock(shape, number) for number in range(shape.clocks)}
    if shape.calendars:
        made["calendars"] = {f"k{number}": _calendar(shape, number) for number in range(shape.calendars)}
    if shape.tiers:
        tiers: list[Any] = [{"roles": ["ann"], "within": "1 second"}] * (shape.tiers - 1)
        made["tiers"] = [*tiers, {"roles": ["bob"], "again": "1 hour"}]
    task = {"zh": "任务", "for": "bob", "quarterly": {"day": 1, "due": "1 working day"}}
    made["tasks"] |= {f"t{number}": task for number in range(shape.tasks)}
    if shape.routes:
        route = {"when": {"channel": ["letter"] * 80}, "role": "ann"}
        made["intake"]["routing"] = [{"when": {"channel": ["phone"]}, "role": "bob"}, *[route] * shape.routes]
    if shape.choices:
        names = [f"v{number}" for number in range(shape.choices)]
        made["fields"]["pick"] = {"zh": "选", "kind": "choice", "choices": names}
        made["stages"]["registered"]["classify"]["takes"] = ["pick"]
    if shape.parts:
        parts = [{"from": "when", "within": LIMITS[limit]} for limit in (shape.limits * 4)[: shape.parts]]
        made["intake"]["limitation"] = {"later of": parts}
    made["examples"] = [_EXAMPLE] * shape.examples
    return made


_EXAMPLE = {
    "given": {"channel": "phone", "facts": {"size": "s"}, "severity": "low"},
    "events": [
        {"event": "registered", "at": "2026-11-27T09:00"},
        *[{"event": "classified", "at": "2026-11-27T09:00", "fields": {"severity": "low"}}] * 5,
    ],
    "now": "2026-11-30T09:00",
    "then": {"stage": "registered"},
}


def _end(shape: Shape) -> Document:
    return {"last_day": "next working day", "calendar_days_end": "close"} if shape.last_day else {}


def _clock(shape: Shape, number: int) -> Document:
    limit = LIMITS[shape.limits[number % len(shape.limits)]]
    warn = [f"{50 + each} %" for each in range(1, shape.warnings + 1)]
    clock: Document = {"from": STARTS[shape.start], "until": "decided", "within": limit, "warn": warn}
    missed = {"missed": "escalate" if shape.tiers else "record"}
    clock |= {"starts": "next working day"} if shape.next_day else {}
    return {**clock, **missed, **({"calendar": f"k{number % shape.calendars}"} if shape.calendars else {})}


def _calendar(shape: Shape, number: int) -> Document:
    closed = [f"2030-01-{number + 1:02}", *(f"easter - {day}" for day in range(1, shape.rules + 1))]
    moving = {"last_day": "next working day", "last_day_of": "calendar"} if shape.moves else {}
    return {"timezone": "Europe/Berlin", "hours": HOURS[shape.hours], "closed": closed, **moving}


def steps(given: Document) -> dict[str, int]:
    """By kind of work: its counted steps, at most those that it may take. Raises `PolicyFault`."""
    with bounded(Budget(REQUEST_STEPS)) as checked:
        ready = examples.check_publishable(given)
    policy = compile_policy(ready.document, "1")
    return {
        "check": checked.spent,
        "file": _counted(REQUEST_STEPS, lambda: _file(policy)),
        "wake": _counted(WAKE_STEPS, lambda: _wake(policy)),
        "preview": _counted(REQUEST_STEPS, lambda: _preview(policy)),
    }


def _counted(most: int, work: Callable[[], object]) -> int:
    budget = Budget(most)
    try:
        with bounded(budget):
            work()
    except BudgetExceeded:
        return most
    return budget.spent


def _file(policy: Policy) -> Flow:
    accepted = filing.check(policy, Filing(**FILING), _START)
    flow = filing.register(policy, accepted, number="1", receipt="", actor=SYSTEM, now=_START)
    deadline_views.views(policy, flow.drafts[0].result.clocks, "1")
    return flow


def _wake(policy: Policy) -> None:
    accepted = filing.check(policy, Filing(**FILING), _START)
    flow = filing.register(policy, accepted, number="1", receipt="", actor=SYSTEM, now=_START)
    while not advance.advance(flow, _START + 400 * DAY):
        flow = Flow(policy, flow.complaint)


def _preview(policy: Policy) -> None:
    accepted = filing.check(policy, Filing(**FILING), _START, complete=False)
    classified = AssumedEvent("classified", _START, {"severity": "low"})
    found = preview(policy, accepted, [AssumedEvent("registered", _START), *[classified] * 30], _START + 30 * DAY)
    deadline_views.views(policy, found.runs, "1")
