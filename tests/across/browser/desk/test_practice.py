"""A new handler in a real browser: a practice organisation, the guide from filing to closing, and its end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.across.browser import desk_person
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_days import COMPLAINANT, DAYS, Turn
from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.organisations.practice.practising import in_practice
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
PRESET = "customer-service"
ASSIGN = Turn("agent", "assign", {"responsible": ["@after_sales"]})
"""An invented complaint says its kind."""
TURNS = [ASSIGN, *(one for one in DAYS[PRESET] if one.act not in ("", "assign"))]
TICKED, STEPS = "ol.guide li.done-step", "ol.guide li"


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), PRESET)


def begin(reader: Reader, office: Organisation) -> Organisation:
    """From the queue to the desk of a practice organisation of one's own."""
    reader.press("a[href*='/desk/practice']")
    reader.press_twice("form[action*='/practice'] button", until="main form[action*='/practice/complaints']")
    [tenant] = re.findall(r"/t/([a-z0-9-]+)/desk/practice", reader.page.url)
    found = in_practice(office, "agent", tenant)
    for one in office.world.call("GET", f"{found.path}/people", auth=found.auth("owner")).json["people"]:
        for grant in one["grants"]:
            if len(one["grants"]) == 1:
                found.subs[grant["role"]] = one["sub"]
    return found


def complain(reader: Reader) -> tuple[str, str]:
    """Three invented complaints. The number and the receipt of the first."""
    reader.press("main form[action*='/practice/complaints'] button")
    row = reader.page.locator("table.queue tbody tr").first
    return row.locator("td.no a").inner_text(), row.locator("code.secret").inner_text()


def done(reader: Reader, practice: Organisation) -> int:
    """The steps of the guide that are ticked."""
    reader.open(f"{desk(practice)}/guide")
    return reader.page.locator(TICKED).count()


def turn(reader: Reader, complainant: Reader, practice: Organisation, number: str, one: Turn) -> None:
    if one.who == COMPLAINANT:
        desk_person.answer(complainant, practice, number, one.act, one.fields)
    else:
        as_whom(reader, practice, practice.subs[one.who])
        desk_person.act(reader, practice, number, one.act, one.fields)


def as_whom(reader: Reader, practice: Organisation, sub: str) -> None:
    """As an invented person, whom the record names from then on."""
    reader.open(f"{desk(practice)}/practice")
    button = f"main form[action*='/part'] button[value='{sub}']"
    if not reader.page.locator(button).is_disabled():
        reader.press(button)


@pytest.mark.parametrize(("language", "width", "scripts"), [("zh-CN", 390, True), ("en-GB", 1280, False)])
def test_a_new_handler_takes_a_complaint_from_filing_to_closing_by_the_guide(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = desk_person.at_desk(chromium, url, office, "agent", language=language, width=width, scripts=scripts)
    practice = begin(reader, office)
    number, receipt = complain(reader)
    complainant = Reader(chromium, url, language=language, width=390, scripts=True)
    complainant.open(f"/t/{practice.id}/case/{number}")
    complainant.page.fill("input[name=receipt]", receipt)
    complainant.press("main form button.button")

    ticked = [done(reader, practice)]
    for one in TURNS:
        turn(reader, complainant, practice, number, one)
        ticked.append(done(reader, practice))
    assert ticked == sorted(ticked)
    assert ticked[-1] == reader.page.locator(STEPS).count()
