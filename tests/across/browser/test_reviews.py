"""Ten real texts of `make demo-load`, typed into the pages: they reach the complaint as they are."""

from __future__ import annotations

from itertools import cycle, islice

import pytest
from playwright.sync_api import Browser

from benchmarks.demo_load import corpus, picking
from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import file, person
from tests.across.browser.served import served
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES

REVIEWS = 10
ROWS = list(islice(cycle(presets.names()), REVIEWS))


@pytest.fixture(scope="module")
def reviews() -> list[str]:
    """Some of the texts that are long enough and about refunds, delivery or service, far from each other."""
    try:
        found = picking.pick(corpus.lines(), 30 * REVIEWS)
    except corpus.CorpusUnavailable as reason:
        pytest.skip(str(reason))
    return found[::30]


@pytest.mark.parametrize(("place", "preset"), list(enumerate(ROWS)))
def test_a_review_is_filed_as_it_is(chromium: Browser, reviews: list[str], place: int, preset: str) -> None:
    world, text = InProcess("2026-11-27T09:00:00+08:00"), reviews[place]
    office = sign_up(world, preset)
    with served(world) as url:
        reader = person(chromium, url, rules=False)
        number = file(reader, office, text=text)
        shown = reader.page.locator(".answers .given").all_text_contents()
        receipt = (reader.page.text_content(".secret") or "").strip()

    view = world.call("GET", f"{office.path}/complaints/{number}", auth=f"Receipt {receipt}").json
    assert text in view["facts"].values()
    assert text in [one.strip() for one in shown]
