"""The desk's page of complaints with a similar text."""

from __future__ import annotations

import pytest

from tests.clauses.offices import helpdesk
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.desk.desk import case_path, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk
from tests.similar.test_similar import AGAIN, LEAK, NOISE, file, similar


@pytest.fixture
def office() -> Organisation:
    return helpdesk.helpdesk_in(InProcess(START))


def at_similar(office: Organisation, number: str, who: str = "agent", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{case_path(office, number)}/similar")
    return browser


def test_the_page_of_a_complaint_leads_to_it(office: Organisation) -> None:
    number = file(office, LEAK)
    browser = opened(office, number, "agent")
    browser.follow("Similar complaints")
    assert browser.path == f"{case_path(office, number)}/similar"


def test_it_lists_the_similar_ones_with_links_and_how_alike_they_are(office: Organisation) -> None:
    first, other, number = file(office, LEAK), file(office, NOISE), file(office, AGAIN)
    browser = at_similar(office, number)
    [row] = similar(office, number)["complaints"]
    assert (case_path(office, first), first) in browser.page.links
    assert other not in browser.answer.text
    assert f"{row['likeness']:.0%} alike" in browser.page.text


def test_without_similar_ones_it_says_so(office: Organisation) -> None:
    assert "There is no similar complaint that your roles may see." in at_similar(office, file(office, LEAK)).page.text


def test_a_short_text_is_not_compared(office: Organisation) -> None:
    assert "too short to compare" in at_similar(office, file(office, "漏水。")).page.text


def test_an_unknown_number_is_a_page_that_says_so(office: Organisation) -> None:
    assert at_similar(office, "202611-999999").answer.status == 404


def test_it_speaks_chinese(office: Organisation) -> None:
    assert "内容相似的投诉" in at_similar(office, file(office, LEAK), language="zh").page.text
