"""A complaint tried in a real browser: the timeline in both languages and sizes, by keyboard and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
VIEWS = pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [("zh-CN", 390, True), ("en-GB", 390, False), ("zh-CN", 1280, False), ("en-GB", 1280, True)],
)
TRY = "/procedure/draft/try"
LINES = ".event-lines li"


@pytest.fixture(scope="module")
def office() -> Organisation:
    return sign_up(InProcess(START), "auto-repair")


def opened(chromium: Browser, url: str, office: Organisation, query: str, **view: object) -> Reader:
    reader = at_desk(chromium, url, office, "owner", **view)
    reader.open(f"{desk(office)}{TRY}{query}")
    return reader


@VIEWS
def test_a_trial_is_shown_changed_and_wrong_in_each_view(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = opened(chromium, url, office, "?example=9", language=language, width=width, scripts=scripts)
    drawing = ".narrow-line svg" if width == 390 else ".wide-line svg"
    assert reader.page.locator(drawing).is_visible()
    assert reader.page.locator("svg[role=group]:visible").count() == 1
    before = reader.page.locator(LINES).count()
    reader.press("button[value=add]")
    assert reader.page.locator(LINES).count() == before + 1
    assert not reader.has("svg[role=group]")
    assert reader.page.locator("main .faults a").count() == 1
    reader.press(f"button[value='remove {before}']")
    assert reader.page.locator(f"{drawing} a.t-run").count() >= 5
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.faults == []


def test_events_are_typed_and_a_run_leads_to_its_reason_by_keyboard(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = opened(chromium, url, office, "?example=0", language="en-GB", width=1280, scripts=True)
    page = reader.page
    page.focus("#line-0-date + input")
    page.keyboard.press("Control+A")
    page.keyboard.type("10:30")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reader.look()
    assert page.input_value("#line-0-date + input") == "10:30"
    page.focus(".wide-line")
    page.keyboard.press("Tab")
    address = page.evaluate("document.activeElement.getAttribute('href')")
    assert address.startswith("#run-")
    page.keyboard.press("Enter")
    assert page.locator(f"tr{address}:target .why").is_visible()


def test_a_trial_is_kept_and_its_example_passes(chromium: Browser, url: str, office: Organisation) -> None:
    reader = opened(chromium, url, office, "?example=1", language="zh-CN", width=1280, scripts=False)
    before = reader.page.locator(".outcomes li").count()
    reader.page.fill("#name", "当天答复")
    reader.press("button[value=keep]")
    assert reader.page.locator(".outcomes .passes").count() == before + 1
    assert reader.page.inner_text(".outcomes [aria-current]") == "当天答复"
