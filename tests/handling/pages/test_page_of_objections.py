"""On the page of a case: what a link means for the complainant, and the objection to it."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.desk.desk import form_of
from tests.handling.linked import ANNA, file, link, linked_to_ended, linking_office
from tests.handling.pages.shops import page_of

OBJECT = "Object: it is not the same matter"


@pytest.fixture
def office() -> Organisation:
    return linking_office()


def test_a_linked_complaint_says_what_the_link_means_and_offers_the_objection(office: Organisation) -> None:
    first, second = file(office, ANNA), file(office, ANNA)
    link(office, second, first)
    browser = page_of(office, second)
    assert "yours gets no decision of its own" in browser.page.text
    assert OBJECT in [text for _, text in browser.page.links]


def test_a_complaint_without_a_link_offers_none(office: Organisation) -> None:
    assert OBJECT not in page_of(office, file(office, ANNA)).page.text


def test_the_objection_takes_the_complaint_up_again(office: Organisation) -> None:
    number = linked_to_ended(office)
    browser = page_of(office, number)
    browser.follow(OBJECT)
    assert "it goes on by itself with its first due times" in browser.page.text
    browser.submit(form=form_of(browser), fact__reason="Another bin")
    assert office.complaint(number)["stage"] == "open"
    assert OBJECT not in page_of(office, number).page.text


def test_after_its_time_the_page_offers_no_objection(office: Organisation) -> None:
    number = linked_to_ended(office)
    office.world.move_to("2026-12-28T00:00:00+08:00")
    assert OBJECT not in page_of(office, number).page.text


def test_the_page_in_chinese(office: Organisation) -> None:
    number = linked_to_ended(office)
    browser = page_of(office, number, "zh")
    browser.follow("不是同一事项，提出异议")
    assert "为何不是同一事项" in browser.page.text
