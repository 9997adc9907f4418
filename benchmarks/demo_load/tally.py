"""Counts: numbers from the API's views and messages, and the same numbers from the record alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.complaints.envelope import break_in_chain

Json = Mapping[str, Any]
Tally = Counter[str]
"""By the names in the printed table: `filed`, `in stage closed`, `misses`, `escalations to tier 2`, `messages`, …"""

FILED, MISSES, MESSAGES, AGED = "filed", "missed deadlines", "messages", "made major by age"


def stage(name: str) -> str:
    return f"in stage {name}"


def tier(number: int) -> str:
    return f"escalations to tier {number}"


def reported_for_complaint(current_stage: str, deadlines: Iterable[Json], messages: Sequence[Json]) -> Tally:
    """Count one complaint by its queue row's stage, its deadlines and its complainant's messages.

    A run's `rung` is the number of its misses.
    """
    misses = sum(run["rung"] for run in deadlines)
    return Counter({FILED: 1, stage(current_stage): 1, MISSES: misses, MESSAGES: len(messages)})


def reported_in_inboxes(inboxes: Mapping[str, Sequence[Json]], tiers: Mapping[int, str]) -> Tally:
    """Count the messages. `inboxes`: by role. An escalation is reported to the role on its tier."""
    found: Tally = Counter({MESSAGES: sum(map(len, inboxes.values()))})
    for number, role in tiers.items():
        found[tier(number)] = sum(message["wording"] == "escalated" for message in inboxes[role])
    # The current tier is notified. Several people may have a message about the same event.
    found[AGED] = len({m["about"] for box in inboxes.values() for m in box if m["wording"] == "reclassified"})
    return found


def recorded(events: Sequence[Json], roles: Mapping[str, str]) -> Tally:
    """Count one complaint by its events alone. `roles`: the sub in each role, to resolve notified roles."""
    found: Tally = Counter({stage(events[-1]["result"]["stage"]): 1})
    for event in events:
        fields = event["fields"]
        if event["type"] == "registered":
            found[FILED] += 1
        elif event["type"] == "missed":
            found[MISSES] += 1
        elif event["type"] == "escalated":
            found[tier(fields["tier"])] += 1
        elif event["type"] == "reclassified":
            found[AGED] += 1
        elif event["type"] == "notified" and "act" not in event:  # the act `notify` notifies no one by itself
            found[MESSAGES] += len(readers(fields["to"], roles))
    return found


def readers(to: Iterable[str], roles: Mapping[str, str]) -> set[str]:
    """Return the readers of a `notified` event without duplicates. A role without a member has no reader."""
    return {
        name.removeprefix("@") if name[0] == "@" else roles.get(name, name) for name in to if _has_reader(name, roles)
    }


def _has_reader(name: str, roles: Mapping[str, str]) -> bool:
    return name == "complainant" or name[0] == "@" or name in roles


def chain_faults(number: str, events: Sequence[Json]) -> list[str]:
    broken = break_in_chain(events)
    return [] if broken is None else [f"{number}: the chain breaks at event {broken + 1}"]


def disagreements(place: str, reported: Tally, recorded: Tally) -> list[str]:
    """Return one line for each number that was reported differently from the record."""
    names = sorted(set(reported) | set(recorded))
    return [
        f"{place}: {name}: reported {reported[name]}, recorded {recorded[name]}"
        for name in names
        if reported[name] != recorded[name]
    ]
