"""The complainant reads on the complaint's page what is to be published, and agrees to exactly that."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.register.asking import listed
from tests.register.notices import DUE, SUMMARY, closed_major, on, prepared

OTHER = SUMMARY.replace("已退款", "已换货")
REWORDED = "您的同意没有登记"


@pytest.fixture
def market(world: InProcess) -> Organisation:
    return marketplace_in(world)


@pytest.fixture
def number(market: Organisation, browser: Browser) -> str:
    """A complaint whose notice is prepared; the browser shows its page."""
    found = closed_major(market)
    prepared(market, found)
    browser.open(f"/t/{market.id}/case")
    browser.submit(number=found, receipt=market.filed[found].receipt)
    return found


def edit(market: Organisation, number: str, text: str) -> None:
    on(market, number, "director", "edit", texts={"summary_for_public": text})


def answer(browser: Browser, act: str, **fields: str) -> Document:
    forms = [one.action.partition("?")[0] for one in browser.page.forms]
    [index] = [at for at, action in enumerate(forms) if action.endswith(f"/acts/{act}")]
    return browser.submit(form=index, **fields)


def test_the_complainant_agrees_and_takes_it_back(market: Organisation, number: str, browser: Browser) -> None:
    assert SUMMARY in browser.page.text
    assert [one.action for one in browser.page.forms if "withdraw_consent" in one.action] == []

    answer(browser, "consent")
    assert "consent" not in prepared(market, number)["waits_for"]
    answer(browser, "withdraw_consent")

    assert "consent" in prepared(market, number)["waits_for"]


@pytest.mark.parametrize(("language", "heads"), [("zh", ("修改前", "修改后")), ("en", ("Before", "Now"))])
def test_a_changed_text_stands_beside_the_former_one(
    market: Organisation, number: str, browser: Browser, language: str, heads: tuple[str, str]
) -> None:
    answer(browser, "consent")
    edit(market, number, OTHER)

    lines = browser.open(f"/t/{market.id}/case/{number}?lang={language}").text.splitlines()

    places = [lines.index(words) for words in (*heads, SUMMARY, OTHER)]
    assert places == sorted(places)


def test_a_consent_from_a_page_with_the_former_text_is_not_recorded(
    market: Organisation, number: str, browser: Browser
) -> None:
    edit(market, number, OTHER)

    page = answer(browser, "consent")

    assert REWORDED in page.text
    assert OTHER in page.text
    assert "consent" in prepared(market, number)["waits_for"]
    answer(browser, "consent")
    assert "consent" not in prepared(market, number)["waits_for"]


def test_a_form_that_is_sent_twice_agrees_once(market: Organisation, number: str, browser: Browser) -> None:
    again = browser.answer
    answer(browser, "consent")
    browser.answer = again
    answer(browser, "consent")

    assert [one["act"] for one in prepared(market, number)["steps"]] == ["consent"]


def test_a_late_consent_after_the_publication_changes_nothing(
    market: Organisation, number: str, browser: Browser
) -> None:
    old = browser.answer
    answer(browser, "consent")
    on(market, number, "director", "approve")
    market.world.move_to(DUE)
    browser.answer = old
    fields = {"key": "another-key-of-the-same-page"}

    page = answer(browser, "consent", **fields)

    assert "投诉的状态已经改变" in page.text
    assert len(listed(market)) == 1


def test_another_site_agrees_to_nothing(market: Organisation, number: str, browser: Browser) -> None:
    answer(browser, "consent", origin="https://evil.example")

    assert browser.answer.status == 403
    assert "consent" in prepared(market, number)["waits_for"]
