"""What follows a filing, for each procedure: an office that is late, a complainant who is silent, one without mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from chalicelib.kit.instants import HOUR, from_text, to_text
from chalicelib.policy import presets
from chalicelib.policy.language.vocabulary import event_term
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import file, open_case, person
from tests.across.browser.served import served
from tests.clauses.general.offices_by_preset import START, office_of, play
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES

LATE: Mapping[str, str] = {**dict.fromkeys(presets.names(), "file"), "telecom-regulator": "accepted"}
"""The step of the preset's office after which the organisation owes something: telecom waits for evidence first."""
REOPEN = '[href*="/acts/reopen"]'


class Silent(NamedTuple):
    """After the step `after` with `given`, the complainant owes an answer until the end of `clock`, or of the demand.

    `then`: what their page has after that time.
    """

    after: str
    clock: str = "silence"
    then: str = REOPEN
    given: Mapping[str, str] = {}


SILENT: Mapping[str, Silent] = {
    "platform": Silent("file", "", f"text={event_term('demand_lapsed').label.zh}"),
    "auto-repair": Silent("offered"),
    "auto-repair-forms": Silent("parked", given={"reason": "no_time"}),
    "government-service-centre": Silent("decided"),
    "telecom-regulator": Silent("file"),
    "corporate-standard": Silent("decided"),
    "property-management": Silent("decided"),
    "customer-service": Silent("offered"),
    "food-drug-administration": Silent("decided"),
}
each_preset = pytest.mark.parametrize("preset", presets.names())


def world_of(office: Organisation) -> InProcess:
    assert isinstance(office.world, InProcess)
    return office.world


def first_due(office: Organisation, number: str) -> str:
    """Of the duties of the organisation."""
    found = office.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return min(one["due"] for one in found if one["duty"] == "office" and one["state"] == "running" and one["due"])


def ends(office: Organisation, number: str, clock: str) -> str:
    """When the time of the complainant is over."""
    if clock:
        return str(office.deadline(number, clock)["due"])
    return str(office.events(number, type_="evidence_demanded")[-1]["fields"]["until"])


@each_preset
def test_the_complainant_of_a_late_office_reminds_it(chromium: Browser, preset: str) -> None:
    office = office_of(preset)
    number = play(office, {"after": LATE[preset]})
    office.world.move_to(to_text(from_text(first_due(office, number)) + HOUR))
    with served(world_of(office)) as url:
        reader = person(chromium, url)
        open_case(reader, office, number)
        reader.press('[href*="/acts/remind"]')
        reader.press("main form button.button")

        assert "told=done" in reader.page.url
    assert len(office.events(number, type_="reminded")) == 1


@each_preset
def test_a_silent_complainant_reads_what_time_has_done(chromium: Browser, preset: str) -> None:
    silent = SILENT[preset]
    office = office_of(preset)
    office.mails = True
    number = play(office, {"after": silent.after, "with": silent.given})
    with served(world_of(office)) as url:
        reader = person(chromium, url)
        open_case(reader, office, number)
        assert not reader.has(silent.then)
        office.world.move_to(ends(office, number, silent.clock))
        open_case(reader, office, number)

        assert reader.has(silent.then)


@each_preset
def test_a_person_without_mail_is_told_how_news_reach_them(chromium: Browser, preset: str) -> None:
    world = InProcess(START)
    office = sign_up(world, preset)
    with served(world) as url:
        reader = person(chromium, url)
        file(reader, office, without="email")
        told = reader.page.text_content("main") or ""
        assert "您没有提供电子邮箱" in told
        assert not reader.has("[value=mail]")
        reader.press("form button.button")

        assert reader.has("h1 .whole")
