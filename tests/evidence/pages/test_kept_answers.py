"""What a respondent types on the page of a demand has an address that the browser reads again."""

from __future__ import annotations

import pytest

from chalicelib.web.pages.kept_forms import KIND
from tests.across.budgets.counted_faults import WRONG, end_session
from tests.across.budgets.counting import form_to
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.world import InProcess
from tests.evidence.pages.test_demands import link
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import answers

TEXT = "我方已于当日退款。"


@pytest.fixture
def opened(world: InProcess, browser: Browser) -> tuple[Browser, str]:
    """The browser that shows the demand, and its receipt."""
    market = marketplace_in(world)
    path, receipt = link(market, demanded(market))
    browser.open(path)
    browser.submit(receipt=receipt)
    return browser, receipt


def stored(world: InProcess) -> int:
    return len([one for one in world.fakes.store.everything() if one.kind == KIND])


def send(browser: Browser, text: str) -> None:
    at = form_to(browser, "/text")
    chosen = {name: value for name, value in answers(browser.page.forms[at]).items() if name != "text"}
    browser.submit(form=at, **chosen, text=text)


def text_of(browser: Browser) -> str:
    return dict(browser.page.forms[form_to(browser, "/text")].values())["text"]


def test_an_answer_with_a_fault_is_shown_again(opened: tuple[Browser, str]) -> None:
    browser, _ = opened
    send(browser, TEXT * 2000)
    assert browser.answer.status == 422

    browser.open(browser.path)

    assert (browser.answer.status, text_of(browser)) == (422, TEXT * 2000)


def test_an_answer_after_the_session_waits_for_the_receipt(world: InProcess, opened: tuple[Browser, str]) -> None:
    browser, receipt = opened
    end_session(browser)
    send(browser, TEXT)
    assert ("?form=" in browser.path, TEXT in browser.answer.text) == (True, False)
    for typed in (WRONG, receipt):
        browser.submit(receipt=typed)
    assert text_of(browser) == TEXT

    send(browser, text_of(browser))

    assert ("told=uploaded" in browser.path, stored(world)) == (True, 0)


def test_who_leaves_a_demand_leaves_nothing_that_was_typed(world: InProcess, opened: tuple[Browser, str]) -> None:
    browser, _ = opened
    send(browser, "")
    assert stored(world) == 1

    browser.submit(form=form_to(browser, "/leave"))

    assert stored(world) == 0


def test_a_form_without_a_kind_leads_to_a_page_that_can_be_read_again(opened: tuple[Browser, str]) -> None:
    browser, _ = opened
    browser.open(f"{browser.path}/files")
    fields = [(name, value) for name, value in browser.page.forms[0].values() if name != "kind"]
    browser.resend(fields)
    assert browser.answer.status == 422

    browser.open(browser.path)

    assert browser.answer.status == 422
