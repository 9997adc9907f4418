"""The desk's search box: a number leads to the complaint, and words stand in no address."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def searched(office: Organisation, text: str) -> Browser:
    browser = at_the_desk(office, "screener")
    form = next(at for at, one in enumerate(browser.page.forms) if one.action.partition("?")[0].endswith("/search"))
    browser.submit(form=form, q=text)
    return browser


def test_a_number_leads_to_the_complaint(office: Organisation) -> None:
    number = office.file()
    assert searched(office, number).path == f"{desk(office)}/complaints/{number}"


def test_words_find_complaints_and_stand_in_no_address(office: Organisation) -> None:
    facts = office.example()["facts"]
    number = office.file()
    browser = searched(office, facts["reason"][:6])

    assert f"{desk(office)}/complaints/{number}" in [href for href, _ in browser.page.links]
    assert browser.path == f"{desk(office)}/search"


@pytest.mark.parametrize("text", ["13800000000", "li@customer.example"])
def test_what_no_complaint_has_is_not_found(office: Organisation, text: str) -> None:
    office.file()
    assert "No complaint was found" in searched(office, text).answer.text


def test_too_short_a_word_says_what_is_wrong(office: Organisation) -> None:
    browser = searched(office, "x")
    assert (browser.answer.status, 'role="alert"' in browser.answer.text) == (422, True)
