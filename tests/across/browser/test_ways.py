"""Each procedure is filed by the keyboard alone, at twice the size, and back and forth through every step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import file, go, inputs, person, think, to_check, type_page
from tests.across.browser.journeys import MOST_PAGES
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES

LANGUAGES = ("zh-CN", "en-GB")
BY_TURNS = [(preset, LANGUAGES[place % 2]) for place, preset in enumerate(presets.names())]
"""Each procedure in one of the languages."""
EACH_WAY = [(preset, scripts) for preset in presets.names() for scripts in (True, False)]


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def url(world: InProcess) -> Iterator[str]:
    with served(world) as address:
        yield address


@pytest.mark.parametrize(("preset", "language"), BY_TURNS)
def test_a_complaint_is_filed_and_opened_with_the_keyboard_alone(
    chromium: Browser, world: InProcess, url: str, preset: str, language: str
) -> None:
    office = sign_up(world, preset)
    reader = person(chromium, url, language=language, width=1280)
    reader.open(f"/t/{office.id}/file")
    for _ in range(MOST_PAGES):
        if reader.has(".number"):
            break
        think(office)
        type_page(reader)
    assert reader.has(".number")
    number = reader.page.text_content(".number") or ""
    reader.page.focus("form button.button")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.look()

    assert number in (reader.page.text_content("h1") or "-")


@pytest.mark.parametrize(("preset", "language"), BY_TURNS)
def test_a_complaint_is_filed_at_200_percent(
    chromium: Browser, world: InProcess, url: str, preset: str, language: str
) -> None:
    office = sign_up(world, preset)
    reader = person(chromium, url, language=language, width=1280, zoom=2)

    number = file(reader, office)
    reader.press("form button.button")

    assert number in (reader.page.text_content("h1") or "-")


@pytest.mark.parametrize(("preset", "scripts"), EACH_WAY)
def test_back_and_forward_show_each_step_with_its_answers(
    chromium: Browser, world: InProcess, url: str, preset: str, scripts: bool
) -> None:
    office: Organisation = sign_up(world, preset)
    reader = person(chromium, url, scripts=scripts, rules=False)
    asked = to_check(reader, office)
    shown = {}
    for _ in range(MOST_PAGES):
        if reader.page.url.partition("?")[0] == asked[0]:
            break
        go(reader, back=True)
        shown[reader.page.url.partition("?")[0]] = inputs(reader)
    assert list(shown) == asked[::-1]
    assert [page for page, found in shown.items() if not any(value for _, _, value in found)] == []

    for page in asked[1:]:
        while reader.page.url.partition("?")[0] != page:
            go(reader, back=False)
        assert inputs(reader) == shown[page]
