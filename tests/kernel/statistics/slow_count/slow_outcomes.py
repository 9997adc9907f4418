"""The slow count of outcomes, ratings, appeals and pauses."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tests.kernel.statistics.slow_count.slow import Hit, Slow, moment, open_minutes
from tests.kernel.statistics.slow_count.slow_flow import NO_ACTS, Count


def choices_at(place: int, *types: str) -> Count:
    """Of each field the values that were given first (0) or last (-1). Of several ratings only the last one counts."""

    def count(slow: Slow) -> Iterator[Hit]:
        replaced = [*slow.of_type("rated")][:-1]
        every = [
            at
            for at, event in enumerate(slow.record)
            if slow.whole(at) and event.get("act") not in NO_ACTS and at not in replaced
        ]
        for name in {name for at in every for name, values in slow.choices(at).items() if values}:
            at = [at for at in every if slow.choices(at).get(name)][place]
            if types and slow.record[at]["type"] not in types:
                continue
            task = slow.record[at]["fields"].get("task", "") if slow.record[at]["type"] == "task_done" else ""
            for value in slow.choices(at)[name]:
                own = {"event": slow.record[at]["type"], "task": task, "answer": f"{name}={value}"}
                yield Hit(slow.day(at), slow.case(at, **own))

    return count


def decisions(*, appealed: bool = False) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        for at in slow.of_type("decided"):
            turns = [one for one in slow.of_type("decided", "disputed", "objected", "reopened") if one > at]
            if not appealed or (turns and slow.record[turns[0]]["type"] != "decided"):
                yield Hit(slow.day(at), slow.case(at))

    return count


def rulings(*, same: bool | None = None) -> Count:
    def count(slow: Slow) -> Iterator[Hit]:
        found = list(slow.of_type("decided"))
        for before, at in itertools.pairwise(found):
            questioned = any(before < one < at for one in slow.of_type("disputed", "objected", "reopened"))
            if questioned and same in (None, _last(slow, before) == _last(slow, at)):
                yield Hit(slow.day(at), slow.case(at))

    return count


def _last(slow: Slow, at: int) -> dict[str, str]:
    return {name: values[-1] for name, values in slow.choices(at).items() if values}


def pauses(slow: Slow) -> Iterator[Hit]:
    """Each pause that is over, from the event that began it to the one that ended it."""
    if slow.own_unit:  # a record of tasks
        return
    for key in slow.runs(len(slow.record)):
        begin = None
        for at in range(len(slow.record)):
            run = slow.runs(at + 1).get(key)
            if run is None:
                continue
            is_paused = run.get("state", "running") == "paused" and run.get("ended") is None
            if is_paused and begin is None:
                begin = at
            elif not is_paused and begin is not None:
                since, until = (moment(slow.record[one]["at"]) for one in (begin, at))
                own = {**slow.named(at, key[0]), "stage": slow.record[begin]["result"]["stage"]}
                yield Hit(slow.day(at), slow.case(at, **own), open_minutes(slow.calendar(at, run), since, until))
                begin = None


OUTCOMES: dict[str, tuple[Count, Count | None]] = {
    "upheld_again": (rulings(same=True), rulings()),
    "appealed": (decisions(appealed=True), decisions()),
    "overturned": (rulings(same=False), rulings()),
    "first_outcome": (choices_at(0), None),
    "last_outcome": (choices_at(-1), None),
    "satisfaction": (choices_at(-1, "rated"), None),
}
TIMES: dict[str, Count] = {"time_paused": pauses}
