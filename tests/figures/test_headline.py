"""The headline of public figures: deadlines as first promised, by duty, without counts from 1 to 9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.figures import headline
from chalicelib.features.figures.correct import corrected
from chalicelib.features.figures.tables import MeasureCounts, ShownCounts, shown
from chalicelib.statistics.measures.deadlines import HEADLINE
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.figures import attacker
from tests.figures.office import DAY, asked, council, published_council, sweep
from tests.figures.test_corrections import correct
from tests.figures.wrong import tripled
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching
from tests.kernel.web.pages.browser import Browser

FEWEST = 4
"""Values that remain possible for each count from 1 to 9."""
CANCELLED = "cancelled"
SIZE = st.integers(0, 30) | st.integers(0, 3)


@pytest.fixture(scope="module")
def published() -> Organisation:
    return published_council()


def headline_of(at: Organisation) -> dict[str, Any]:
    return dict(asked(at, "/2026-09").json["headline"])


def test_the_offices_deadlines_are_the_first_row(published: Organisation) -> None:
    rows = headline_of(published)["rows"]
    assert [row["key"] for row in rows] == ["office", "complainant", "respondent", "service"]
    assert rows[0]["values"] == {
        **{"met_as_first_promised": 33, "met_after_extension": 0, "in_time": 33},
        **{"met_late": 0, "not_done_as_promised": 20, "ended_without_answer": 0, "not_in_time": 20},
    }
    assert rows[0]["share"] == 0.623
    assert set(rows[1]["values"].values()) == {0}


def test_each_of_its_measures_is_defined_in_both_languages(published: Organisation) -> None:
    found = headline_of(published)
    named = {name for row in (*found["rows"], *found["cancelled"]) for name in row["values"]}
    assert {one["name"] for one in found["measures"]} == named
    assert all(one["definition"] and one["definition_zh"] for one in nonempty(found["measures"]))


def test_an_organisation_that_publishes_no_deadlines_has_no_headline() -> None:
    found = council(shows=["received"])
    sweep(found, DAY)
    assert "headline" not in asked(found, "/2026-09").json


def test_the_headline_is_part_of_the_hash(published: Organisation) -> None:
    edition = asked(published, "/2026-09").json
    from chalicelib.features.figures.edition import digest_of

    changed = {**edition, "headline": {**edition["headline"], "cancelled": []}}
    assert digest_of(edition) == edition["sha256"] != digest_of(changed)


def test_a_correction_has_a_headline(published: Organisation) -> None:
    at = published_council()
    tripled(at, "2026-09")
    assert correct(at).json["headline"] == headline_of(published)


@pytest.mark.parametrize(
    ("language", "title", "office"),
    [("en", "Deadlines as first promised", "the office"), ("zh", "期限的首次承诺是否兑现", "本单位")],
)
def test_its_page_shows_it_first(published: Organisation, language: str, title: str, office: str) -> None:
    assert isinstance(published.world, InProcess)
    page = Browser(published.world, language).open(f"/t/{published.id}/figures/2026-09")
    assert page.headings[1] == title
    at = page.texts.index(office)
    assert page.texts[at + 1 : at + 9] == ["33", "0", "33", "0", "20", "0", "20", "62%"]


def test_duties_without_deadlines_have_no_row_on_its_page(published: Organisation) -> None:
    assert isinstance(published.world, InProcess)
    assert "the complainant" not in Browser(published.world, "en").open(f"/t/{published.id}/figures/2026-09").texts


def tables(cells: list[int]) -> dict[str, MeasureCounts]:
    """`cells`: of the measures of the headline in their order, then the cancelled deadlines."""
    parts = {"office.in_time": cells[:2], "office.not_in_time": cells[2:5], "office.cancelled": cells[5:]}
    return {name: MeasureCounts(sum(one), {"part": one}) for name, one in parts.items()}


def measures_of(cells: list[int]) -> dict[str, MeasureCounts]:
    """Of complaints with one deadline each."""
    totals = {"received": sum(cells), "met": sum(cells[:2]), "missed": sum(cells[2:5])}
    return {name: MeasureCounts(total, {}) for name, total in totals.items()}


def visible(cells: list[int], *earlier: Mapping[str, ShownCounts]) -> dict[str, ShownCounts]:
    promised = tables(cells)
    found = corrected(promised, earlier) if earlier else shown(promised)
    return headline.untold(found, promised, measures_of(cells))


@searching(600)
@given(st.lists(SIZE, min_size=6, max_size=6))
def test_the_headline_tells_no_small_count_that_the_other_figures_do_not_tell(cells: list[int]) -> None:
    """The reader knows that each complaint has one deadline, which was met, missed or cancelled.

    Then the complaints received less the deadlines met and missed are those cancelled, also without a headline.
    """
    behind = {
        (name, "part", at): cell for name, one in tables(cells).items() for at, cell in enumerate(one.tables["part"])
    }
    totals = {name: MeasureCounts(one.total, {}) for name, one in measures_of(cells).items()}
    rules = [
        *attacker.equations(tables(cells), tied=False),
        {("met", "", 0): -1, ("office.in_time", "", 0): 1},
        {("missed", "", 0): -1, ("office.not_in_time", "", 0): 1},
        {("received", "", 0): -1, **{(name, "", 0): 1 for name in tables(cells)}},
    ]
    before = attacker.bounds(rules, attacker.known(shown(totals)))
    found = attacker.bounds(rules, attacker.known({**shown(totals), **visible(cells)}))
    for cell, value in nonempty(list(behind.items())):
        low, high = found[cell]
        assert low <= value <= high
        if 0 < value < 10:
            smallest, largest = before[cell]
            assert high - low + 1 >= min(FEWEST, largest - smallest + 1)


@searching(300)
@given(st.lists(st.lists(SIZE, min_size=6, max_size=6), min_size=2, max_size=2))
def test_what_two_editions_show_differs_by_nothing_or_by_ten(editions: list[list[int]]) -> None:
    before = visible(editions[0])
    after = visible(editions[1], before)
    for name, old in nonempty(list(before.items())):
        pairs = [(old.total, after[name].total), *zip(old.tables["part"], after[name].tables["part"], strict=True)]
        assert all(None in pair or abs(pair[0] - pair[1]) not in range(1, 10) for pair in pairs)


def test_few_misses_are_left_out_and_with_them_the_share() -> None:
    found = visible([47, 0, 3, 0, 0, 12])
    assert [one.total for one in found.values()] == [None, None, None]
    assert list(found) == ["office.in_time", "office.not_in_time", "office.cancelled"]
    assert len(HEADLINE) == 5
