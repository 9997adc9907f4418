"""The form of a report about the office, its receipt and its messages have addresses that its browser reads again."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR
from chalicelib.web.pages.kept_forms import KIND, TOLD
from tests.across.budgets.counted_faults import WRONG, end_session
from tests.across.budgets.counting import form_to
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.supervision.reporting import WORDS, reported_on_page

MESSAGE = "当天有录像。"


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


def stored(world: InProcess) -> int:
    return len([one for one in world.fakes.store.everything() if one.kind == KIND])


def text_of(browser: Browser) -> str:
    return dict(browser.page.forms[0].values())["text"]


def test_a_form_with_a_fault_is_shown_again_with_its_faults(office: Organisation, browser: Browser) -> None:
    page = reported_on_page(browser, office, about="people")
    before = page.text

    browser.open(browser.path)

    assert (browser.answer.status, browser.page.text, text_of(browser)) == (422, before, WORDS)


def test_the_other_language_says_the_same_faults(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office, about="people")
    [switched] = [href for href, words in browser.page.links if words.strip() == "English"]

    browser.open(browser.path.partition("?")[0] + switched)

    assert (browser.answer.status, text_of(browser)) == (422, WORDS)
    assert browser.page.tags[0][1]["lang"] == "en"


def test_a_form_with_a_fault_ends_after_an_hour(office: Organisation, world: InProcess, browser: Browser) -> None:
    reported_on_page(browser, office, about="people")
    world.fakes.real_clock.now += HOUR

    browser.open(browser.path)

    assert (browser.answer.status, text_of(browser)) == (200, "")


def test_the_receipt_is_shown_again_for_an_hour(office: Organisation, world: InProcess, browser: Browser) -> None:
    page = reported_on_page(browser, office)
    before = page.text
    browser.open(browser.path)
    assert browser.page.text == before

    world.fakes.real_clock.now += TOLD
    browser.open(browser.path)

    assert text_of(browser) == ""


def test_back_to_the_form_that_was_corrected_shows_the_receipt(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office, text="")
    address = browser.path
    browser.submit(text=WORDS)

    assert browser.open(address).headings[0] == "举报已提交"
    assert len(office.get("/supervision", "supervisor")["reports"]) == 1


def test_who_leaves_a_report_leaves_nothing_in_the_browser(
    office: Organisation, world: InProcess, browser: Browser
) -> None:
    reported_on_page(browser, office)
    filed = browser.path
    browser.submit()
    browser.submit(form=form_to(browser, "/leave"))

    assert stored(world) == 0
    browser.open(filed)
    assert text_of(browser) == ""


def test_a_message_after_the_session_waits_for_the_receipt(
    office: Organisation, world: InProcess, browser: Browser
) -> None:
    receipt = dict(reported_on_page(browser, office).forms[0].values())["receipt"]
    browser.submit()
    end_session(browser)
    browser.submit(form=form_to(browser, "/messages"), text=MESSAGE)
    address = browser.path
    assert MESSAGE not in browser.answer.text
    browser.submit(receipt=WRONG)
    browser.open(address)
    assert browser.answer.status == 422

    browser.submit(receipt=receipt)

    assert (browser.path, text_of(browser)) == (address, MESSAGE)
    before = stored(world)
    browser.submit(form=form_to(browser, "/messages"))
    assert ("told=done" in browser.path, stored(world)) == (True, before - 1)
