"""Where a form is answered by a page of an error that passes, this page keeps what was typed, and sends it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import NEXT, SEND, think, to_check_from_here
from tests.across.browser.forms.errors_that_pass import Passing, conflict, no_room, outage, suspended
from tests.across.browser.forms.test_forms_lead_on import FORMS, TEXT, Form, Place, enter, place, seen
from tests.across.browser.reader import Reader

__all__ = ["place"]
pytestmark = ALL_PAGES

ERRORS = (suspended, outage, conflict)
AGAIN = "main form.kept button"


def _act(reader: Reader, place: Place) -> None:
    enter(reader, place.case, place.receipt)
    reader.open(f"{place.case}/acts/supplement")
    reader.page.locator("main textarea").fill(TEXT)


SENT = {**FORMS, "an act": Form(_act, TEXT)}
WAYS = [(name, at % 2 == 0) for at, name in enumerate(SENT)]
"""Each form with modules or without. The pages of errors have none."""
WHILE_SUSPENDED = {
    *("a wrong receipt of a case", "a wrong receipt of a demand"),
    *("a report with a fault", "a report", "a message with a fault", "a message after the session"),
    *("a wrong receipt of a report", "a wrong reference of a report", "a lost receipt of a report with a fault"),
    *("a sign-up with a fault", "a sign-up", "a sign-in with a fault"),
}
"""Forms that a suspension does not refuse: those of sessions and of reports about the office, and of the service."""


def reader_of(chromium: Browser, place: Place, *, scripts: bool) -> Reader:
    return Reader(chromium, place.url, language="zh-CN", width=320, scripts=scripts, rules=False)


def sent(reader: Reader, place: Place, button: str, error: Passing) -> None:
    """The form is sent while the deployment answers with the error. The error is over when its page sends again."""
    with error(place):
        reader.press(button)
    assert "您填写的内容保留在本页" in (reader.page.text_content("main") or "")
    reader.press(AGAIN)


def shows(reader: Reader, text: str) -> bool:
    words, held = seen(reader)
    return any(text in one for one in (words, *held))


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", SENT)
def test_too_many_requests_lose_nothing(chromium: Browser, place: Place, name: str, scripts: bool) -> None:
    form, reader = SENT[name], reader_of(chromium, place, scripts=scripts)
    form.fill(reader, place)

    sent(reader, place, form.button, no_room)

    assert shows(reader, form.shows)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(("name", "scripts"), WAYS)
def test_no_other_error_that_passes_loses_anything(
    chromium: Browser, place: Place, name: str, scripts: bool, error: Passing
) -> None:
    form, reader = SENT[name], reader_of(chromium, place, scripts=scripts)
    form.fill(reader, place)

    if error is suspended and name in WHILE_SUSPENDED:
        with error(place):
            reader.press(form.button)
        assert not reader.has(AGAIN)
    else:
        sent(reader, place, form.button, error)

    assert shows(reader, form.shows)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("error", [no_room, *ERRORS])
def test_a_filing_loses_nothing_and_is_filed_once(
    chromium: Browser, place: Place, error: Passing, scripts: bool
) -> None:
    reader = reader_of(chromium, place, scripts=scripts)
    before = len(place.regulator.get("/complaints", "owner")["complaints"])
    reader.open(f"/t/{place.regulator.id}/file")
    while not reader.has("textarea"):
        reader.answer()
        reader.press(NEXT)
    reader.page.locator("textarea").first.fill(TEXT)
    reader.answer()

    sent(reader, place, NEXT, error)
    reader.press("[value=back]")
    assert reader.page.locator("textarea").first.input_value() == TEXT

    to_check_from_here(reader)
    think(place.regulator)
    sent(reader, place, SEND, error)
    assert reader.page.locator(".number").count() == 1
    assert len(place.regulator.get("/complaints", "owner")["complaints"]) == before + 1
