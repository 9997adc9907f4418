"""Leaving at the desk, without JavaScript: begun with the id, held up by a legal hold, cancelled."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def opened(office: Organisation) -> Browser:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/leave")
    assert browser.answer.status == 200
    return browser


def form(browser: Browser, end: str) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if one.action.endswith(end))


def left(office: Organisation, typed: str | None = None) -> Browser:
    browser = opened(office)
    browser.submit(form=form(browser, "/leave"), id=office.id if typed is None else typed)
    return browser


def state(office: Organisation) -> str:
    return str(office.get("/leave", "owner")["state"])


def test_the_id_begins_it_and_a_button_cancels_it(office: Organisation) -> None:
    browser = left(office)
    assert "All data is erased from" in browser.page.text
    assert state(office) == "leaving"
    browser.submit(form=form(browser, "/stay"))
    assert "The organisation stays" in browser.page.text
    assert state(office) == "active"


def test_another_id_is_refused_at_its_place(office: Organisation) -> None:
    browser = left(office, "another")
    assert browser.answer.status == 422
    assert f"Enter {office.id}." in browser.page.text
    assert state(office) == "active"


def test_a_legal_hold_is_named_with_its_complaint(office: Organisation) -> None:
    number = office.file()
    office.act(number, "owner", "hold", reason="诉讼")
    browser = left(office)
    assert browser.answer.status == 409
    assert "under a legal hold" in browser.page.text
    assert f"{desk(office)}/complaints/{number}" in browser.answer.text
    assert state(office) == "active"


def test_the_page_says_until_when_and_where_the_statement_will_be(office: Organisation) -> None:
    page = opened(office).page
    assert "For 30 days" in page.text
    assert f"/v1/erasures/{office.id}" in page.text
