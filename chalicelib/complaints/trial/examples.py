"""A policy's examples: runs each as a preview and compares it with the author's expectations.

A policy is only publishable if all its examples pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chalicelib.complaints import filing, late_filing, repeats
from chalicelib.complaints.deadlines.because import explain
from chalicelib.complaints.filing import Arrival, Filing
from chalicelib.complaints.runs import Run
from chalicelib.complaints.trial import sample
from chalicelib.complaints.trial.preview import AssumedEvent, Preview, filer, on_unit_calendars, preview
from chalicelib.kit.instants import Instant, from_instant, from_text
from chalicelib.kit.problem import Place, Problem, Text, steps_of
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.conditions import ORDINALS
from chalicelib.policy.language.example import CASE_EXPECTATIONS, Example, ExampleReceipt, ExpectedOutcome
from chalicelib.policy.publishing import Publishable
from chalicelib.policy.reading.faults import Fault, Path, PolicyFault
from chalicelib.policy.reading.source import to_source
from chalicelib.policy.worktime import Budget, BudgetExceeded, bounded
from chalicelib.policy.worktime.zone import from_wall_clock

MAX_CAUSED = 4_000
"""Events that all examples of a policy may cause together. The limit bounds the time of a check."""
MAX_STEPS = 250_000
"""Counted steps (`worktime.budget`) that all examples together may take."""
MAX_REASON = 1_000
"""Characters of a due time's reason that a fault shows."""
_ENDS_OF_DAY = ("24:00", "24:00:00")
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")
_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def check_publishable(document: Mapping[str, Any] | str) -> Publishable:
    """Checks a policy, given as plain values or YAML text, and runs its examples.

    Raises `PolicyFault`, with the place of each fault.
    """
    source = to_source(document)
    ready = publishing.prepare_source(source)
    with bounded(Budget(MAX_STEPS)):
        policy = compile_policy(ready.document, "draft")
        failing = [*sample.faults(policy), *failures(policy)]
    if failing:
        raise PolicyFault([publishing.locate_fault(one, source) for one in failing])
    return ready


def failures(policy: Policy) -> list[Fault]:
    """Returns a fault, with its place, for each expectation of an example that the policy does not meet."""
    return [fault for tried in try_each(policy) for fault in tried.faults]


class TriedExample(NamedTuple):
    """`preview`: None if its events cannot happen. `faults`: with their places, also of expectations."""

    preview: Preview | None
    faults: list[Fault]


def try_each(policy: Policy) -> Iterator[TriedExample]:
    """Of each example of the policy, until all together take too much work: the fault of the last one then says so."""
    caused = 0
    weight = 1 + len(policy.clocks) // 10  # every event is checked against every clock
    for index, example in enumerate(policy.document.examples):
        path: Path = ("examples", index)
        if caused > MAX_CAUSED:
            yield TriedExample(None, [Fault(path, "examples-too-much")])
            return
        tried = try_out(policy, example, path)
        yield tried
        if any(fault.kind == "too-costly" for fault in tried.faults):
            return
        caused += 0 if tried.preview is None else tried.preview.complaint.seq * weight


def try_out(policy: Policy, example: Example, path: Path = ()) -> TriedExample:
    """`path`: of the example, with which the places of its faults begin."""
    try:
        result = run(policy, example)
        return TriedExample(result, list(_compare(policy, path, example, result)))
    except Problem as problem:
        return TriedExample(None, list(_cannot_happen(path, problem)))
    except BudgetExceeded:
        return TriedExample(None, [Fault(path, "too-costly", most=MAX_STEPS)])
    except _InvalidTime as wrong:
        fault = Fault((*path, *wrong.path), "example-time", name=wrong.text, reason=wrong)
        return TriedExample(None, [fault])


class _InvalidTime(Exception):
    def __init__(self, path: Path, text: str, why: str) -> None:
        super().__init__(why)
        self.path, self.text = path, text


def run(policy: Policy, example: Example) -> Preview:
    """The complaint after the events of the example. Raises `Problem` with the place if they cannot happen."""
    events = [
        AssumedEvent(one.event, _instant(policy, one.at, ("events", index, "at")), _with_offsets(policy, one.fields))
        for index, one in enumerate(example.events)
    ]
    now = events[-1].at if example.now is None else _instant(policy, example.now, ("now",))
    given = example.given
    policy = on_unit_calendars(policy, given.unit_calendars, given.unit)
    complaint = Filing(
        channel=given.channel,
        facts=_with_offsets(policy, given.facts),
        severity=given.severity,
        category=given.category,
        unit=given.unit,
        repeat=given.repeat or ORDINALS[0],
        reached=given.reached or "yes",
    )
    repeats.check_used(policy, complaint.repeat, "/repeat")
    arrival = None if given.received is None else _arrival(policy, given.received, events[0].at)
    complaint, by_staff = filer(policy, complaint, given.filed_by, "/filed_by")
    accepted = filing.check(policy, complaint, events[0].at, complete=False, arrival=arrival, by_staff=by_staff)
    return preview(policy, accepted, events, now)


def _arrival(policy: Policy, given: ExampleReceipt, registered: Instant) -> Arrival:
    at = from_instant(_instant(policy, given.at, ("given", "received", "at"))).isoformat()
    return late_filing.check(policy, at, _with_offsets(policy, given.fields), registered)


def _instant(policy: Policy, text: str, path: Path) -> Instant:
    try:
        return from_text(_offset(policy, text))
    except ValueError as error:
        raise _InvalidTime(path, text, _why(text, error)) from error


