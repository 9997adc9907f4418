"""The page of a bulk act that goes on, in a real browser: it follows the job by itself while it can be seen."""

from __future__ import annotations

from typing import cast

import pytest
from playwright.sync_api import Browser, Request

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, with_key
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
SECONDS = 10
NOTE = {"act": "note", "fields": {"text": "等待供应商回复"}}


def going_on(chromium: Browser, url: str, office: Organisation, language: str = "en-GB") -> tuple[Reader, list[str]]:
    """The page of a dry run that no worker has taken yet, and the paths that it asks for from now on. Workers take one
    step after each request."""
    reader = at_desk(chromium, url, office, "handler", language=language)
    reader.page.clock.install()
    order = {**NOTE, "numbers": list(office.filed)}
    headers = with_key("POST", {"Authorization": office.auth("handler")})
    answer = cast(InProcess, office.world).client.request("POST", f"{office.path}/bulk", order, headers=headers)
    assert answer.status == 202, answer.text
    reader.open(f"{desk(office)}/bulk/{answer.json['id']}")
    asked = list[str]()
    reader.page.on("request", lambda one: asked.append(_path(one, url)))
    return reader, asked


def _path(request: Request, url: str) -> str:
    return request.url.removeprefix(url)


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_page_shows_what_a_job_has_found_when_it_has_ended(
    chromium: Browser, url: str, office: Organisation, language: str
) -> None:
    reader, asked = going_on(chromium, url, office, language)
    assert reader.has("#progress")
    reader.page.clock.fast_forward(SECONDS * 1000)
    reader.page.wait_for_selector("main form button.button")
    reader.look()
    assert not reader.has("#progress")

    before = len(asked)
    reader.page.clock.fast_forward(SECONDS * 5000)
    assert len(asked) == before, "a job that has ended is not asked for"


def test_the_number_that_is_done_goes_up_without_another_page(
    chromium: Browser, url: str, office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, _ = going_on(chromium, url, office)
    reader.page.evaluate("document.querySelector('#progress').textContent = 'as it was'; window.stays = true")
    monkeypatch.setattr("chalicelib.features.bulk.pages.job.ENDED", frozenset())
    reader.page.clock.fast_forward(SECONDS * 1000)
    shown = "() => document.querySelector('#progress').textContent === '3 of 3 complaints so far.'"
    reader.page.wait_for_function(shown)  # the page's policy refuses an expression at the second look
    assert reader.page.evaluate("window.stays")


def test_a_page_that_cannot_be_seen_asks_for_nothing(chromium: Browser, url: str, office: Organisation) -> None:
    reader, asked = going_on(chromium, url, office)
    reader.page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    reader.page.clock.fast_forward(SECONDS * 3000)
    assert asked == []

    reader.page.evaluate("Object.defineProperty(document, 'hidden', {value: false, configurable: true})")
    reader.page.clock.fast_forward(SECONDS * 1000)
    reader.page.wait_for_selector("main form button.button")
    assert len(asked) > 0


def test_a_session_that_has_ended_leads_to_the_door_and_back(chromium: Browser, url: str, office: Organisation) -> None:
    reader, _ = going_on(chromium, url, office)
    here = reader.page.url
    reader.page.context.clear_cookies()
    reader.page.clock.fast_forward(SECONDS * 1000)
    reader.page.wait_for_selector("#email")
    assert here.removeprefix(url) in reader.page.url.replace("%2F", "/")
