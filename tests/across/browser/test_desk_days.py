"""A working day of each preset at the desk, by several people who have signed in, each in a browser of their own.

Filed on the public page, found in the queue, accepted or assigned, missed, escalated, decided, answered by the
complainant on the public page, closed, archived. `Reader.look` examines every page on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser

from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.policy import presets
from tests.across.browser import desk_person
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_days import COMPLAINANT, DAYS, HEARD, LATE
from tests.across.browser.filing_person import file, person
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES
VIEWS = [
    {"language": language, "width": width, "scripts": width != 768}
    for width, language in product((1280, 390, 1920, 768), ("zh-CN", "en-GB"))
]
"""Of the people of a day, in turn. Where no script runs, the browser cannot be asked for the page's width."""
MOST_DAYS = 60
OBJECTION = 5 * DAY


class People:
    """The browser of each person who has signed in at an organisation."""

    def __init__(self, chromium: Browser, url: str, office: Organisation, first: int) -> None:
        self._chromium, self._url, self._office, self._next = chromium, url, office, first
        self._readers: dict[str, Reader] = {}
        self._tried: set[str] = set()

    def of(self, who: str) -> Reader:
        if who not in self._readers:
            view: dict[str, Any] = VIEWS[self._next % len(VIEWS)]
            self._next += 1
            self._readers[who] = desk_person.at_desk(
                self._chromium, self._url, self._office, who, **view, tried=self._tried
            )
        return self._readers[who]


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def url(world: InProcess) -> Iterator[str]:
    with served(world) as address:
        yield address


@pytest.mark.parametrize("preset", presets.names())
def test_a_complaint_is_worked_at_the_desk_from_the_filing_to_the_archive(
    chromium: Browser, world: InProcess, url: str, preset: str
) -> None:
    office = sign_up(world, preset)
    complainant = person(chromium, url, width=390)
    number = file(complainant, office)
    complainant.press("form button.button")
    people = People(chromium, url, office, first=presets.names().index(preset))

    for turn in DAYS[preset]:
        if turn is LATE:
            be_late(office, number, people)
        elif turn is HEARD:
            world.move_to(to_text(world.now() + OBJECTION))
        elif turn.who == COMPLAINANT:
            desk_person.answer(complainant, office, number, turn.act, turn.fields)
        else:
            desk_person.act(people.of(turn.who), office, number, turn.act, turn.fields)

    assert office.complaint(number, "owner")["stage"] == "archived"
    desk_person.open_case(people.of("owner"), office, number, "?shelf=archived")


def be_late(office: Organisation, number: str, people: People) -> None:
    """A deadline is missed, and the complaint goes up a tier. The queue and its page say so."""
    for _ in range(MOST_DAYS):
        office.world.move_to(to_text(office.world.now() + DAY + HOUR))
        if office.complaint(number, "owner")["tier"] > 1:
            break
    reader = people.of("owner")
    desk_person.open_case(reader, office, number, "?tab=overdue")
    assert reader.has(".band.late")
