"""The worked example of docs/statistics.md: its complaints are played, and give the figures that the page states."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.counting.series import Increments, add
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Ratio, Times, Value, percent
from infra.checks.trees import ROOT
from tests.kernel.complaints.amended import Life
from tests.kernel.statistics.tricks.test_tricks import (
    A_DAY,
    FIRST,
    LAST,
    LIMIT,
    VERSIONS,
    Horizon,
    day,
    decided,
    filed,
)

PAGE = Path(ROOT, "docs/statistics.md").read_text("utf-8").partition("## A worked example")[2]
ROW = re.compile(r"^\| `([a-z_]+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
STATED = dict(ROW.findall(PAGE))
"""By measure: what the page states."""


def kept_and_disputed() -> Life:
    life = filed()
    life.act("accept", A_DAY)
    decided(life, 10 * A_DAY)
    life.act("dispute", 11 * A_DAY, by=COMPLAINANT)
    return decided(life, 13 * A_DAY)


def extended() -> Life:
    life = filed()
    life.act("accept", A_DAY)
    life.act("extend", LIMIT - 1, clock="decision", until=day(32 * A_DAY), reason="busy")
    return decided(life, 30 * A_DAY)


def late() -> Life:
    return decided(filed(), 30 * A_DAY)


def closed_unanswered() -> Life:
    life = filed()
    life.act("close", 19 * A_DAY, reason="done")
    return life


def refused_and_reopened() -> Life:
    life = filed()
    life.act("refuse", 19 * A_DAY, ground="unclear")
    life.act("reopen", 20 * A_DAY)
    return decided(life, 30 * A_DAY)


def recategorised() -> Life:
    life = filed()
    life.act("classify", 20 * A_DAY, severity="minor", matter="dirt")
    life.wait(40 * A_DAY)
    return life


def withdrawn() -> Life:
    life = filed()
    life.act("withdraw", 5 * A_DAY, by=COMPLAINANT)
    return life


def answered_and_reopened() -> Life:
    life = filed()
    decided(life, 5 * A_DAY)
    life.act("close", 6 * A_DAY, reason="done")
    life.act("reopen", 7 * A_DAY)
    return decided(life, 9 * A_DAY)


PLAYED = (
    *(kept_and_disputed, extended, late, closed_unanswered),
    *(refused_and_reopened, recategorised, withdrawn, answered_and_reopened),
)
"""The complaints 1 to 8 of the page."""


@cache
def figures() -> dict[str, Value]:
    total: Increments = {}
    for played in PLAYED:
        add(total, contribution(played().events, VERSIONS.__getitem__))
    question, horizon = Question(measures=tuple(STATED), first=FIRST, last=LAST), Horizon()
    needed = needs_of(question, horizon).within(total)  # type: ignore[arg-type]
    return values.tabulate(question, needed, horizon)[()]  # type: ignore[arg-type]


def in_words(value: Value) -> str:
    if isinstance(value, Ratio):
        share = percent(value.numerator, value.denominator, 1).removesuffix("%")
        return f"{value.numerator} ÷ {value.denominator} = {share} %"
    return str(value)


@pytest.mark.parametrize("name", [name for name in STATED if MEASURES[name].form != "times"])
def test_the_example_has_the_figure_that_the_page_states(name: str) -> None:
    assert STATED[name] == in_words(figures()[name])


@pytest.mark.parametrize("name", [name for name in STATED if MEASURES[name].form == "times"])
def test_the_example_takes_the_time_that_the_page_states(name: str) -> None:
    [median, days] = map(int, re.findall(r"[0-9]+", STATED[name].replace("median of ", "")))
    found = figures()[name]
    assert isinstance(found, Times)
    assert (found.count, found.median) == (median, pytest.approx(days * 24 * 60, rel=0.0477))


NOT_PLAYED = {
    *("at_risk_1", "at_risk_3", "at_risk_5", "transferred", "demands_lapsed", "demands_answered", "linked"),
    *("repeat_complainants", "published", "tasks_done", "answers", "sum_of_money", "sum_of_hours", "points"),
    *("thresholds", "missed_and_open", "paused", "lateness_of_escalations", "reclassified", "downgrades_near_due"),
    *("downgraded_after_warning", "pauses_near_due", "passed_on_near_due", "time_paused"),
    *("first_outcome", "last_outcome", "satisfaction", "redress", "received_per_1000"),
}
"""What happens in none of the eight complaints, and what is a state of the present."""


def test_the_example_has_every_other_measure() -> None:
    assert STATED.keys() == MEASURES.keys() - NOT_PLAYED
