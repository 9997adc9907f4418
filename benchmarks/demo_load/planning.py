"""The plan: all filings and acts with their times. Pure; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.demo_load.stories import Office, Story
from chalicelib.kit.instants import DAY, HOUR, Instant, to_text
from chalicelib.policy.worktime import Calendar, due_time, parse_limit

DAYS = 14
"""Days in which complaints are filed."""
DURATION = 48 * DAY
"""From start to end. By then the last complaint without action has become major (P6.2)."""
GRID = HOUR
"""People act on whole hours, so that the clock is moved hundreds of times, not thousands. They file at half past, so
that no act is in the same second as a deadline, where the result would depend on the machine's speed."""
FILING_HOURS = (8, 12, 16, 20)
"""Few, so that several deadlines are due at once and one sweep finds several."""

_CALENDAR = Calendar.parse(
    {
        "timezone": "Asia/Shanghai",
        "hours": {"mon-fri": [["09:00", "12:00"], ["13:30", "18:00"]]},
        "holidays": "CN",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    at: Instant
    who: str
    act: str
    fields: dict[str, Any]
    expect: int
    """The expected HTTP status."""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """`tenant`: the office's index. `body`: the filing's request. `ends`: the expected stage at the end."""

    tenant: int
    story: str
    filed_at: Instant
    body: dict[str, Any]
    steps: list[Step]
    ends: str


def plan(texts: Sequence[str], offices: Sequence[Office], start: Instant, seed: int = 2026) -> list[PlannedCase]:
    """Return one case per text, for the offices in turn. `start`: midnight of the first day."""
    chance = random.Random(seed)
    return [
        _case(text, position % len(offices), offices[position % len(offices)], start, chance)
        for position, text in enumerate(texts)
    ]


def _case(text: str, tenant: int, office: Office, start: Instant, chance: random.Random) -> PlannedCase:
    filed_at = start + chance.randrange(DAYS) * DAY + chance.choice(FILING_HOURS) * HOUR + GRID // 2
    story = chance.choices(office.stories, [story.weight for story in office.stories])[0]
    body = _body(text, office, story, filed_at, chance)
    return PlannedCase(tenant, story.name, filed_at, body, _steps(story, filed_at, chance), story.ends)


def _steps(story: Story, filed_at: Instant, chance: random.Random) -> list[Step]:
    steps, at = list[Step](), filed_at
    for move in story.moves:
        at = _on_grid(after_working_minutes(at, chance.randint(*move.gap)))
        steps.append(Step(at, move.who, move.act, _dated(move.fields, at), move.expect))
    return steps


def after_working_minutes(at: Instant, minutes: int) -> Instant:
    moment = due_time(_CALENDAR, parse_limit(f"{minutes} working minutes"), at).due
    assert moment is not None, "a count of working minutes always ends"
    return moment


def _on_grid(at: Instant) -> Instant:
    return -(-at // GRID) * GRID


def _body(text: str, office: Office, story: Story, at: Instant, chance: random.Random) -> dict[str, Any]:
    category = {name: chance.choice(values) for name, values in office.categories.items()}
    body: dict[str, Any] = {"channel": chance.choice(office.channels), "category": category}
    if office.severities:
        drawn = chance.choices(list(office.severities), list(office.severities.values()))[0]
        body["severity"] = story.severity or drawn
    facts = office.facts(text, at, story.out_of_time, chance)
    return {**body, "facts": {**facts, **office.facts_of_class.get(body.get("severity", ""), {})}}


def _dated(fields: Mapping[str, Any], at: Instant) -> dict[str, Any]:
    """The fields, with the time of the act for `@now`."""
    return {name: to_text(at) if value == "@now" else value for name, value in fields.items()}
