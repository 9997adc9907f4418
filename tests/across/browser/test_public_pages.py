"""Public pages in a real browser: room for a finger, and those on privacy and accessibility with the links to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.offices.marketplace import decided, marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.register.notices import published

pytestmark = ALL_PAGES
VIEWS = (("zh-CN", 320), ("en-GB", 320), ("zh-CN", 1280), ("en-GB", 1280))
LEAST = 24
"""Pixels: WCAG 2.2, success criterion 2.5.8. Links inside a sentence are exempt there."""
SMALL = f"""() => [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select')]
  .filter(one => one.checkVisibility({{visibilityProperty: true}}) && !one.closest('.skip, [aria-hidden]'))
  .filter(one => {{
    const around = one.parentElement.textContent.trim().length - one.textContent.trim().length
    const inSentence = one.tagName === 'A' && getComputedStyle(one).display === 'inline' && around > 1
    if (inSentence) return false
    const label = one.labels?.[0]?.getBoundingClientRect(), box = one.getBoundingClientRect()
    return Math.max(box.height, label?.height || 0) < {LEAST} || Math.max(box.width, label?.width || 0) < {LEAST}
  }})
  .map(one => one.outerHTML.slice(0, 90) + ' ' + one.getBoundingClientRect().height)"""
PAGES = ["", "/file", "/case", "/lost-receipt", "/report", "/reports", "/register", "/figures", "/privacy"]
OWN = ["", "/decision", "/copy", "/files", "/acts/write", "/acts/correct"]


@pytest.fixture(scope="module")
def office() -> Organisation:
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    published(found)
    return found


@pytest.fixture(scope="module")
def number(office: Organisation) -> str:
    found = decided(office)
    office.world.settle()
    return found


@pytest.fixture(scope="module")
def url(office: Organisation, number: str) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 320), ("en-GB", 1280)])
def test_what_is_pressed_has_room_for_a_finger(
    chromium: Browser, url: str, office: Organisation, number: str, language: str, width: int
) -> None:
    reader = Reader(chromium, url, language=language, width=width, scripts=True)
    found = dict[str, list[str]]()

    def measure(path: str) -> None:
        reader.page.goto(url + path)
        small = reader.page.evaluate(SMALL)
        if small:
            found[path] = small

    for path in ["/", "/docs", "/sign-up", "/sign-up/platform", "/sign-in", "/accessibility"]:
        measure(path)
    for path in PAGES:
        measure(f"/t/{office.id}{path}")
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    for path in OWN:
        measure(f"/t/{office.id}/case/{number}{path}")

    assert found == {}


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, str]]:
    """The address, and the organisation's id."""
    world = InProcess("2026-11-27T09:00:00+08:00")
    office = sign_up(world, "platform")
    with served(world) as url:
        yield url, office.id


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_both_pages_keep_the_rules_and_fit(
    chromium: Browser, place: tuple[str, str], language: str, width: int
) -> None:
    url, office = place
    reader = Reader(chromium, url, language=language, width=width, scripts=True)

    for path in (f"/t/{office}/privacy", "/accessibility"):
        reader.open(path)
        assert reader.page.locator("main h2").count() >= 4
        heights = [one.bounding_box() for one in reader.page.locator(".legal a").all()]
        assert all(box is not None and box["height"] >= LEAST for box in nonempty(heights)), path


def test_the_foot_of_a_page_leads_to_both(chromium: Browser, place: tuple[str, str]) -> None:
    url, office = place
    reader = Reader(chromium, url, language="en-GB", width=320, scripts=False)
    reader.open(f"/t/{office}")
    reader.press(".legal a:first-of-type")
    assert reader.page.url.endswith("/privacy")
    reader.press(".legal a:last-child")

    assert reader.page.url.endswith("/accessibility")
