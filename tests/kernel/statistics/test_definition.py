"""A change of what is counted raises the definition's number, so that stored figures are rebuilt."""

from __future__ import annotations

import hashlib
import json

import pytest

from chalicelib.kit.instants import DAY, HOUR
from chalicelib.policy.worktime.calendars import holidays
from chalicelib.statistics.counting.contribution import contribution, definition
from chalicelib.statistics.counting.series import NUMBER
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

COUNTED = {
    1: "eeba54019e61fa52",
    2: "3de6b7cffdbe0dcf",
    3: "a08cd5d2f30b0229",
    4: "a08cd5d2f30b0229",
    5: "a08cd5d2f30b0229",
    6: "a08cd5d2f30b0229",
    7: "a08cd5d2f30b0229",
    8: "2da3af51f985d903",
    9: "7d11dd0d84006af7",
    10: "6e3c9092f93f54c2",
}
"""For each number, the digest of what `life` contributes. Never change a line: raise the number and add one.

4: earlier figures counted a record of a unit again with each change. 5: acts that state an earlier date count as
entered later. 6: numbers with `sum` are added up. 7: of several ratings the last one counts. 8: deadlines count
as first promised and by whose duty they are, closings by whether an answer came before. 9: what came of a filing, a
refusal, an answer, a demand or a deadline counts with it; times to the first substantive answer and to the decision;
numbers and days count only for acts that ask for them; first categories. 10: working days and waiting of the times to
an answer, which only people give; first and last choices; amounts that acts give; pauses with their length; appeals.
Deadlines count on the day on which they were due, not in its week; only differences of states are added up for months.
"""


def life() -> Life:
    policy = play.policy(play.HOSTILE)
    sample = policy.document.sample
    facts = dict(sample.facts) if sample else {"content": "x"}
    channel = sample.channel if sample else sorted(policy.document.intake.channels)[0]
    made = play.filed(policy, play.Filing(channel, facts), play.START)
    for number in range(1, 12):
        made.wait(play.START + number * (DAY + 5 * HOUR))
    return made


def digest() -> str:
    made = life()
    counted = contribution(made.events, lambda _version: made.policy, "yes")
    rows = sorted([*address, *key, str(number)] for address, keys in counted.items() for key, number in keys.items())
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def test_what_is_counted_belongs_to_the_number() -> None:
    assert COUNTED[NUMBER] == digest()


def test_a_new_table_of_holidays_is_another_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    before = definition()
    newer = {**holidays.editions(), "CN": ("CN-2099.1",)}
    monkeypatch.setattr("chalicelib.statistics.counting.contribution.editions", lambda: newer)
    definition.cache_clear()
    after = definition()
    definition.cache_clear()
    assert (before == after, len(before)) == (False, 16)
