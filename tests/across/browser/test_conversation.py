"""A complainant and a handler write to each other in a real browser, in both languages, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import CHECK, DO, DONE, FORM, at_desk
from tests.across.browser.reader import DONE_NOTICE, Reader
from tests.clauses.organisation import Organisation
from tests.handling.conversation import offices
from tests.handling.conversation.offices import HOSTILE
from tests.handling.desk.desk import case_path

pytestmark = ALL_PAGES
QUESTION, ANSWER = "请问是哪一盏灯？ Which lamp is it?", "左边的那盏。The left one."
TEXT = f"{FORM} textarea"


@pytest.fixture
def office() -> Organisation:
    return offices.council()


def at_case(chromium: Browser, url: str, office: Organisation, number: str, language: str, scripts: bool) -> Reader:
    reader = Reader(chromium, url, language=language, width=320, scripts=scripts)
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    return reader


def said(reader: Reader) -> list[str]:
    return reader.page.locator(".talk .text").all_inner_texts()


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", True), ("en-GB", False)])
def test_two_people_write_to_each_other(
    chromium: Browser, url: str, office: Organisation, language: str, scripts: bool
) -> None:
    number = office.file()
    customer = at_case(chromium, url, office, number, language, scripts)
    customer.press(".conversation a[href*='/acts/write']")
    customer.page.fill(TEXT, HOSTILE)
    customer.press(f"{FORM} button")
    assert DONE in customer.page.url

    clerk = at_desk(chromium, url, office, "clerk", language=language, scripts=scripts)
    clerk.open(case_path(office, number))
    assert said(clerk) == [HOSTILE.strip()]
    assert clerk.page.locator(".talk .text a").count() == 0
    clerk.press("a[href*='/acts/inform'] >> nth=0")
    clerk.page.fill(TEXT, QUESTION)
    clerk.page.check(f"{FORM} input[name='fact.asks']")
    clerk.press(CHECK)
    clerk.press(DO)

    customer.open(f"/t/{office.id}/case/{number}")
    assert said(customer) == [HOSTILE.strip(), QUESTION]
    customer.press(".conversation a.button:not(.second)")
    customer.page.fill(TEXT, ANSWER)
    customer.press(f"{FORM} button")
    assert said(customer) == [HOSTILE.strip(), QUESTION, ANSWER]


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", False), ("en-GB", True)])
def test_a_withdrawal_is_confirmed_before_it_counts(
    chromium: Browser, url: str, office: Organisation, language: str, scripts: bool
) -> None:
    number = office.file()
    customer = at_case(chromium, url, office, number, language, scripts)
    customer.press("a[href*='/acts/withdraw']")
    customer.press(f"{FORM} button")
    assert office.events(number, type_="withdrawn") == []

    customer.press(f"{FORM} button[value=sure]")

    assert DONE in customer.page.url
    assert len(office.events(number, type_="withdrawn")) == 1


def at_withdrawal(reader: Reader, office: Organisation, number: str) -> None:
    """The page that asks once more is open."""
    reader.open(f"/t/{office.id}/case/{number}/acts/withdraw")
    reader.press(f"{FORM} button")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_withdraws_once(chromium: Browser, url: str, office: Organisation, scripts: bool) -> None:
    number = office.file()
    customer = at_case(chromium, url, office, number, "en-GB", scripts)
    at_withdrawal(customer, office, number)
    customer.press_twice(f"{FORM} button[value=sure]", DONE_NOTICE)

    assert len(office.events(number, type_="withdrawn")) == 1


@pytest.mark.parametrize(("language", "scripts"), [("zh-CN", True), ("en-GB", False)])
def test_a_withdrawal_in_two_tabs_counts_once_and_the_second_tab_leads_to_the_case(
    chromium: Browser, url: str, office: Organisation, language: str, scripts: bool
) -> None:
    number = office.file()
    one = at_case(chromium, url, office, number, language, scripts)
    other = one.tab()
    at_withdrawal(one, office, number)
    at_withdrawal(other, office, number)
    one.press(f"{FORM} button[value=sure]")
    assert DONE in one.page.url
    other.press(f"{FORM} button[value=sure]")

    assert not other.has(FORM)
    other.press(f"main a[href*='/case/{number}']")
    assert other.page.text_content("dl.facts") == one.page.text_content("dl.facts")
    assert len(office.events(number, type_="withdrawn")) == 1
