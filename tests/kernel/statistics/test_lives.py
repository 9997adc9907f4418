"""The contribution of random lives under every policy, also a hostile one, equals a slow count of their events."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.instants import Instant
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.counting.series import Increments, add, subtract
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Ratio, Value
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life
from tests.kernel.statistics.slow_count.every import SHARES, STATES, asked_about
from tests.kernel.statistics.slow_count.slow import Slow
from tests.kernel.statistics.slow_count.test_against_a_slow_count import counted, keys_of

FIRST, LAST = date(2026, 11, 1), date(2029, 10, 31)
many = searching(60)


class Horizon:
    """The end of the period is the present."""

    today = LAST

    def end(self, _version: str, _days: int) -> str:
        return LAST.isoformat()


def slow_of(life: Life) -> Slow:
    return Slow(json.loads(msgspec.json.encode(life.events)), lambda _version: life.policy, today=LAST)


def found(increments: Increments, *measures: str) -> dict[str, Value]:
    question = Question(measures=measures, first=FIRST, last=LAST)
    horizon = Horizon()
    needed = needs_of(question, horizon).within(increments)  # type: ignore[arg-type]
    return values.tabulate(question, needed, horizon).get((), {})  # type: ignore[arg-type]


def expected(slow: Slow) -> dict[str, Value]:
    total: dict[str, Value] = {}
    for name, (count, whole) in SHARES.items():
        mine = counted(count(slow), (), FIRST, LAST)[()]
        others = 0 if whole is None else counted(whole(slow), (), FIRST, LAST)[()]
        if mine or others:
            total[name] = mine if whole is None else Ratio(mine, others)
    for name, at in STATES.items():
        if number := Counter(keys_of(hit, ()) for hit in asked_about(at(slow, LAST), ()))[()]:
            total[name] = number
    return total


@many
@given(play.lives())
def test_the_figures_of_a_life_are_those_of_its_events(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    slow = slow_of(life)
    assert found(contribution(life.events, lambda _version: life.policy), *SHARES, *STATES) == expected(slow)


@many
@given(play.lives(("hostile",)))
def test_the_figures_of_a_life_under_a_hostile_policy_are_those_of_its_events(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    assert found(contribution(life.events, lambda _version: life.policy), *SHARES, *STATES) == expected(slow_of(life))


@many
@given(play.lives(), st.lists(st.integers(0, 60), max_size=6))
def test_counting_in_any_steps_gives_the_same(lived: tuple[Life, Instant], stops: list[int]) -> None:
    life, _ = lived
    total: Increments = {}
    before = contribution([], lambda _version: life.policy)
    for stop in [*(min(stop, len(life.events)) for stop in stops), len(life.events)]:
        after = contribution(life.events[:stop], lambda _version: life.policy)
        add(total, subtract(after, before))
        before = after
    assert subtract(before, total) == {}
