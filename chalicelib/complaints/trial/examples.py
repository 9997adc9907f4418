"""Running a policy's examples: each is a preview, compared with what the policy's author expects of it (design §3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from chalicelib.complaints import filing
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.runs import Run
from chalicelib.complaints.trial.preview import AssumedEvent, Preview, preview
from chalicelib.instants import Instant, from_instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.example import CASE_EXPECTATIONS, Example, ExpectedOutcome
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime.zone import from_wall_clock
from chalicelib.problem import Problem

MAX_CAUSED = 4_000
"""Events that all examples of a policy may cause together: a check ends in time whatever the document."""
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


def failures(policy: Policy) -> list[Fault]:
    """One fault for each thing that an example expects and the policy does otherwise, at its place."""
    found: list[Fault] = []
    caused = 0
    weight = 1 + len(policy.clocks) // 10  # each event asks every clock
    for index, example in enumerate(policy.document.examples):
        path: Path = ("examples", index)
        if caused > MAX_CAUSED:
            found.append(Fault(path, "examples-too-much"))
            break
        try:
            came = _run(policy, example)
        except Problem as problem:
            found.extend(_cannot_happen(path, problem))
            continue
        except _NoTime as wrong:
            found.append(Fault((*path, *wrong.path), "example-time", name=wrong.text, reason=wrong))
            continue
        caused += came.complaint.seq * weight
        found.extend(_compared(policy, path, example, came))
    return found


class _NoTime(Exception):
    def __init__(self, path: Path, text: str, why: ValueError) -> None:
        super().__init__(str(why))
        self.path, self.text = path, text


def _run(policy: Policy, example: Example) -> Preview:
    told = [
        AssumedEvent(one.event, _instant(policy, one.at, ("events", index, "at")), _placed(policy, one.fields))
        for index, one in enumerate(example.events)
    ]
    now = told[-1].at if example.now is None else _instant(policy, example.now, ("now",))
    given = example.given
    case = Filing(
        channel=given.channel,
        facts=_placed(policy, given.facts),
        severity=given.severity,
        category=given.category,
        unit=given.unit,
    )
    accepted = filing.check(policy, case, told[0].at, complete=False)
    return preview(policy, accepted, told, now)


def _instant(policy: Policy, text: str, path: Path) -> Instant:
    try:
        return from_text(_offset(policy, text))
    except ValueError as error:
        raise _NoTime(path, text, error) from error


def _offset(policy: Policy, text: str) -> str:
    """A wall-clock time gets the offset that the policy's zone has then."""
    if _WALL.fullmatch(text) is None:
        return text
    instant = from_wall_clock(policy.calendar.zone, datetime.fromisoformat(text))
    return from_instant(instant).isoformat()


def _placed(policy: Policy, fields: dict[str, Any]) -> dict[str, Any]:
    return {key: _offset(policy, value) if isinstance(value, str) else value for key, value in fields.items()}


def _cannot_happen(path: Path, problem: Problem) -> Iterator[Fault]:
    for place in problem.places:
        steps = [step.replace("~1", "/").replace("~0", "~") for step in place.pointer.split("/")[1:]]
        given = [] if steps[:1] in (["events"], ["now"]) else ["given"]
        yield Fault((*path, *given, *map(_step, steps)), "example-cannot-happen", reason=place.detail)
    if not problem.places:
        yield Fault(path, "example-cannot-happen", reason=problem.detail)


def _step(step: str) -> str | int:
    return int(step) if step.isdecimal() else step


def _compared(policy: Policy, path: Path, example: Example, came: Preview) -> Iterator[Fault]:
    for key, said in example.then.items():
        place: Path = (*path, "then", key)
        if key in CASE_EXPECTATIONS:
            yield from _about_the_case(place, key, said, came)
        elif isinstance(said, ExpectedOutcome):
            yield from _of_clock(policy, place, said, [run for run in came.runs if run.clock == key])


def _about_the_case(place: Path, key: str, said: Any, came: Preview) -> Iterator[Fault]:
    if key in ("open", "not_open"):
        wrong = [act for act in said if (act in came.acts) is not (key == "open")]
        if wrong:
            yield _other(place, f"{', '.join(wrong)} {'' if key == 'open' else 'not '}open", f"open are: {came.acts}")
    elif said != (shown := _SHOWN[key](came)):
        yield _other(place, said, shown)


_SHOWN: dict[str, Callable[[Preview], Any]] = {
    "stage": lambda came: came.complaint.stage,
    "severity": lambda came: came.complaint.severity,
    "tier": lambda came: came.complaint.tier,
    "points": lambda came: came.points,
    "provisional": lambda came: any(run.provisional for run in came.runs if run.open),
}


def _of_clock(policy: Policy, place: Path, said: ExpectedOutcome, runs: list[Run]) -> Iterator[Fault]:
    named = [run for run in runs if said.run in (None, run.n)]
    run = max(named, key=lambda one: one.n, default=None)
    state = "none" if run is None else run.state
    if said.state is not None and said.state != state:
        yield _other(place, said.state, state)
    if said.due is not None:
        yield from _due(policy, place, said.due, run)
    if said.provisional is not None and said.provisional is not (came := run is not None and run.provisional):
        yield _other(place, f"provisional: {said.provisional}", f"provisional: {came}")


def _due(policy: Policy, place: Path, said: str, run: Run | None) -> Iterator[Fault]:
    try:
        wanted = from_text(_offset(policy, said))
    except ValueError as error:
        yield Fault(place, "example-time", name=said, reason=error)
        return
    if run is None:
        yield _other(place, said, "no run of this clock")
    elif run.due != wanted:
        yield _other(place, said, "no due time while paused" if run.due is None else _local(policy, run.due))


def _local(policy: Policy, instant: Instant) -> str:
    return from_instant(instant).astimezone(policy.calendar.zone).isoformat(timespec="minutes")


def _other(place: Path, expected: object, came: object) -> Fault:
    return Fault(place, "example-fails", expected=str(expected), came=str(came))
