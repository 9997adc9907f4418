"""A member who has typed something for an act, and what is kept of it."""

from __future__ import annotations

from chalicelib.features.handling.drafts import KIND
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.desk.desk import at_act, form_of
from tests.kernel.web.pages.browser import Browser

TEXT = "Telephoned the buyer."


def world_of(office: Organisation) -> InProcess:
    assert isinstance(office.world, InProcess)
    return office.world


def stored(office: Organisation) -> list[str]:
    return [entry.body for entry in world_of(office).fakes.store.everything() if entry.kind == KIND]


def press(browser: Browser, go: str, **values: str | list[str]) -> None:
    browser.submit(form=form_of(browser), button=go, **values)


def noted(office: Organisation, number: str, text: str = TEXT, who: str = "screener") -> Browser:
    """The member has typed a note, and sees what it would do."""
    browser = at_act(office, number, who, "note")
    press(browser, "check", fact__text=text)
    assert browser.answer.status == 200
    return browser


def tab_of(browser: Browser) -> Browser:
    other = Browser(browser.world, browser.language)
    other.continue_from(browser)
    return other


def waiting(browser: Browser) -> list[str]:
    """The addresses of the drafts of which the page of the complaint tells."""
    return [href for href, _ in browser.page.links if "/check?" in href]


def notes(office: Organisation, number: str) -> list[str]:
    record = office.get(f"/complaints/{number}/record", "screener")
    return [record["values"][one["id"]]["text"] for one in record["events"] if one["type"] == "noted"]
