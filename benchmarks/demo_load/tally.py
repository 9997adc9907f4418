"""Counting: what the API told on the way and by its views, and the same from the record alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.complaints.envelope import break_in_chain

Json = Mapping[str, Any]
Tally = Counter[str]
"""By the words of the printed table: `filed`, `in stage closed`, `misses`, `escalations to tier 2`, `messages`, …"""

FILED, MISSES, MESSAGES, AGED = "filed", "missed deadlines", "messages", "made major by age"


def stage(name: str) -> str:
    return f"in stage {name}"


def tier(number: int) -> str:
    return f"escalations to tier {number}"


def reported_for_complaint(stage_told: str, deadlines: Iterable[Json], messages: Sequence[Json]) -> Tally:
    """One complaint as its queue row, its deadlines and its complainant's messages tell it.

    A run's `rung` says how often it was missed.
    """
    misses = sum(run["rung"] for run in deadlines)
    return Counter({FILED: 1, stage(stage_told): 1, MISSES: misses, MESSAGES: len(messages)})


def reported_in_inboxes(inboxes: Mapping[str, Sequence[Json]], tiers: Mapping[int, str]) -> Tally:
    """Messages by role; an escalation is told to the role on its tier."""
    told: Tally = Counter({MESSAGES: sum(map(len, inboxes.values()))})
    for number, role in tiers.items():
        told[tier(number)] = sum(message["wording"] == "escalated" for message in inboxes[role])
    # The tier that stands then is told of it: each message is of one event, and many may hear of the same.
    told[AGED] = len({m["about"] for box in inboxes.values() for m in box if m["wording"] == "reclassified"})
    return told


def recorded(events: Sequence[Json], roles: Mapping[str, str]) -> Tally:
    """One complaint by its events alone. `roles`: the sub in each role, to know who hears what is told to a role."""
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
        elif event["type"] == "notified":
            found[MESSAGES] += len(readers(fields["to"], roles))
    return found


def readers(to: Iterable[str], roles: Mapping[str, str]) -> set[str]:
    """Each reader of a `notified` event once. A role that nobody has is heard by nobody."""
    return {name.removeprefix("@") if name[0] == "@" else roles.get(name, name) for name in to if _heard(name, roles)}


def _heard(name: str, roles: Mapping[str, str]) -> bool:
    return name == "complainant" or name[0] == "@" or name in roles


def chain_faults(number: str, events: Sequence[Json]) -> list[str]:
    broken = break_in_chain(events)
    return [] if broken is None else [f"{number}: the chain breaks at event {broken + 1}"]


def disagreements(place: str, told: Tally, record: Tally) -> list[str]:
    """One line for each number that was told otherwise than it is recorded."""
    names = sorted(set(told) | set(record))
    return [
        f"{place}: {name}: told {told[name]}, recorded {record[name]}" for name in names if told[name] != record[name]
    ]
