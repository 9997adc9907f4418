"""What a complainant sends after the session has ended waits at an address of its own, until the receipt is entered."""

from __future__ import annotations

import pytest

from chalicelib.web.pages.kept_forms import KIND, LASTS
from tests.across.budgets.counted_faults import WRONG, end_session
from tests.clauses.offices.regulator import regulator_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.pages.shops import page_of
from tests.kernel.web.pages.browser import Browser

TEXT, OTHER = "补充：昨天又去了一次。", "另一个窗口的补充。"


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return regulator_in(world)


@pytest.fixture
def number(office: Organisation) -> str:
    return office.file()


@pytest.fixture
def browser(office: Organisation, number: str) -> Browser:
    """Shows the form of the act, and its session has ended."""
    found = page_of(office, number, "zh")
    found.open(f"{found.path}/acts/supplement")
    end_session(found)
    return found


def written(browser: Browser) -> str:
    return dict(browser.page.forms[0].values())["fact.statement"]


def stored(world: InProcess) -> int:
    return len([one for one in world.fakes.store.everything() if one.kind == KIND])


def test_the_receipt_is_asked_for_at_an_address_that_shows_no_text(browser: Browser) -> None:
    browser.submit(fact__statement=TEXT)

    assert "?form=" in browser.path
    assert "您填写的内容没有丢失" in browser.page.text
    assert TEXT not in browser.answer.text


def test_a_reload_after_a_wrong_receipt_asks_again(browser: Browser, office: Organisation, number: str) -> None:
    browser.submit(fact__statement=TEXT)
    address = browser.path
    browser.submit(receipt=WRONG)
    assert browser.path == address

    browser.open(address)
    assert browser.answer.status == 422
    browser.submit(receipt=office.filed[number].receipt)
    assert (browser.path, written(browser)) == (address, TEXT)


def test_after_the_receipt_the_form_is_sent_and_nothing_of_it_stays(
    world: InProcess, browser: Browser, office: Organisation, number: str
) -> None:
    browser.submit(fact__statement=TEXT)
    browser.submit(receipt=office.filed[number].receipt)
    assert stored(world) == 1

    browser.submit()

    assert ("told=done" in browser.path, stored(world)) == (True, 0)
    assert len(office.events(number, type_="supplemented")) == 1


def test_a_text_waits_for_a_day(world: InProcess, browser: Browser, office: Organisation, number: str) -> None:
    browser.submit(fact__statement=TEXT)
    world.fakes.real_clock.now += LASTS - 1
    browser.open(browser.path)
    browser.submit(receipt=office.filed[number].receipt)
    assert written(browser) == TEXT

    world.fakes.real_clock.now += LASTS
    browser.open(browser.path)
    assert TEXT not in browser.answer.text


def test_two_tabs_keep_their_own_texts(browser: Browser, office: Organisation, number: str) -> None:
    tab = Browser(browser.world)
    tab.continue_from(browser)
    browser.submit(fact__statement=TEXT)
    tab.cookies = browser.cookies
    tab.submit(fact__statement=OTHER)
    browser.submit(receipt=office.filed[number].receipt)

    assert written(browser) == TEXT
    tab.open(tab.path)
    assert written(tab) == OTHER


def test_what_one_tab_does_leaves_the_text_of_the_other(browser: Browser, office: Organisation, number: str) -> None:
    tab = Browser(browser.world)
    tab.continue_from(browser)
    browser.submit(fact__statement=TEXT)
    tab.cookies = browser.cookies
    tab.submit(fact__statement=OTHER)
    browser.submit(receipt=office.filed[number].receipt)
    browser.submit()

    tab.open(tab.path)

    assert written(tab) == OTHER


def test_a_case_of_a_suspended_organisation_is_opened_after_a_wrong_receipt(
    world: InProcess, office: Organisation, number: str
) -> None:
    world.operate("POST", f"/tenants/{office.id}/suspend", {"reason": "unpaid"})
    world.fakes.real_clock.advance(61_000)
    browser = Browser(world)
    browser.open(f"/t/{office.id}/case")
    browser.submit(number=number, receipt=WRONG)
    assert (browser.answer.status, "?form=" in browser.path) == (422, True)

    browser.submit(receipt=office.filed[number].receipt)

    assert (browser.answer.status, browser.page.headings[0]) == (200, f"投诉 {number}")