def _why(text: str, error: ValueError) -> str:
    """The error, unless its words are those of the parser."""
    return str(error) if _FORM.match(text) else "a day and a time of day joined by T are needed"


def _offset(policy: Policy, text: str) -> str:
    """Adds the offset of the policy's time zone to a wall-clock time. `T24:00` is the end of its day."""
    if _WALL.fullmatch(text) is None:
        return text
    day, _, clock = text.partition("T")
    ends_day = clock in _ENDS_OF_DAY
    wall = datetime.fromisoformat(f"{day}T00:00" if ends_day else text)
    instant = from_wall_clock(policy.calendar.zone, wall + timedelta(days=1) if ends_day else wall)
    return from_instant(instant).isoformat()


def _with_offsets(policy: Policy, fields: dict[str, Any]) -> dict[str, Any]:
    return {key: _offset(policy, value) if isinstance(value, str) else value for key, value in fields.items()}


def _cannot_happen(path: Path, problem: Problem) -> Iterator[Fault]:
    for place in problem.places:
        steps = steps_of(place.pointer)
        given = [] if steps[:1] in (["events"], ["now"]) else ["given"]
        where: Path = (*path, *given, *map(_step, steps))
        if place.text == sample.MISSING and steps[0] == "category":
            yield Fault(where, "filing-lacks", name=steps[-1])
        else:
            yield Fault(where, "example-cannot-happen", reason=_with_names(place))
    if not problem.places:
        yield Fault(path, "example-cannot-happen", reason=_translatable(problem.text))


def _with_names(place: Place) -> Text:
    """Authors write names."""
    reason, names = _translatable(place.text), place.more.get("values")
    return reason if not names else Text("{fault} ({names})", fault=reason, names=", ".join(names))


def _translatable(reason: str) -> Text:
    return reason if isinstance(reason, Text) else Text(reason.replace("{", "{{").replace("}", "}}"))


def _step(step: str) -> str | int:
    return int(step) if step.isdecimal() else step


def _compare(policy: Policy, path: Path, example: Example, result: Preview) -> Iterator[Fault]:
    for key, expected in example.then.items():
        place: Path = (*path, "then", key)
        if key in CASE_EXPECTATIONS:
            yield from _compare_case(place, key, expected, result)
        elif isinstance(expected, ExpectedOutcome):
            yield from _compare_run(policy, place, expected, [run for run in result.runs if run.clock == key])


def _compare_case(place: Path, key: str, expected: Any, result: Preview) -> Iterator[Fault]:
    if key in ("open", "not_open"):
        wrong = [act for act in expected if (act in result.acts) is not (key == "open")]
        if wrong:
            named, given = ", ".join(wrong), result.acts
            yield _mismatch(
                place,
                (
                    f"{named} {'' if key == 'open' else 'not '}open",
                    f"{named} {'可以' if key == 'open' else '不能'}执行",
                ),
                (f"open are: {given}", f"可以执行的操作：{given}"),
            )
    elif expected != (actual := _ACTUAL[key](result)):
        yield _mismatch(place, _same(expected), _same(actual))


_ACTUAL: dict[str, Callable[[Preview], Any]] = {
    "stage": lambda result: result.complaint.stage,
    "severity": lambda result: result.complaint.severity,
    "tier": lambda result: result.complaint.tier,
    "points": lambda result: result.points,
    "provisional": lambda result: any(run.provisional for run in result.runs if run.open),
}


def _compare_run(policy: Policy, place: Path, expected: ExpectedOutcome, runs: list[Run]) -> Iterator[Fault]:
    candidates = [run for run in runs if expected.run in (None, run.n)]
    run = max(candidates, key=lambda one: one.n, default=None)
    state = "none" if run is None else run.state
    if expected.state is not None and expected.state != state:
        yield _mismatch(place, _same(expected.state), _same(state))
    if expected.due is not None:
        yield from _compare_due(policy, place, expected.due, run)
    if expected.provisional is not None and expected.provisional is not (actual := run is not None and run.provisional):
        yield _mismatch(place, _same(f"provisional: {expected.provisional}"), _same(f"provisional: {actual}"))


def _compare_due(policy: Policy, place: Path, expected: str, run: Run | None) -> Iterator[Fault]:
    try:
        due = from_text(_offset(policy, expected))
    except ValueError as error:
        yield Fault(place, "example-time", name=expected, reason=_why(expected, error))
        return
    if run is None:
        yield _mismatch(place, _same(expected), ("no run of this clock", "该时限未曾计时"))
    elif run.due is None:
        yield _mismatch(place, _same(expected), ("no due time while paused", "暂停计时，没有到期时间"))
    elif run.due != due:
        reasons = explain(policy, run, "").text
        yield Fault(
            place,
            "example-other-due",
            expected=expected,
            came=_local(policy, run.due),
            because=_reason(reasons["en"]),
            because_zh=_reason(reasons["zh"]),
        )


def _reason(text: str) -> Text:
    """The author sees which days were counted."""
    return _translatable(text if len(text) <= MAX_REASON else text[:MAX_REASON] + "…")


def _local(policy: Policy, instant: Instant) -> str:
    return from_instant(instant).astimezone(policy.calendar.zone).isoformat(timespec="minutes")


def _same(value: object) -> tuple[str, str]:
    return str(value), str(value)


def _mismatch(place: Path, expected: tuple[str, str], actual: tuple[str, str]) -> Fault:
    """`expected` and `actual` in English and Chinese."""
    (expected_en, expected_zh), (came, came_zh) = expected, actual
    return Fault(place, "example-fails", expected=expected_en, expected_zh=expected_zh, came=came, came_zh=came_zh)
