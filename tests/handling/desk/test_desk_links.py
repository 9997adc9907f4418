"""At the desk: from a complaint that may be the same to its link, what the link does, and the end of the link."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.filing.desk import intake
from tests.filing.desk.intake import at_intake, checked, number_and_receipt, taken_down
from tests.handling.desk.desk import at_act, case_path, form_of, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START

PLATE = "京A12345"


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "auto-repair-forms")


@pytest.fixture
def pair(shop: Organisation) -> tuple[str, str]:
    """Two complaints about the same car."""
    first, _ = taken_down(shop, "staff", fact__plate_number=PLATE)
    second, _ = taken_down(shop, "staff", fact__plate_number=PLATE)
    return first, second


def press(browser: Browser, go: str, **values: str) -> None:
    browser.submit(form=form_of(browser), button=go, **values)


def to_link(browser: Browser) -> str:
    """The first link of the page that leads to the form of a link."""
    return next(href for href, _ in browser.page.links if "/acts/link?to=" in href)


def linked(shop: Organisation, pair: tuple[str, str]) -> Browser:
    """On the page of the duplicate, after the last click."""
    browser = opened(shop, pair[1], "staff")
    browser.follow("Earlier complaints: same subject, same customer")
    browser.open(to_link(browser))
    press(browser, "check")
    press(browser, "do")
    return browser


def test_a_complaint_leads_over_one_that_may_be_the_same_to_the_link(shop: Organisation, pair: tuple[str, str]) -> None:
    browser = linked(shop, pair)
    assert browser.path == f"{case_path(shop, pair[1])}?told=done"
    assert shop.complaint(pair[1], "staff")["follows"] == pair[0]


def test_the_number_is_filled_in(shop: Organisation, pair: tuple[str, str]) -> None:
    browser = at_act(shop, pair[1], "staff", "link", f"?to={pair[0]}")
    [to] = [one for one in browser.page.forms[form_of(browser)].controls if one.name == "fact.to"]
    assert to.value == pair[0]


def test_before_the_last_click_the_page_says_what_a_link_does(shop: Organisation, pair: tuple[str, str]) -> None:
    browser = at_act(shop, pair[1], "staff", "link", f"?to={pair[0]}")
    press(browser, "check")
    text = browser.page.text
    assert f"go on with\n{pair[0]}" in text
    assert "close this one\nwhen that one is closed, with the same outcome" in text
    assert "copy\nonly the choices of the decision on that one" in text
    assert "handled with another complaint" in text
    assert shop.events(pair[1], type_="linked") == []


def test_a_number_that_none_has_is_refused_at_its_field(shop: Organisation, pair: tuple[str, str]) -> None:
    browser = at_act(shop, pair[1], "staff", "link", "?to=202611-009999")
    press(browser, "check")
    assert browser.answer.status == 422
    assert "there is no such complaint" in browser.page.text.casefold()


def test_the_link_is_removed_for_a_reason(shop: Organisation, pair: tuple[str, str]) -> None:
    browser = linked(shop, pair)
    assert "closed with that one, with the same outcome" in browser.page.text
    browser.open(next(href for href, text in browser.page.links if text == "Remove the link"))
    press(browser, "check")
    assert browser.answer.status == 422
    press(browser, "check", fact__reason="Another car of the same owner")
    press(browser, "do")
    assert shop.complaint(pair[1], "staff")["follows"] is None
    assert "Remove the link" not in [text for _, text in browser.page.links]


def test_the_complaint_that_goes_on_names_its_duplicates_until_the_link_is_removed(
    shop: Organisation, pair: tuple[str, str]
) -> None:
    shop.act(pair[1], "staff", "link", to=pair[0])
    assert f"Its duplicates\n{pair[1]}" in opened(shop, pair[0], "staff").page.text
    shop.act(pair[1], "staff", "unlink", reason="Another car")
    assert "Its duplicates" not in opened(shop, pair[0], "staff").page.text


def test_a_similar_complaint_leads_to_the_link(shop: Organisation, pair: tuple[str, str]) -> None:
    browser = opened(shop, pair[1], "staff")
    browser.follow("Similar complaints")
    browser.open(to_link(browser))
    assert browser.path == f"{case_path(shop, pair[1])}/acts/link?to={pair[0]}"


def test_after_a_filing_for_somebody_the_page_leads_to_what_may_be_the_same(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, fact__plate_number=PLATE)
    intake.press(browser, "file")
    number, _ = number_and_receipt(browser)
    assert "May be the same" in browser.page.text
    browser.follow("Earlier complaints: same subject, same customer")
    assert browser.path == f"{case_path(shop, number)}/history"
