"""A complainant's way through the pages of each procedure, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from tests.across.browser.conftest import ALL, ALL_PAGES
from tests.across.browser.journeys import add_file, begin, file_opened, report_office
from tests.across.browser.reader import Reader
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, sign_up, sign_up_owner
from tests.helpers.fakes.files import PDF

VIEWS = list(product(("zh-CN", "en-GB"), (320, 1280), (True, False)))
"""Language, width in CSS pixels, and whether scripts run. `make test` has one of them for each of two procedures."""
BY_DAY = (0, 7)
"""Their places among the presets, and of their views: one has each language, each width, and scripts or none."""
TWICE = "document.documentElement.style.fontSize = '225%'"
"""Twice the size of the style sheet."""
WITH_FILE = presets.names()[:8:4]
"""The procedures to whose complaints `make test` adds a file."""


class Journey(NamedTuple):
    preset: str
    language: str
    width: int
    scripts: bool


class Begun(NamedTuple):
    organisation: Organisation
    reader: Reader


JOURNEYS = (
    [Journey(preset, *view) for preset in presets.names() for view in VIEWS]
    if ALL
    else [Journey(presets.names()[place], *VIEWS[place]) for place in BY_DAY]
)
AHEAD = 3
"""Journeys that are begun before the first of them goes on, so that the brake on programs lets it pass at once."""


@pytest.fixture(autouse=True)
def closed_windows() -> None:
    """In place of the one for all tests: journeys that are begun ahead stay open, and each closes its own window."""


@pytest.fixture(scope="module")
def begun(stack: LocalStack, chromium: Browser) -> Callable[[Journey], Begun]:
    waiting: dict[Journey, Begun] = {}
    tried: set[str] | None = None if ALL else set()

    def take(journey: Journey) -> Begun:
        place = JOURNEYS.index(journey)
        for each in JOURNEYS[place : place + AHEAD]:
            waiting[each] = waiting.get(each) or first_question(stack, chromium, each, tried)
        return waiting.pop(journey)

    return take


def first_question(stack: LocalStack, chromium: Browser, journey: Journey, tried: set[str] | None) -> Begun:
    organisation = sign_up_owner(stack, journey.preset)
    view = {"language": journey.language, "width": journey.width, "scripts": journey.scripts}
    reader = Reader(chromium, stack.url, **view, tried=tried)
    begin(reader, organisation.id)
    return Begun(organisation, reader)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: "-".join(map(str, journey)))
def test_a_complaint_is_filed_and_followed(begun: Callable[[Journey], Begun], journey: Journey) -> None:
    organisation, reader = begun(journey)
    number = file_opened(reader)
    assert reader.page.url.endswith(f"/t/{organisation.id}/case/{number}")
    if ALL or journey.preset in WITH_FILE:
        add_file(reader, PDF)
        assert reader.has("[data-uploads] li")
    reader.page.context.close()


@ALL_PAGES
def test_a_complaint_is_filed_with_the_keyboard_alone(stack: LocalStack, chromium: Browser) -> None:
    organisation = sign_up(stack, "government-service-centre")
    reader = Reader(chromium, stack.url, language="en-GB", width=1280, scripts=True)
    reader.open(f"/t/{organisation.id}/file")
    keys = reader.page.keyboard
    reader.page.focus("input[type=radio]")
    keys.press("Space")
    with reader.page.expect_navigation():
        keys.press("Enter")
    assert "What happened?" in (reader.page.text_content("h1") or "")


@ALL_PAGES
def test_the_text_may_be_twice_as_large(stack: LocalStack, chromium: Browser) -> None:
    organisation = sign_up(stack, "food-drug-administration")
    reader = Reader(chromium, stack.url, language="zh-CN", width=640, scripts=True)
    for path in ("", "/file", "/case"):
        reader.open(f"/t/{organisation.id}{path}")
        reader.page.evaluate(TWICE)
        reader.look()


@ALL_PAGES
def test_the_link_of_a_demand_brings_its_receipt_and_hides_it(stack: LocalStack, chromium: Browser) -> None:
    office = marketplace_in(stack)
    number = office.file()
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    found = office.get(f"/complaints/{number}/demands/{demand}/link", "screener")
    reader = Reader(chromium, stack.url, language="zh-CN", width=320, scripts=True)
    reader.open(found["page"].removeprefix(stack.url))
    assert reader.page.input_value("#receipt") == found["receipt"]
    assert "#" not in reader.page.url
    reader.press("button.button")
    assert number in (reader.page.text_content(".step") or "")


@ALL_PAGES
@pytest.mark.parametrize("scripts", [True, False])
def test_the_office_is_reported(stack: LocalStack, chromium: Browser, scripts: bool) -> None:
    organisation = sign_up(stack, "platform")
    reader = Reader(chromium, stack.url, language="en-GB", width=320, scripts=scripts)
    report_office(reader, organisation.id)
    assert f"/t/{organisation.id}/report/" in reader.page.url


@ALL_PAGES
@pytest.mark.parametrize("path", ["/docs", "/docs/post_complaint", "/docs/schemas/NewComplaint", "/"])
def test_the_documentation_is_readable(stack: LocalStack, chromium: Browser, path: str) -> None:
    Reader(chromium, stack.url, language="zh-CN", width=320, scripts=True).open(path)
