"""Every figure equals a slow count of the records, in total and by every pair of dimensions drawn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import from_instant
from chalicelib.policy import presets
from chalicelib.statistics.dimensions import DIMENSIONS
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question, allows
from chalicelib.statistics.reading import AnsweredRow, answer
from chalicelib.statistics.tabulating.value import Ratio, Times, Value
from tests.backtests.live import Office
from tests.kernel.statistics.played import BY_DAY, NOW, PLAYED, TODAY, played, played_records
from tests.kernel.statistics.slow_count import slow_deadlines
from tests.kernel.statistics.slow_count.every import SHARES, STATES, TIMES, asked_about
from tests.kernel.statistics.slow_count.slow import Hit, Slow

FIRST, LAST = date(2026, 11, 1), date(2027, 2, 28)
NOT_PLAYED = {"refusals_overturned", "withdrawn", "linked", "published", "closed_unheard_and_reopened"}
NOT_PLAYED |= {"extended", "extended_on_last_day", "extensions_near_due"}
OF_OTHER_PRESETS = {"passed_on_near_due", "paused", "pauses_near_due", "reopened", "tasks_done", "transferred"}
OF_OTHER_PRESETS |= {
    "recategorised",
    "upheld_again",
    "overturned",
    "appealed",
    "satisfaction",
    "time_paused",
    "closed_without_decision",
    "ended_without_answer",
    "met_after_extension",
}
"""Figures to which only presets that are played at night are sure to add."""
OF_UNITS = {"points", "thresholds"}
SUMS = {"sum_of_money", "sum_of_hours", "redress", "received_per_1000"}
"""Figures of `test_sums`: no preset adds up numbers."""
AT_RISK = {"at_risk_1": 1, "at_risk_3": 3, "at_risk_5": 5}
PERIODS: dict[str, Callable[[date], str]] = {
    "day": date.isoformat,
    "week": lambda day: f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}",
    "month": lambda day: day.isoformat()[:7],
}
BY = ("day", "week", "month", "channel", "category", "category.matter", "severity", "stage", "tier", "role", "clock")
BY += ("clause", "duty", "event", "ground", "task", "answer", "cause", "policy", "unit", "first_category")
BY_STATE = {"open": "age", "deadlines_open": "run_state"}


def asked(
    office: Office, *measures: str, by: tuple[str, ...] = (), first: date = FIRST, last: date = LAST
) -> list[AnsweredRow]:
    with binding.tenant(office.tenant):
        question = Question(measures=measures, by=by, first=first, last=last)
        return answer(office.wiring, office.tenant, question, NOW).rows


def keys_of(hit: Hit, by: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(PERIODS[name](hit.day) if name in PERIODS else hit.case.get(name, "") for name in by)


def counted(
    found: Iterable[Hit], by: tuple[str, ...], first: date = FIRST, last: date = LAST
) -> Counter[tuple[str, ...]]:
    return Counter(keys_of(hit, by) for hit in asked_about(found, by) if first <= hit.day <= last)


@cache
def hits(preset: str, count: Callable[[Slow], Iterator[Hit]]) -> list[Hit]:
    return [hit for one in played_records(preset) for hit in count(one)]


def values(rows: list[AnsweredRow], measure: str) -> dict[tuple[str, ...], Value]:
    return {row.keys: row.values[measure] for row in rows if measure in row.values}


def slowly(preset: str, measure: str, by: tuple[str, ...]) -> dict[tuple[str, ...], Value]:
    of, whole = SHARES[measure]
    mine = counted(hits(preset, of), by)
    if whole is None:
        return dict(mine)
    kept = [at for at, name in enumerate(by) if name not in MEASURES[measure].undivided]
    others = counted(hits(preset, whole), tuple(by[at] for at in kept))
    keys = mine | others if len(kept) == len(by) else mine
    return {key: Ratio(mine[key], others[tuple(key[at] for at in kept)]) for key in keys}


def test_the_slow_count_knows_every_measure() -> None:
    known = {*SHARES, *TIMES, *STATES, "deadlines_paused", *AT_RISK, *OF_UNITS, *SUMS}
    assert known == set(MEASURES)


@pytest.mark.slow
@pytest.mark.parametrize("preset", PLAYED)
def test_figures_equal_the_slow_count(preset: str) -> None:
    office = played(preset)
    rows = asked(office, *SHARES)
    wrong = {name: (values(rows, name), slowly(preset, name, ())) for name in SHARES}
    assert {name: pair for name, pair in wrong.items() if pair[0] != pair[1]} == {}


def test_every_dimension_is_compared() -> None:
    of_sums = {"field"}
    assert {*BY, *BY_STATE.values(), *of_sums} == {*DIMENSIONS, "category.matter"}


@pytest.mark.slow
@pytest.mark.parametrize("preset", PLAYED)
def test_figures_by_dimension_equal_the_slow_count(preset: str) -> None:
    wrong = {}
    for dimension in BY:
        names = [name for name in SHARES if dimension in PERIODS or allows(MEASURES[name], dimension)]
        by = (dimension, "week") if dimension not in PERIODS else (dimension,)
        rows = asked(played(preset), *names, by=by)
        pairs = {name: (values(rows, name), slowly(preset, name, by)) for name in names}
        wrong |= {(dimension, name): pair for name, pair in pairs.items() if pair[0] != pair[1]}
    assert wrong == {}


@pytest.mark.parametrize("preset", PLAYED)
def test_times_are_the_slow_ones_within_the_stated_error(preset: str) -> None:
    rows = asked(played(preset), *TIMES)
    for measure, count in TIMES.items():
        minutes = sorted(hit.minutes for hit in asked_about(hits(preset, count), ()) if FIRST <= hit.day <= LAST)
        found = values(rows, measure).get(())
        exact = [minutes[max(-(-len(minutes) * tenths // 10) - 1, 0)] for tenths in (5, 9)] if minutes else []
        if found is None:
            assert (measure, minutes) == (measure, [])
        else:
            assert isinstance(found, Times)
            near = [pytest.approx(one, rel=0.0477, abs=1) for one in exact]
            assert (measure, found.count, [found.median, found.p90]) == (measure, len(minutes), near)


@pytest.mark.parametrize("preset", PLAYED)
@pytest.mark.parametrize("measure", ["time_to_first_substantive_answer", "time_to_decision"])
def test_times_within_marks_are_the_slow_ones(preset: str, measure: str) -> None:
    found = values(asked(played(preset), measure), measure).get((), Times(0, None, None))
    took = Counter(hit.days for hit in hits(preset, TIMES[measure]) if FIRST <= hit.day <= LAST)
    assert isinstance(found, Times)
    assert found.took == dict(took)
    for mark in (1, 2, 5, 30):
        assert found.within(mark) == Ratio(sum(number for days, number in took.items() if days <= mark), found.count)


@pytest.mark.parametrize("preset", PLAYED)
@pytest.mark.parametrize("measure", STATES)
def test_states_at_the_end_of_each_day_equal_the_slow_ones(preset: str, measure: str) -> None:
    office = played(preset)
    first, last = date(2026, 11, 20), date(2027, 1, 31)
    dimension = BY_STATE[measure]
    found = values(asked(office, measure, by=("day", dimension), first=first, last=last), measure)
    expected: Counter[tuple[str, ...]] = Counter()
    for number in range((TODAY - first).days + 1):
        day = first + timedelta(days=number)
        for one in played_records(preset):
            expected.update(keys_of(hit, ("day", dimension)) for hit in asked_about(STATES[measure](one, day), ()))
    assert found == dict(expected)


@pytest.mark.parametrize("preset", PLAYED)
def test_the_share_of_paused_deadlines_equals_the_slow_one(preset: str) -> None:
    office = played(preset)
    day = date(2026, 12, 20)
    found = values(asked(office, "deadlines_paused", by=("stage",), last=day), "deadlines_paused")
    paused, every = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for one in played_records(preset):
        paused.update(keys_of(hit, ("stage",)) for hit in asked_about(slow_deadlines.runs_at(one, day, "paused"), ()))
        every.update(keys_of(hit, ("stage",)) for hit in asked_about(slow_deadlines.runs_at(one, day), ()))
    assert found == {key: Ratio(paused[key], every[key]) for key in every}


@pytest.mark.parametrize("preset", PLAYED)
def test_deadlines_at_risk_equal_the_slow_count(preset: str) -> None:
    office = played(preset)
    found = {row.keys: row.values for row in asked(office, *AT_RISK, by=("clock",))}
    for name, days in AT_RISK.items():
        count = partial(slow_deadlines.at_risk, days=days, now=from_instant(NOW))
        expected = Counter(keys_of(hit, ("clock",)) for hit in hits(preset, count))
        assert {key: of[name] for key, of in found.items() if name in of} == dict(expected)


@pytest.mark.parametrize(
    ("names", "lacking"),
    [(BY_DAY, NOT_PLAYED | OF_OTHER_PRESETS), pytest.param(presets.names(), NOT_PLAYED, marks=pytest.mark.nightly)],
    ids=["by day", "at night"],
)
def test_the_played_records_have_something_of_every_figure(names: list[str], lacking: set[str]) -> None:
    empty = {
        name: [preset for preset in names if counted(hits(preset, of), ())]
        for name, (of, _) in {**SHARES, **{name: (count, None) for name, count in TIMES.items()}}.items()
    }
    assert {name for name, found in empty.items() if not found} - lacking == set()


@pytest.mark.parametrize("seed", range(8))
def test_a_period_counts_the_same_by_months_as_by_days(seed: int) -> None:
    draw, office = random.Random(seed), played(BY_DAY[0])
    first = FIRST + timedelta(days=draw.randrange(40))
    last = first + timedelta(days=draw.randrange(100))
    names = [name for name in SHARES if MEASURES[name].form in ("count", "share")]
    days = asked(office, *names, by=("day",), first=first, last=last)
    months = asked(office, *names, by=("month",), first=first, last=last)
    whole = asked(office, *names, first=first, last=last)
    for name in names:
        by_month = added(values(months, name))
        assert by_month == added(values(days, name)), name
        assert added(values(whole, name)) == by_month, name
    end = min(last, TODAY)  # at the end of the period, which is read by months, and by days
    as_a_whole, by_day = asked(office, "open", first=first, last=last), asked(office, "open", by=("day",), last=end)
    assert values(as_a_whole, "open").get(()) == values(by_day, "open").get((end.isoformat(),))


def added(found: dict[tuple[str, ...], Value]) -> tuple[int, int]:
    """Numerators and denominators, or counts."""
    pairs = [(one.numerator, one.denominator) if isinstance(one, Ratio) else (one, 0) for one in found.values()]
    return sum(one for one, _ in pairs), sum(other for _, other in pairs)  # type: ignore[misc]
