"""A form that is sent with a fault gets an address of its own, which only its browser can open, and not for long."""

from __future__ import annotations

import pytest

from chalicelib.limits import wrong_receipts
from chalicelib.web.pages.kept_forms import KIND, MOST, SHOWN
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.leaving.test_leaving import later, leave

WRONG = "AAAA-AAAA-AAAA-AAAA"


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


def refused(office: Organisation, browser: Browser, number: str = "202611-000001") -> Browser:
    browser.open(f"/t/{office.id}/case")
    browser.submit(number=number, receipt=WRONG)
    return browser


def typed(browser: Browser) -> dict[str, str]:
    named = dict(browser.page.forms[0].values())
    return {name: named[name] for name in ("number", "receipt")}


def stored(world: InProcess) -> list[str]:
    return [entry.body for entry in world.fakes.store.everything() if entry.kind == KIND]


def test_a_wrong_entry_is_shown_again_at_an_address_without_a_secret(world: InProcess, office: Organisation) -> None:
    browser = refused(office, Browser(world))

    assert "?form=" in browser.path
    assert WRONG not in browser.path
    assert typed(browser) == {"number": "202611-000001", "receipt": WRONG}
    before = browser.page.text
    browser.open(browser.path)
    assert (browser.answer.status, browser.page.text) == (422, before)


def test_the_address_opens_nothing_in_another_browser(world: InProcess, office: Organisation) -> None:
    path, other = refused(office, Browser(world)).path, Browser(world)

    other.open(path)

    assert (other.answer.status, typed(other)) == (200, {"number": "", "receipt": ""})


def test_another_page_does_not_show_the_form(world: InProcess, office: Organisation) -> None:
    browser = refused(office, Browser(world))

    browser.open(browser.path.replace("/case?", "/lost-receipt?"))

    assert browser.answer.status == 200
    assert dict(browser.page.forms[0].values())["number"] == ""


def test_the_other_language_shows_the_same_form_with_its_faults(world: InProcess, office: Organisation) -> None:
    browser = refused(office, Browser(world))

    [switched] = [href for href, words in browser.page.links if words.strip() == "English"]
    browser.open(browser.path.partition("?")[0] + switched)

    assert typed(browser)["receipt"] == WRONG
    assert "wrong. Compare them one by one" in browser.page.text


def test_sent_again_it_keeps_its_address(world: InProcess, office: Organisation) -> None:
    browser = refused(office, Browser(world))
    first = browser.path

    browser.submit(receipt="")

    assert browser.path == first
    assert len(stored(world)) == 1


def test_a_correct_entry_deletes_it(world: InProcess, office: Organisation) -> None:
    number = office.file()
    browser = refused(office, Browser(world), number)

    browser.submit(receipt=office.filed[number].receipt)

    assert browser.answer.status == 200
    assert stored(world) == []


def test_the_end_of_a_session_deletes_those_of_the_browser(world: InProcess, office: Organisation) -> None:
    number, browser = office.file(), Browser(world)
    browser.open(f"/t/{office.id}/case/{number}")
    browser.submit(receipt=office.filed[number].receipt)
    case = browser.path
    again = refused(office, browser, number).path
    browser.open(case)

    browser.submit(form=[one.action for one in browser.page.forms].index(f"{case}/leave"))

    assert stored(world) == []
    browser.open(again)
    assert typed(browser) == {"number": "", "receipt": ""}


def test_a_typed_receipt_is_shown_for_some_minutes_only(world: InProcess, office: Organisation) -> None:
    browser = refused(office, Browser(world))

    world.fakes.real_clock.now += SHOWN
    browser.open(browser.path)

    assert (browser.answer.status, typed(browser)) == (200, {"number": "", "receipt": ""})


def test_a_browser_has_a_few_and_the_oldest_makes_room(world: InProcess, office: Organisation) -> None:
    browser = Browser(world)
    paths = [refused(office, browser).path for _ in range(MOST + 1)]

    assert len(stored(world)) == MOST
    assert [typed(browser)["receipt"] for path in (paths[0], paths[1]) if browser.open(path)] == ["", WRONG]


def test_two_tabs_that_send_forms_at_the_same_instant_both_keep_them(world: InProcess, office: Organisation) -> None:
    """The browser has sent both requests before it gets an answer."""
    tabs = [Browser(world), Browser(world)]
    paths = [refused(office, tab).path for tab in tabs]
    browser = Browser(world)
    browser.cookies = {key: kept for tab in tabs for key, kept in tab.cookies.items()}

    found = [typed(browser)["receipt"] for path in paths if browser.open(path)]

    assert found == [WRONG, WRONG]
    again = [refused(office, browser).path for _ in range(MOST)]
    assert len(stored(world)) == MOST
    assert [typed(browser)["receipt"] for path in again if browser.open(path)] == [WRONG] * MOST


def test_above_the_limit_of_a_source_the_page_is_shown_without_an_address(
    world: InProcess, office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_receipts, "_FORMS", wrong_receipts._FORMS._replace(most=1))
    refused(office, Browser(world))
    browser = refused(office, Browser(world))

    assert (browser.answer.status, typed(browser)["receipt"]) == (422, WRONG)
    assert "?form=" not in browser.path
    assert len(stored(world)) == 1


def test_a_kept_form_is_erased_with_its_organisation(world: InProcess, office: Organisation) -> None:
    refused(office, Browser(world))
    assert len(stored(world)) == 1

    assert leave(office).status == 202
    later(office, 32)

    assert stored(world) == []
