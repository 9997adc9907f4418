"""Days and working times across a change of the clocks, under the procedures of other countries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from chalicelib.kit.instants import DAY, HOUR, from_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.worktime import Calendar
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.days import day_of, due_day_of, week_of
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Filing
from tests.kernel.statistics.slow_count.every import SHARES, STATES
from tests.kernel.statistics.test_lives import expected, found, slow_of

EXAMPLES = sorted((Path(__file__).parents[3] / "docs/examples").glob("*.yaml"))
BEFORE = ("2027-03-27T21:30:00Z", "2027-10-30T21:30:00Z", "2027-03-13T21:30:00Z", "2027-11-06T21:30:00Z")
"""The evenings before the clocks change in Europe and in America."""
LONDON = Calendar.parse({"timezone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}})


@cache
def compiled(path: Path) -> Policy:
    return compile_policy(publishing.prepare(path.read_text("utf-8")).document, "1")


@pytest.mark.parametrize("filed", BEFORE)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_figures_across_a_clock_change_equal_the_slow_count(path: Path, filed: str) -> None:
    policy, begin = compiled(path), from_text(filed)
    sample = policy.document.sample
    assert sample is not None
    life = play.filed(policy, Filing(sample.channel, sample.facts, None, sample.category, unit=sample.unit), begin)
    for number in range(1, 60):
        life.wait(begin + number * 13 * HOUR)
    figures = found(contribution(life.events, lambda _version: policy), *SHARES, *STATES)
    assert (figures, len(life.events) > 3) == (expected(slow_of(life)), True)


def test_an_hour_that_occurs_twice_belongs_to_one_day() -> None:
    first = from_text("2027-10-31T00:30:00Z")
    assert [day_of(LONDON, first + number * HOUR) for number in (0, 1, 23, 24)] == ["2027-10-31"] * 3 + ["2027-11-01"]


def test_a_day_of_23_hours_ends_an_hour_earlier() -> None:
    midnight = from_text("2027-03-29T00:00:00+01:00")
    assert (due_day_of(LONDON, midnight), day_of(LONDON, midnight), midnight - from_text("2027-03-28T00:00:00Z")) == (
        "2027-03-28",
        "2027-03-29",
        DAY - HOUR,
    )


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    assert [week_of(day) for day in ("2026-12-31", "2027-01-03", "2027-01-04")] == ["2026-W53", "2026-W53", "2027-W01"]
