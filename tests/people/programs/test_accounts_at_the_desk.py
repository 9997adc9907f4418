"""The desk's pages of program accounts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.across.budgets.counting import form_to
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser
from tests.people.programs.accounts import WANTED, added, ask, key_ids, keyed, listed
from tests.sign_in.door import at_the_desk, desk


def pages(office: Organisation) -> str:
    return f"{desk(office)}/organisation/accounts"


@pytest.fixture
def browser(office: Organisation) -> Browser:
    return at_the_desk(office, "owner")


def _fill(browser: Browser, end: str, **changes: str | list[str]) -> None:
    filled: dict[str, str | list[str]] = {
        "name": "Hotline",
        "grants": ["screener/-"],
        "operations": ["get_complaint", "list_complaints"],
    }
    inputs: dict[str, Any] = {**filled, **changes}
    browser.submit(form=form_to(browser, end), **inputs)


def test_an_owner_adds_an_account_and_a_key_that_is_shown_once(office: Organisation, browser: Browser) -> None:
    browser.open(f"{pages(office)}/new")
    _fill(browser, "/new", until="2026-12-24T18:00")
    page = browser.path.partition("?")[0]
    browser.submit(form=form_to(browser, f"{page}/keys"))
    [secret] = [word for word in browser.answer.text.replace("<", " ").replace(">", " ").split() if "rdk_" in word]
    office.tokens["program"] = secret
    assert office.get("/complaints", "program")["complaints"]
    for path in (page, pages(office)):
        browser.open(path)
        assert secret not in browser.answer.text
    [found] = listed(office)
    assert (found["name"], found["grants"]) == ("Hotline", [{"role": "screener"}])
    assert found["operations"] == ["get_complaint", "list_complaints"]
    assert found["until"] == "2026-12-24T10:00:00.000Z"


def test_the_form_of_an_account_shows_and_keeps_what_it_is(office: Organisation, browser: Browser) -> None:
    account = added(office, until="2026-12-24T10:00:00Z")
    browser.open(f"{pages(office)}/{account['id']}")
    browser.submit(form=form_to(browser, f"/{account['id']}"))
    assert "told=changed" in browser.path
    [found] = listed(office)
    assert found == account


def test_a_key_is_revoked_and_an_account_removed(office: Organisation, browser: Browser) -> None:
    account = added(office)["id"]
    keyed(office, account)
    browser.open(f"{pages(office)}/{account}")
    browser.submit(form=form_to(browser, "/revoke"))
    assert key_ids(office, account) == []
    browser.submit(form=form_to(browser, "/remove"))
    assert browser.path == f"{pages(office)}?told=removed"
    assert listed(office) == []


@pytest.mark.parametrize(
    ("changes", "input_"),
    [
        ({"name": ""}, "name"),
        ({"grants": []}, "grants"),
        ({"operations": []}, "operations"),
        ({"until": "2026-11-01T09:00"}, "until"),
    ],
)
def test_a_wrong_form_is_shown_again_with_its_fault(
    office: Organisation, browser: Browser, changes: dict[str, str | list[str]], input_: str
) -> None:
    browser.open(f"{pages(office)}/new")
    _fill(browser, "/new", **changes)
    assert browser.answer.status == 422
    assert f'href="#{input_}"' in browser.answer.text
    assert listed(office) == []


def test_a_third_key_is_refused_in_words(office: Organisation, browser: Browser) -> None:
    account = added(office)["id"]
    keyed(office, account)
    browser.open(f"{pages(office)}/{account}")
    add = form_to(browser, f"{account}/keys")
    keyed(office, account)
    browser.submit(form=add)
    assert browser.answer.status == 409
    assert "at most 2 keys" in browser.answer.text
    assert 'value="热线平台"' in browser.answer.text


def test_a_double_click_adds_one_key(office: Organisation, browser: Browser) -> None:
    account = added(office)["id"]
    page = browser.open(f"{pages(office)}/{account}")
    form = page.forms[form_to(browser, f"{account}/keys")]
    first, again = (browser.ask(form.action, list(form.values())) for _ in range(2))
    assert (first.status, again.status) == (200, 200)
    assert len(key_ids(office, account)) == 1


@pytest.mark.parametrize("path", ["", "/new"])
def test_the_pages_are_for_owners(office: Organisation, path: str) -> None:
    browser = at_the_desk(office, "director")
    browser.open(pages(office) + path)
    assert browser.answer.status == 403


def test_the_organisations_record_names_the_account(office: Organisation, browser: Browser) -> None:
    account = added(office)
    ask(office, "PUT", f"/{account['id']}", WANTED)
    browser.open(f"{desk(office)}/organisation/record")
    assert "Program account changed" in browser.answer.text
    assert "热线平台" in browser.answer.text
