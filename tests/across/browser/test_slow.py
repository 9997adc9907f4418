"""Pages over a connection of the second generation: 50 kbit/s with a latency of two seconds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import SEND, person, think, to_check
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES

BYTES_A_SECOND = 50_000 // 8
SLOW = {
    "offline": False,
    "latency": 2_000,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
READABLE_WITHIN = 8_000
"""Milliseconds."""
PAINTED = """new Promise(seen => new PerformanceObserver(list => {
    const first = list.getEntriesByName('first-contentful-paint')[0];
    if (first) seen(first.startTime);
}).observe({type: 'paint', buffered: true}))"""


@pytest.mark.parametrize("preset", presets.names())
def test_the_first_page_is_readable_within_eight_seconds(stack: LocalStack, chromium: Browser, preset: str) -> None:
    """The time that this machine needs without the slow connection does not count, because tests run beside it."""
    page = f"/t/{sign_up(stack, preset).id}"

    machine = painted(Reader(chromium, stack.url, language="zh-CN", width=320, scripts=True, rules=False), page)
    slow = Reader(chromium, stack.url, language="zh-CN", width=320, scripts=True, rules=False)
    slow_down(slow)

    assert 2 * SLOW["latency"] < painted(slow, page) - machine <= READABLE_WITHIN


def slow_down(reader: Reader) -> None:
    reader.page.context.new_cdp_session(reader.page).send("Network.emulateNetworkConditions", SLOW)


def test_an_impatient_person_on_a_slow_connection_files_once(chromium: Browser) -> None:
    """They click twice, as nothing seems to happen."""
    world = InProcess("2026-11-27T09:00:00+08:00")
    office = sign_up(world, "customer-service")
    with served(world) as url:
        reader = person(chromium, url, rules=False)
        slow_down(reader)
        to_check(reader, office)
        think(office)
        reader.press_twice(SEND, ".number")

    assert len(office.get("/complaints", "owner")["complaints"]) == 1


def painted(reader: Reader, path: str) -> float:
    """Milliseconds until the browser shows the first text."""
    reader.open(path)
    return float(reader.page.evaluate(PAINTED))
