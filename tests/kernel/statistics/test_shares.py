"""A share counts a part of one group: it never exceeds 100 %, whatever the period, the rows and the filters."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.instants import Instant
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.dimensions import DIMENSIONS
from chalicelib.statistics.measures.measure import Measure
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question, allows
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Ratio
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life
from tests.kernel.statistics.played import PLAYED, TODAY, played
from tests.kernel.statistics.slow_count.test_against_a_slow_count import asked
from tests.kernel.statistics.test_lives import FIRST, LAST, Horizon

LATER = ("accepted", "refused", "refusals_overturned", "reopened", "disputed", "demands_lapsed", "demands_answered")
LATER += ("extended", "recategorised")
"""What they count happens after that of which they are a share, often in another period."""
SHARES = {name: one for name, one in MEASURES.items() if one.of is not None}


@pytest.mark.parametrize("measure", SHARES.values(), ids=SHARES)
def test_the_numerator_is_a_part_of_the_denominator(measure: Measure) -> None:
    assert measure.of is not None
    assert measure.counts.series == measure.of.series
    for column, wanted in measure.of.where.items():
        assert set(measure.counts.where[column]) <= set(wanted)


@pytest.mark.parametrize("name", LATER)
def test_a_share_of_what_came_later_says_whose_period_counts(name: str) -> None:
    texts = SHARES[name].texts.definition
    assert "of the period" in texts.en or "in the period" in texts.en
    assert texts.zh.count("时段") == 2


def above(rows: dict[tuple[str, ...], dict[str, values.Value]]) -> list[tuple[str, Ratio]]:
    found = [(name, one) for row in rows.values() for name, one in row.items() if isinstance(one, Ratio)]
    return [(name, one) for name, one in found if not 0 <= one.numerator <= one.denominator]


@searching(60)
@given(play.lives(("hostile", "platform", "corporate-standard")), st.integers(0, 40), st.integers(0, 20), st.data())
def test_no_share_of_a_life_exceeds_the_whole(
    lived: tuple[Life, Instant], begin: int, days: int, data: st.DataObject
) -> None:
    life, now = lived
    life.wait(now)
    increments = contribution(life.events, lambda _version: life.policy, "yes")
    first = FIRST + timedelta(days=begin)
    by = data.draw(st.sampled_from(["", *DIMENSIONS]))
    names = tuple(name for name, one in SHARES.items() if not by or DIMENSIONS[by].is_period or allows(one, by))
    question = Question(
        measures=names, by=(by,) if by else (), first=first, last=min(first + timedelta(days=days), LAST)
    )
    if names:
        needed = needs_of(question, Horizon()).within(increments)  # type: ignore[arg-type]
        assert above(values.tabulate(question, needed, Horizon())) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("preset", PLAYED)
@pytest.mark.parametrize("seed", range(6))
def test_no_share_of_an_organisation_exceeds_the_whole(preset: str, seed: int) -> None:
    draw, office = random.Random(seed), played(preset)
    first = date(2026, 11, 1) + timedelta(days=draw.randrange(60))
    last = min(first + timedelta(days=draw.randrange(12)), TODAY)
    for by in (*DIMENSIONS, "category.matter"):
        names = [name for name, one in SHARES.items() if allows(one, by) or by in ("day", "week", "month")]
        if names:
            found = {row.keys: dict(row.values) for row in asked(office, *names, by=(by,), first=first, last=last)}
            assert above(found) == [], by


@pytest.mark.parametrize("preset", PLAYED)
def test_refusals_by_ground_are_shares_of_all_filings(preset: str) -> None:
    office = played(preset)
    [whole] = asked(office, "refused")
    total = whole.values["refused"]
    assert isinstance(total, Ratio)
    by_ground = [row.values["refused"] for row in asked(office, "refused", by=("ground",))]
    assert {one.denominator for one in by_ground if isinstance(one, Ratio)} <= {total.denominator}
    assert sum(one.numerator for one in by_ground if isinstance(one, Ratio)) == total.numerator
