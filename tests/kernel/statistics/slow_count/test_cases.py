"""The cases of a figure are the complaints that a slow count finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from chalicelib.access import binding
from chalicelib.casework.numbers import NumberPosition
from chalicelib.policy import presets
from chalicelib.statistics import cases as module
from chalicelib.statistics.question import Question
from tests.kernel.statistics.played import BY_DAY, NOW, PLAYED, played, played_records
from tests.kernel.statistics.slow_count import slow_deadlines
from tests.kernel.statistics.slow_count.every import SHARES, TIMES, asked_about
from tests.kernel.statistics.slow_count.slow import Hit

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 20)


def cases(preset: str, measure: str, filters: dict[str, frozenset[str]] | None = None) -> list[str]:
    office, found = played(preset), list[str]()
    question = Question(measures=(measure,), first=FIRST, last=LAST, filters=filters or {})
    place: NumberPosition | None = None
    with binding.tenant(office.tenant):
        while True:
            page = module.cases(office.wiring, office.tenant, question, NOW, place)
            found += page.numbers
            if page.after is None:
                return found
            place = page.after


def within(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in asked_about(hits, ()) if FIRST <= hit.day <= LAST]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 7)


COUNTS = {name: of for name, (of, _) in SHARES.items()} | TIMES
PARTS = [
    *((preset, list(COUNTS)[place :: len(BY_DAY)]) for place, preset in enumerate(BY_DAY)),
    *(pytest.param((preset, list(COUNTS)), marks=pytest.mark.nightly) for preset in presets.names()),
]
"""By day each figure of one preset: half of them of each that is played. At night each figure of each preset."""


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part[0]}, {len(part[1])} figures")
def test_the_cases_of_each_figure_are_those_of_the_slow_count(part: tuple[str, list[str]]) -> None:
    preset, names = part
    wrong = {}
    for name in names:
        count = COUNTS[name]
        expected = sorted(one.record[0]["id"].partition("/")[0] for one in played_records(preset) if within(count(one)))
        if sorted(cases(preset, name)) != expected:
            wrong[name] = (sorted(cases(preset, name)), expected)
    assert wrong == {}


@pytest.mark.parametrize("preset", PLAYED)
def test_filters_choose_the_cases_of_one_row(preset: str) -> None:
    for stage in {event["result"]["stage"] for one in played_records(preset) for event in one.record}:
        found = cases(preset, "open", {"stage": frozenset({stage})})
        expected = [
            one.record[0]["id"].partition("/")[0]
            for one in played_records(preset)
            if any(hit.case["stage"] == stage for hit in slow_deadlines.open_at(one, LAST))
        ]
        assert sorted(found) == sorted(expected)


def test_no_case_is_on_two_pages() -> None:
    found = cases(BY_DAY[-1], "acts")
    assert (len(found) > 10, len(set(found))) == (True, len(found))
