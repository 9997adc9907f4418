"""The 300 complaints of `make demo-load`, with texts of real reviews, worked at the desk in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from benchmarks.demo_load.playing import PlayedCase
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk.demo_loaded import LoadedOffice, loaded
from tests.across.browser.desk_person import CHECK, DO, DONE, at_desk, enter, open_act
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
ROWS = 50
NOTE = "等待经办人回电"


class Seat(NamedTuple):
    """Who works where, in which language and at which width. `act`: what this role does next on many complaints."""

    preset: str
    who: str
    act: str
    stage: str
    language: str
    width: int


SEATS = [
    Seat("corporate-standard", "business_unit", "decide", "handling", "zh-CN", 1280),
    Seat("food-drug-administration", "officer", "inspect", "investigating", "en-GB", 390),
]


class Scene(NamedTuple):
    url: str
    offices: dict[str, LoadedOffice]


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    world, offices = loaded()
    with served(world) as url:
        yield Scene(url, offices)


@pytest.fixture(params=SEATS, ids=lambda seat: seat.preset)
def seat(request: pytest.FixtureRequest) -> Seat:
    found = request.param
    assert isinstance(found, Seat)
    return found


@pytest.fixture
def here(scene: Scene, seat: Seat) -> LoadedOffice:
    return scene.offices[seat.preset]


@pytest.fixture
def reader(chromium: Browser, scene: Scene, seat: Seat, here: LoadedOffice) -> Reader:
    return at_desk(chromium, scene.url, here.office, seat.who, language=seat.language, width=seat.width)


def rows(reader: Reader) -> list[str]:
    """The numbers on the page, in order."""
    return reader.page.locator(".queue td.no a").all_inner_texts()


def count(reader: Reader, tab: str) -> str:
    return reader.page.inner_text(f".tabs a[href*='tab={tab}'] .count")


def text_of(one: PlayedCase) -> str:
    facts = one.case.body["facts"]
    return str(facts.get("content") or facts["reasons"])


def test_the_queue_shows_each_open_complaint_once_on_pages_of_50(reader: Reader, here: LoadedOffice) -> None:
    open_, seen = here.open_numbers(), rows(reader)
    assert len(seen) == ROWS
    while reader.has(".pager a[href*='cursor=']"):
        reader.press(".pager a[href*='cursor=']")
        seen += rows(reader)
    assert seen == open_


def test_each_tab_has_as_many_complaints_as_it_says(reader: Reader, here: LoadedOffice) -> None:
    numbers = len(here.open_numbers())
    said = {tab: int(count(reader, tab)) for tab in ("mine", "unassigned", "overdue", "approval")}
    assert said["mine"] > ROWS > said["unassigned"] > 0
    assert 0 < said["overdue"] < numbers
    for tab in ("unassigned", "overdue"):
        reader.press(f".tabs a[href*='tab={tab}']")
        assert len(rows(reader)) == min(said[tab], ROWS), tab


def test_a_filter_of_the_form_keeps_what_the_api_keeps(reader: Reader, seat: Seat, here: LoadedOffice) -> None:
    reader.page.click("details.filters summary >> nth=0")
    reader.page.check(f"details.filters input[name=stage][value={seat.stage}]")
    reader.press("details.filters form button >> nth=0")
    kept = here.office.get(f"/complaints?limit=100&stage={seat.stage}", seat.who)["complaints"]
    assert rows(reader) == [row["number"] for row in kept][:ROWS]
    assert re.search(rf"\b{len(kept)}\b", reader.page.inner_text(".found"))


def test_words_of_a_review_find_the_complaint_and_its_page_has_the_review(reader: Reader, here: LoadedOffice) -> None:
    longest = max(here.cases, key=lambda one: len(text_of(one)))
    reader.page.fill("#q", text_of(longest)[10:30])
    with reader.page.expect_navigation():
        reader.page.press("#q", "Enter")
    reader.look()
    assert longest.number in rows(reader)

    reader.press(f"a[href*='/complaints/{longest.number}']")
    shown = " ".join(reader.page.inner_text("main").split())
    assert " ".join(text_of(longest).split()) in shown


def test_a_person_does_what_the_plan_has_next(reader: Reader, seat: Seat, here: LoadedOffice) -> None:
    one, step = here.next_for(seat.who, seat.act)
    reader.open(f"{desk(here.office)}?tab=mine&stage={one.stage}")
    reader.press(f"a[href*='/complaints/{one.number}']")
    open_act(reader, step.act)
    enter(reader, here.office, step.fields)
    reader.press(CHECK)
    assert reader.has(DO), reader.page.inner_text("main")
    reader.press(DO)
    assert DONE in reader.page.url
    done = [event for event in here.office.events(one.number) if event.get("act") == step.act]
    assert [done[-1]["actor"].get("id")] == [here.office.subs[seat.who]]


def test_a_note_on_all_that_match_is_on_each_of_them(reader: Reader, seat: Seat, here: LoadedOffice) -> None:
    reader.open(f"{desk(here.office)}?tab=mine&stage={seat.stage}")
    kept = here.office.get(f"/complaints?limit=100&mine=true&stage={seat.stage}", seat.who)["complaints"]
    reader.page.check("#several input[name=every]")
    reader.press("#several button")
    reader.press("main a[href*='act=note']")
    reader.page.fill("[name='fact.text']", NOTE)
    for _ in ("check", "do"):
        reader.press("main form button.button")
        here.office.world.settle()
        reader.page.reload()
        reader.look()
    assert reader.page.locator("main td.no").count() == min(len(kept), ROWS) > 20
    noted = [here.office.events(row["number"], type_="noted") for row in kept]
    assert [len(each) for each in noted] == [1] * len(kept)
