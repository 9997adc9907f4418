"""An organisation whose complaints must name a unit, and that has none yet, says why complaints cannot be filed."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed, to_check

POLICY = """
language: 1
name: {en: A landlord}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
intake:
  unit: required
  channels: {web: {en: Web}}
  facts: {content: {en: What happened, required: true}}
stages:
  registered: {close: {by: clerk, to: closed}}
  closed: {name: {en: Closed}}
sample: {channel: web, facts: {content: The lamp is broken.}}
"""
WHY = "A complaint must name a unit, and this organisation has not registered any yet."


@pytest.fixture
def landlord(world: InProcess) -> Organisation:
    return sign_up_with(world, POLICY)


@pytest.fixture
def reader(world: InProcess) -> Browser:
    return Browser(world, "en")


def add_unit(landlord: Organisation) -> None:
    body = {"id": "north", "name": "North"}
    answer = landlord.world.call("POST", f"{landlord.path}/units", body, auth=landlord.auth("owner"))
    assert answer.status == 201, answer.text


def test_the_organisations_page_says_why_and_offers_no_form(landlord: Organisation, reader: Browser) -> None:
    page = reader.open(f"/t/{landlord.id}")

    assert WHY in page.text
    assert f"/t/{landlord.id}/file" not in [href.partition("?")[0] for href, _ in page.links]


def test_the_form_says_why_instead_of_asking_in_vain(landlord: Organisation, reader: Browser) -> None:
    page = reader.open(f"/t/{landlord.id}/file")

    assert WHY in page.text
    assert [one for form in page.forms for one in form.controls if one.name.startswith("fact.")] == []


def test_with_a_unit_a_complaint_is_filed(landlord: Organisation, reader: Browser) -> None:
    add_unit(landlord)

    number, _ = filed(reader, landlord)

    assert landlord.get(f"/complaints/{number}", "owner")["unit"] == "north"


def test_the_only_unit_is_not_asked_but_shown_before_the_filing(landlord: Organisation, reader: Browser) -> None:
    add_unit(landlord)

    first = reader.open(f"/t/{landlord.id}/file")
    assert first.headings == ["What happened?"]
    check = to_check(reader, landlord)
    number, _ = filed(reader, landlord)

    assert "North" in check.text
    assert landlord.complaint(number, "owner")["unit"] == "north"
