"""The analysis at the desk: ranked rows that lead to their complaints, the trend in words, and groups."""

from __future__ import annotations

import csv
import io

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk

PATH = "/oversight/analysis"
PERIOD = "from=2026-11-01&to=2026-11-30"


@pytest.fixture(scope="module")
def company() -> Organisation:
    """Nine complaints of November about products and one about service."""
    found = company_in(InProcess("2026-11-23T09:00:00+08:00"))
    for _ in range(9):
        found.file(category={"matter": "product_quality"})
    found.file(category={"matter": "service_quality"})
    return found


def opened(company: Organisation, query: str = PERIOD, language: str = "en") -> Browser:
    browser = at_the_desk(company, "owner", language=language)
    browser.open(f"{desk(company)}{PATH}?{query}")
    assert browser.answer.status == 200
    return browser


def test_the_most_frequent_comes_first_and_leads_to_its_complaints(company: Organisation) -> None:
    browser = opened(company)
    [first, second] = [(href, text) for href, text in browser.page.links if "/cases?" in href]
    assert (first[1], second[1]) == ("9", "1")
    assert browser.ask(first[0]).text.count("/desk/complaints/") == 9


@pytest.mark.parametrize(("language", "said"), [("en", "Clearly more of"), ("zh", "明显上升：")])
def test_what_chance_does_not_explain_is_said_in_the_first_sentence(
    company: Organisation, language: str, said: str
) -> None:
    assert said in opened(company, language=language).page.text


def test_the_file_has_the_same_rows(company: Organisation) -> None:
    text = opened(company).ask(f"{desk(company)}{PATH}/table.csv?{PERIOD}").text.removeprefix("\ufeff")
    assert len({row["category.matter"] for row in csv.DictReader(io.StringIO(text))}) == 2


def test_groups_of_similar_texts_are_listed_with_their_complaints(company: Organisation) -> None:
    company.world.settle()
    browser = opened(company)
    browser.open(next(href for href, text in browser.page.links if text == "Groups of similar complaints"))
    assert browser.answer.status == 200
    assert browser.answer.text.count("/desk/complaints/") >= 10


def test_an_unknown_dimension_is_refused_and_names_the_known_ones(company: Organisation) -> None:
    answer = opened(company).ask(f"{desk(company)}{PATH}?by=nothing")
    assert answer.status == 422


def test_a_period_without_complaints_says_so(company: Organisation) -> None:
    assert "Nothing was counted" in opened(company, "from=2026-09-01&to=2026-09-30").page.text
