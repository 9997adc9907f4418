"""The headline of public figures equals a slow count of the records, where it is not left out."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from chalicelib.access import binding
from chalicelib.features.figures import headline
from chalicelib.features.figures.tables import ShownCounts, shown
from chalicelib.policy.worktime.periods import CalendarPeriod, parse
from chalicelib.statistics.measures.deadlines import HEADLINE
from chalicelib.statistics.period_figures import read_period
from chalicelib.statistics.tabulating.horizon import horizon_of
from tests.helpers.nonempty import nonempty
from tests.kernel.statistics.played import BY_DAY, NOW, PLAYED, played, played_records
from tests.kernel.statistics.slow_count.slow_promises import PROMISES


def published(preset: str, period: CalendarPeriod, *, protected: bool = True) -> dict[tuple[str, str], int | None]:
    """By measure, and duty or cause. `protected`: without small counts, as it is published."""
    office = played(preset)
    with binding.tenant(office.tenant):
        found = read_period(
            horizon_of(office.wiring, office.tenant, NOW), period, headline.read_for(["met"]), ["week"], NOW
        )
    assert found is not None
    counted = headline.counts(found)
    if protected:
        view = headline.headline_of(shown(counted))
    else:
        view = headline.headline_of({name: ShownCounts(one.total, one.tables) for name, one in counted.items()})
    rows = {(name, row.key): row.values[name] for row in view.rows for name in HEADLINE}
    return {**rows, **{("cancelled", row.key): row.values["cancelled"] for row in view.cancelled if row.key}}


def slow(preset: str, first: date, last: date) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for name, (count, _) in PROMISES.items():
        for record in played_records(preset):
            for hit in count(record):
                if first <= hit.day <= last and (name != "cancelled" or hit.case["duty"] == "office"):
                    found[name, hit.case["cause" if name == "cancelled" else "duty"]] += 1
    return found


@pytest.mark.parametrize("name", ["2026-11", "2026-12", "2026"])
@pytest.mark.parametrize("preset", PLAYED)
def test_every_count_equals_the_slow_count(preset: str, name: str) -> None:
    period = parse(name)
    found = published(preset, period, protected=False)
    expected = slow(preset, period.first, period.last)
    assert {key: value for key, value in found.items() if value} == dict(expected)
    assert expected.total() > 0


@pytest.mark.parametrize("preset", PLAYED)
def test_what_is_shown_is_the_slow_count_and_no_count_from_1_to_9(preset: str) -> None:
    period = parse("2026")
    expected = slow(preset, period.first, period.last)
    found = {key: value for key, value in published(preset, period).items() if value is not None}
    assert {key: expected[key] for key in found} == found
    assert not [value for value in found.values() if 0 < value < 10]


def test_some_counts_are_shown_and_some_are_left_out() -> None:
    values = [value for preset in BY_DAY for value in published(preset, parse("2026")).values()]
    assert any(value is None for value in values)
    assert max(value or 0 for value in nonempty(values)) >= 10
