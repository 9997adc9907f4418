"""The slow count of the points of units, and of what the policy adds up."""

from __future__ import annotations

from collections.abc import Iterator

from tests.kernel.statistics.slow_count.slow import Hit, Slow
from tests.kernel.statistics.slow_count.slow_flow import NO_ACTS, Count

_ENDED_BY_REOPENING = ("decided", "agreed", "disputed", "executed", "closed", "archived")
"""What a reopening takes back, of the events that can give an amount here."""


def points(slow: Slow) -> Iterator[Hit]:
    for at in slow.of_type("scored"):
        yield Hit(slow.day(at), slow.case(at), weight=slow.record[at]["fields"]["points"])


def thresholds(slow: Slow) -> Iterator[Hit]:
    for at in slow.of_type("task_opened"):
        if "reached_at" in slow.record[at]["fields"]:
            yield Hit(slow.day(at), slow.case(at, task=slow.record[at]["fields"]["task"]))


def amounts(kind: str) -> Count:
    """`weight`: the amount in thousandths, of the last event that gave it and was not taken back."""

    def count(slow: Slow) -> Iterator[Hit]:
        last: dict[str, int] = {}
        for at, event in enumerate(slow.record):
            given = event["fields"].get("facts", {}) if at == 0 else event["fields"]
            if at and (event.get("act") in NO_ACTS or not slow.whole(at)):
                continue
            document = slow.policy(at).document
            known = {**document.intake.facts, **document.fields}
            for name in given:
                if name in known and known[name].sum == kind and not _is_taken_back(slow, at):
                    last[name] = at
        for name, at in last.items():
            fields = slow.record[at]["fields"]
            value = (fields["facts"] if at == 0 else fields)[name]
            yield Hit(slow.day(at), slow.case(at, field=name), weight=round(value * 1000))

    return count


def _is_taken_back(slow: Slow, at: int) -> bool:
    type_ = slow.record[at]["type"]
    later = slow.record[at + 1 :]
    undone = any(type_ in event["result"].get("undone", ()) for event in later)
    return undone or (type_ in _ENDED_BY_REOPENING and any(event["type"] == "reopened" for event in later))


UNITS: dict[str, Count] = {"points": points, "thresholds": thresholds}
SUMS: dict[str, Count] = {"sum_of_money": amounts("money"), "sum_of_hours": amounts("hours")}
