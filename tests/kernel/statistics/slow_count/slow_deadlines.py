"""The slow count of deadlines and of states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from tests.kernel.statistics.slow_count.slow import ENDS, Hit, Slow, due_day, moment, open_minutes
from tests.kernel.statistics.slow_count.slow_flow import Count

Run = dict[str, Any]


@cache
def last_changes(slow: Slow) -> list[tuple[int, Run]]:
    """Each run with the event that changed it last. Found once: every count of outcomes asks for them."""
    found = []
    for key, run in slow.runs(len(slow.record)).items():
        changed = [at for at in range(len(slow.record)) if _changes(slow, at, key)]
        found.append((changed[-1], run))
    return found


def _changes(slow: Slow, at: int, key: tuple[str, int]) -> bool:
    return any((run["clock"], run["n"]) == key for run in slow.record[at]["result"].get("clocks", []))


def state_of(run: Run) -> str:
    state: str = run.get("state", "running")
    return state


def outcomes(*wanted: str) -> Count:
    """`wanted`: met, late (missed and ended), late_open, running."""

    def count(slow: Slow) -> Iterator[Hit]:
        for at, run in last_changes(slow):
            if run.get("due") is None:
                continue
            ended = run.get("ended") is not None
            name = {"missed": "late" if ended else "late_open"}.get(state_of(run), state_of(run))
            if name in wanted:
                calendar = slow.calendar(at, run)
                own = slow.named(at, run["clock"])
                minutes = open_minutes(calendar, moment(run["due"]), moment(run["ended"])) if name == "late" else 0.0
                yield Hit(due_day(calendar, run["due"]), slow.case(at, **own), minutes)

    return count


def escalations(slow: Slow) -> Iterator[Hit]:
    for at in slow.of_type("escalated"):
        fields = slow.record[at]["fields"]
        run = slow.runs(at)[fields["clock"], fields["run"]]
        own = {**slow.named(at, run["clock"]), "tier": str(fields["tier"])}
        minutes = open_minutes(slow.calendar(at, run), moment(run["due"]), moment(slow.record[at]["at"]))
        yield Hit(slow.day(at), slow.case(at, **own), minutes)


def changes(event: str, *, near: bool = False, last_day: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in range(len(slow.record)):
            for run in slow.record[at]["result"].get("clocks", []):
                before = slow.runs(at).get((run["clock"], run["n"]))
                kind, compared = _kind(slow, at, run, before)
                if kind != event or (near and not (compared and slow.is_near(at, compared))):
                    continue
                if last_day and not (compared and _is_last_day(slow, at, run, compared)):
                    continue
                own = slow.named(at, run["clock"])
                own["stage"] = slow.record[at]["result"]["stage"] if event == "paused" else ""
                yield Hit(slow.day(at), slow.case(at, **own))

    return count


def begun(*, extended: bool = False) -> Count:
    """Deadlines that began, each with the events that extended it: a run that extends another is the same deadline."""

    def count(slow: Slow) -> Iterator[Hit]:
        begins: dict[tuple[str, int], list[int]] = {}
        for at in range(len(slow.record)):
            for run in slow.record[at]["result"].get("clocks", []):
                key, before = (run["clock"], run["n"]), slow.runs(at).get((run["clock"], run["n"]))
                kind, earlier = _kind(slow, at, run, before)
                if kind == "started":
                    begins[key] = [at]
                elif kind == "extended" and earlier is not None:
                    begins[key] = begins[earlier["clock"], earlier["n"]]
                    begins[key].append(at)
                elif kind == "extended":
                    begins[key] = [at]
        for clock, found in {id(found): (key[0], found) for key, found in begins.items()}.values():
            if len(found) > 1 or not extended:
                yield Hit(slow.day(found[0]), slow.case(found[0], **slow.named(found[0], clock)))

    return count


def _kind(slow: Slow, at: int, run: Run, before: Run | None) -> tuple[str, Run | None]:
    event = slow.record[at]
    if before is not None:
        paused = state_of(before) == "running" and state_of(run) == "paused" and before.get("ended") is None
        return ("paused" if paused else "changed"), before
    if event["type"] == "extended" and slow.whole(at) and event["fields"].get("clock") == run["clock"]:
        open_ones = [one for one in slow.open_runs(at) if one["clock"] == run["clock"]]
        return "extended", min(open_ones, key=lambda one: one.get("task", 0), default=None)
    return "started", None


def _is_last_day(slow: Slow, at: int, run: Run, before: Run) -> bool:
    return before.get("due") is not None and due_day(slow.calendar(at, run), before["due"]) == slow.day(at)


def end_of(slow: Slow, at: int, day: date) -> bool:
    """Whether the event happened by the end of the day."""
    return slow.day(at) <= day


def open_at(slow: Slow, day: date) -> Iterator[Hit]:
    """Whether the complaint is open at the end of the day. A record of tasks is no complaint."""
    if slow.own_unit:
        return
    past = [at for at in range(len(slow.record)) if end_of(slow, at, day)]
    if not past:
        return
    ended = False
    for at in past:
        stage = slow.record[at]["result"]["stage"]
        moved = at > 0 and stage != slow.record[at - 1]["result"]["stage"]
        if slow.record[at]["type"] in ENDS and slow.whole(at):
            ended = True
        elif moved:
            ended = False
    last = past[-1]
    result = slow.record[last]["result"]
    if not ended and slow.policy(last).document.stages[result["stage"]].acts:
        filed = slow.day(0)
        weeks = (day - (filed - timedelta(days=filed.weekday()))).days // 7
        bounds = ((1, "0-1 weeks"), (4, "2-4 weeks"), (13, "5-13 weeks"), (26, "14-26 weeks"))
        age = next((name for most, name in bounds if weeks <= most), "over 26 weeks")
        yield Hit(day, slow.case(last, stage=result["stage"], tier=str(result["tier"]), age=age))


def runs_at(slow: Slow, day: date, wanted: str | None = None) -> Iterator[Hit]:
    past = [at for at in range(len(slow.record)) if end_of(slow, at, day)]
    if not past or slow.own_unit:
        return
    last = past[-1]
    for run in slow.open_runs(last + 1):
        if wanted in (None, state_of(run)):
            own = {**slow.named(last, run["clock"]), "run_state": state_of(run)}
            yield Hit(day, slow.case(last, **own, stage=slow.record[last]["result"]["stage"]))


def at_risk(slow: Slow, days: int, now: datetime) -> Iterator[Hit]:
    """Running deadlines due by the end of the given working day after today."""
    for at, run in last_changes(slow):
        if state_of(run) == "running" and run.get("due") is not None:
            policy = slow.policy_of(slow.record[at]["policy"])
            day, left = now.astimezone(policy.calendar.zone).date(), days
            while left:
                day += timedelta(days=1)
                left -= bool(policy.calendar.source.plan(day.toordinal()).hours)
            due = due_day(slow.calendar(at, run), run["due"])
            if due <= day:
                own = slow.named(at, run["clock"])
                yield Hit(due, slow.case(at, **own))


ENDED = ("met", "late", "late_open")
DEADLINES: dict[str, tuple[Count, Count | None]] = {
    "met": (outcomes("met"), outcomes(*ENDED)),
    "missed": (outcomes("late", "late_open"), outcomes(*ENDED)),
    "missed_and_open": (outcomes("late_open"), None),
    "not_yet_due": (outcomes("running"), None),
    "escalated": (escalations, None),
    "extended": (begun(extended=True), begun()),
    "extended_on_last_day": (changes("extended", last_day=True), changes("extended")),
    "extensions_near_due": (changes("extended", near=True), changes("extended")),
    "paused": (changes("paused"), None),
    "pauses_near_due": (changes("paused", near=True), changes("paused")),
}
TIMES: dict[str, Count] = {"lateness": outcomes("late"), "lateness_of_escalations": escalations}
