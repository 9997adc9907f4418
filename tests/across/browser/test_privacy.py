"""The pages on privacy and on accessibility in a real browser: both languages and widths, and the links to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

pytestmark = ALL_PAGES
VIEWS = (("zh-CN", 320), ("en-GB", 320), ("zh-CN", 1280), ("en-GB", 1280))
SMALLEST = 24
"""CSS pixels of a link that is pressed with a finger (WCAG 2.5.8)."""


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
        assert all(box is not None and box["height"] >= SMALLEST for box in nonempty(heights)), path


def test_the_foot_of_a_page_leads_to_both(chromium: Browser, place: tuple[str, str]) -> None:
    url, office = place
    reader = Reader(chromium, url, language="en-GB", width=320, scripts=False)
    reader.open(f"/t/{office}")
    reader.press(".legal a:first-child")
    assert reader.page.url.endswith("/privacy")
    reader.press(".legal a:last-child")

    assert reader.page.url.endswith("/accessibility")
