"""The pages of program accounts in a real browser, in both languages and sizes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk.test_organisation import VIEWS
from tests.across.browser.desk_person import at_desk
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.people.programs.accounts import added, keyed
from tests.sign_in.door import START, desk


@pytest.fixture(scope="module")
def office() -> Organisation:
    """With an account that has both keys, and one that ends and has none."""
    found = sign_up(InProcess(START), "platform")
    made = found.world.call(
        "POST", f"{found.path}/units", {"id": "east", "name": "东部分公司"}, auth=found.auth("owner")
    )
    assert made.status == 201
    account = added(found, grants=[{"role": "screener"}, {"role": "handler", "unit": "east"}])["id"]
    keyed(found, account, "program"), keyed(found, account)
    found.get("/complaints", "program")
    added(found, name="Municipal service platform with a rather long name", until="2026-12-24T18:00:00+08:00")
    return found


@ALL_PAGES
@VIEWS
def test_each_page_keeps_the_rules_and_its_width(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    pages = f"{desk(office)}/organisation/accounts"
    accounts = [one["id"] for one in office.get("/accounts", "owner")["accounts"]]
    for below in ("", "/new", *(f"/{one}" for one in accounts)):
        reader.open(pages + below)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, below
    assert reader.faults == []


@ALL_PAGES
def test_a_key_is_added_by_keyboard_and_shown_once(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "owner", language="en-GB", width=390, scripts=False)
    account = added(office, name="Hotline")["id"]
    reader.open(f"{desk(office)}/organisation/accounts/{account}")
    button = reader.page.locator("form[action$='/keys'] button")
    button.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector(".secret")
    assert "rdk_" in reader.page.inner_text(".secret")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.press("main a.button")
    assert "rdk_" not in reader.page.content()
    assert reader.faults == []
