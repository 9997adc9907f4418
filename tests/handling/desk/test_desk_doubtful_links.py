"""At the desk: a link to a closed or unrelated complaint says before the last click why it waits, and for whom."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.desk.desk import at_act, form_of, opened
from tests.handling.linked import ANNA, BERT, ended, file, link, linking_office
from tests.kernel.web.pages.browser import Browser

WHY = "The same bin"


@pytest.fixture
def office() -> Organisation:
    return linking_office()


@pytest.fixture
def pair(office: Organisation) -> tuple[str, str]:
    """One that has ended, and one of another person."""
    return ended(office, ANNA), file(office, BERT)


def press(browser: Browser, go: str, **values: str) -> None:
    browser.submit(form=form_of(browser), button=go, **values)


def at_link(office: Organisation, pair: tuple[str, str]) -> Browser:
    return at_act(office, pair[1], "officer", "link", f"?to={pair[0]}")


def test_the_form_asks_for_the_reason_and_says_who_reads_it(office: Organisation, pair: tuple[str, str]) -> None:
    assert "Reason, which the complainant is told" in at_link(office, pair).page.text


def test_without_a_reason_the_form_asks_for_it(office: Organisation, pair: tuple[str, str]) -> None:
    browser = at_link(office, pair)
    press(browser, "check")
    assert browser.answer.status == 422
    assert "Fill in “Reason, which the complainant is told”" in browser.page.text


def test_before_the_last_click_the_page_says_what_happens(office: Organisation, pair: tuple[str, str]) -> None:
    browser = at_link(office, pair)
    press(browser, "check", fact__reason=WHY)
    text = browser.page.text
    assert "wait for approval by\nOfficer, Manager, Owner" in text
    assert "note that\nthat one has ended. It needs a reason and, before the first answer, the approval" in text
    assert "note that\nthat one is unrelated" in text
    assert "objection\nthe complainant can object at any time until this one is closed, and within 30 days" in text
    assert "it counts as closed without a decision, and its deadlines as not met" in text
    assert office.events(pair[1], type_="proposed") == []


def test_the_page_of_the_case_names_the_proposed_link_and_its_reason(
    office: Organisation, pair: tuple[str, str]
) -> None:
    link(office, pair[1], pair[0], reason=WHY)
    text = opened(office, pair[1], "manager").page.text
    assert "Waiting for approval by: Officer, Manager, Owner" in text
    assert WHY in text
    assert f"Number of the other complaint\n{pair[0]}" in text


def test_the_approver_reads_what_the_link_does_and_makes_it(office: Organisation, pair: tuple[str, str]) -> None:
    link(office, pair[1], pair[0], reason=WHY)
    browser = at_act(office, pair[1], "manager", "approve")
    press(browser, "check")
    assert "close this one\nat once, as that one is closed already" in browser.page.text
    press(browser, "do")
    assert office.complaint(pair[1], "manager")["follows"] == pair[0]
