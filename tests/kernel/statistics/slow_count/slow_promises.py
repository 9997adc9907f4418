"""The slow count of promises: each run is followed to the run that continues it, and the last one is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.kernel.statistics.slow_count.slow import Hit, Slow, due_day, moment
from tests.kernel.statistics.slow_count.slow_deadlines import Run, state_of
from tests.kernel.statistics.slow_count.slow_flow import Count, is_answered, is_unanswered

CANCELLING = ("refused", "transferred", "closed", "withdrawn")
Key = tuple[str, int]


def changes_of(slow: Slow, key: Key) -> list[tuple[int, Run]]:
    """Every state of the run, with the position of the event that left it so."""
    return [
        (at, run)
        for at, event in enumerate(slow.record)
        for run in event["result"].get("clocks", [])
        if (run["clock"], run["n"]) == key
    ]


def earlier(slow: Slow, key: Key) -> Key | None:
    """The run that this one continues."""
    start, run = changes_of(slow, key)[0]
    if run.get("replaces"):
        return key[0], run["replaces"]
    if run.get("task") or is_answered(slow, start):
        return None
    before = [one for one in slow.runs(start) if one[0] == key[0] and not slow.runs(start)[one].get("task")]
    last = max(before, key=lambda one: one[1], default=None)
    if last is None:
        return None
    end, ended = changes_of(slow, last)[-1]
    if ended.get("ended") is None or any(is_answered(slow, at) for at in range(end, start + 1)):
        return None
    event = slow.record[end]
    if event["type"] == "withdrawn" and event["actor"]["kind"] == "complainant":
        return None
    stopped = state_of(ended) == "cancelled" or (slow.whole(end) and event["type"] in CANCELLING)
    return last if stopped and _done_without_run(slow, end, start, ended) is None else None


def _done_without_run(slow: Slow, end: int, until: int, run: Run) -> int | None:
    """Where what would have ended the run came after it was taken away."""
    if cause_of(slow, end) not in ("switched", "reclassified") or state_of(run) != "cancelled":
        return None
    for at in range(end + 1, until):
        if not slow.whole(at):
            continue
        clock = slow.policy(end).clocks.get(run["clock"])
        if clock is not None and any(_meets(one, slow.record[at]) for one in clock.clock.until):
            return at
        if slow.record[at]["type"] in CANCELLING:
            return None
    return None


def _meets(trigger: Any, event: dict[str, Any]) -> bool:
    if trigger.event != event["type"]:
        return False
    return all(_texts(event["fields"].get(name)) & set(values) for name, values in trigger.fields.items())


def _texts(value: Any) -> set[str]:
    """The value as conditions spell it; of a list, each item."""
    items = value if isinstance(value, list) else [value]
    return {"none" if one is None else {"True": "yes", "False": "no"}.get(str(one), str(one)) for one in items}


def cause_of(slow: Slow, at: int) -> str:
    event = slow.record[at]
    if not slow.whole(at):
        return "reclassified"
    if event["type"] == "closed" and "follows" in event["fields"]:
        return "linked"
    known = (*CANCELLING, "switched", "values_erased", "returned")
    return event["type"] if event["type"] in known else "reclassified"


def promises(slow: Slow) -> Iterator[list[Key]]:
    """The runs of each promise, in order."""
    every = list(slow.runs(len(slow.record)))
    before = {key: earlier(slow, key) for key in every}
    for key in every:
        if key not in before.values():
            chain = [key]
            while (one := before[chain[0]]) is not None:
                chain.insert(0, one)
            yield chain


def _is_excused(slow: Slow, at: int) -> bool:
    """Closed by the passing of time, which nothing but the other complaint does to a linked one."""
    event = slow.record[at]
    same = [one for one in slow.record[: at + 1] if one["at"] == event["at"] and one.get("due_at") is not None]
    return bool(same) and event["actor"]["kind"] == "system" and "follows" not in event["fields"]


def judged(slow: Slow, chain: list[Key]) -> tuple[str, str, int]:
    """The outcome, the cause, and the position of the event that decided it."""
    states = [change for key in chain for change in changes_of(slow, key)]
    end, run = changes_of(slow, chain[-1])[-1]
    first = moment(due_of(slow, chain)[1]) if due_of(slow, chain) else None
    missed = any(state_of(one) == "missed" for _, one in states)
    if run.get("ended") is None:
        kept = state_of(run) == "running" and run.get("due") is not None and first and moment(run["due"]) <= first
        return ("overdue" if missed else "open" if kept else "moved"), "", end
    left_open = is_unanswered(slow, end) and not _is_excused(slow, end)
    cause = cause_of(slow, end) if state_of(run) == "cancelled" or left_open else ""
    done: int | None = None if cause else end
    if cause in ("switched", "reclassified"):
        done = _done_without_run(slow, end, len(slow.record), run)
        stop = next((at for at in range(end + 1, done or len(slow.record)) if _stops(slow, at)), None)
        if done is not None:
            end = done
        elif stop is not None:
            end, cause, left_open = (
                stop,
                cause_of(slow, stop),
                is_unanswered(slow, stop) and not _is_excused(slow, stop),
            )
    if left_open:
        return "unanswered", cause, end
    if missed:
        return "late", cause, end
    if done is not None:
        return ("kept" if first is None or moment(_end(slow, run, done, cause)) <= first else "extended"), cause, end
    return ("moved" if cause in ("switched", "reclassified") else "cancelled"), cause, end


def due_of(slow: Slow, chain: list[Key]) -> tuple[Any, str] | None:
    """The first due time, with its calendar. What a member states for something promised already is no new one."""
    changes = [change for key in chain for change in changes_of(slow, key)]
    own = next(((slow.calendar(at, run), run["due"]) for at, run in changes if run.get("due") is not None), None)
    begin, run = changes[0]
    if run.get("stated") is None or not slow.by_member(begin):
        return own
    others = [
        due_of(slow, one)
        for one in promises(slow)
        if _is_open(slow, one, begin) and _same_ends(slow, begin, one, chain)
    ]
    return min([one for one in (own, *others) if one is not None], key=lambda one: moment(one[1]), default=None)


def _is_open(slow: Slow, chain: list[Key], at: int) -> bool:
    """Whether a run of it began before the event and is open after it."""
    known = [slow.runs(at + 1)[key] for key in chain if key in slow.runs(at)]
    return bool(known) and known[-1].get("ended") is None


def _same_ends(slow: Slow, at: int, one: list[Key], other: list[Key]) -> bool:
    clocks = slow.policy(at).clocks
    ends = [{trigger.event for trigger in clocks[key[0][0]].clock.until} for key in (one, other)]
    return bool(ends[0] & ends[1])


def _stops(slow: Slow, at: int) -> bool:
    return slow.whole(at) and slow.record[at]["type"] in CANCELLING


def _end(slow: Slow, run: Run, done: int, cause: str) -> str:
    return str(slow.record[done]["at"] if cause else run["ended"])


def promised(*wanted: str) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for chain in promises(slow):
            outcome, cause, at = judged(slow, chain)
            due = due_of(slow, chain)
            if outcome not in wanted or not (due or outcome in ("cancelled", "unanswered")):
                continue
            day = due_day(*due) if due else slow.day(at)
            if outcome == "moved" and day >= slow.today:
                continue
            yield Hit(day, slow.case(at, **slow.named(at, chain[-1][0]), cause=cause))

    return count


NOT_DONE = ("overdue", "moved")
WHOLE = promised("kept", "extended", "late", "unanswered", *NOT_DONE)
PROMISES: dict[str, tuple[Count, Count | None]] = {
    "met_as_first_promised": (promised("kept"), WHOLE),
    "met_after_extension": (promised("extended"), WHOLE),
    "met_late": (promised("late"), WHOLE),
    "not_done_as_promised": (promised(*NOT_DONE), WHOLE),
    "ended_without_answer": (promised("unanswered"), WHOLE),
    "cancelled": (promised("cancelled"), None),
}
