"""Who may file for somebody at the desk: those whom the API lets file, and who handle complaints."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.filing.desk.intake import at_intake, checked, file_path, intake_of, number_and_receipt, press
from tests.filing.test_filed_by import POLICY
from tests.sign_in.door import START, at_the_desk, desk

ONLY_CALLS = POLICY.replace("channels: {web: {en: Web}, ", "channels: {").replace("channel: web", "channel: call")
MENU = "File for somebody"


@pytest.fixture
def council() -> Organisation:
    return sign_up_with(InProcess(START), POLICY)


def channels(office: Organisation, who: str) -> set[str]:
    return {one.value for one in intake_of(at_intake(office, who)).controls if one.name == "channel"}


@pytest.mark.parametrize(
    ("who", "known"),
    [
        ("hotline", {"web", "call", "desk"}),
        ("clerk", {"web", "desk"}),
        ("archivist", {"web"}),
        ("owner", {"web"}),
    ],
)
def test_the_form_offers_the_channels_of_the_member(council: Organisation, who: str, known: set[str]) -> None:
    assert channels(council, who) == known


def test_an_only_channel_is_chosen(council: Organisation) -> None:
    chosen = [one.value for one in intake_of(at_intake(council, "archivist")).controls if one.checked]
    assert "web" in chosen


@pytest.mark.parametrize("who", ["clerk", "owner"])
def test_members_without_a_channel_neither_see_the_entry_nor_open_the_page(who: str) -> None:
    office = sign_up_with(InProcess(START), ONLY_CALLS.replace(", desk: [clerk, hotline]", ", desk: hotline"))
    browser = at_the_desk(office, who)
    assert MENU not in browser.page.text
    browser.open(file_path(office))
    assert browser.answer.status == 403
    assert browser.ask(file_path(office), [("go", "check")]).status == 403
    assert browser.ask(f"{file_path(office)}/earlier", []).status == 403
    assert MENU in at_the_desk(office, "hotline").page.text


def test_the_party_complained_about_takes_no_complaints() -> None:
    office = sign_up(InProcess(START), "platform")
    office.world.call("POST", f"{office.path}/units", {"id": "seller", "name": "Seller"}, auth=office.auth("owner"))
    hire(office, "respondent", name="seller", unit="seller")
    browser = at_the_desk(office, "seller")
    assert MENU not in browser.page.text
    browser.open(file_path(office))
    assert browser.answer.status == 403


def test_the_page_after_a_filing_leads_to_the_case_only_if_the_member_sees_it() -> None:
    office = sign_up(InProcess(START), "property-management")
    for id_, name in (("north", "North"), ("south", "South")):
        body = {"id": id_, "name": name}
        office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner"))
    hire(office, "management_office", name="north_office", unit="north")
    for unit, leads in (("north", True), ("south", False)):
        browser = at_intake(office, "north_office")
        checked(browser, unit=unit)
        press(browser, "file")
        number, _ = number_and_receipt(browser)
        assert any(href.endswith(f"/complaints/{number}") for href, _ in browser.page.links) == leads
        browser.open(f"{desk(office)}/complaints/{number}")
        assert browser.answer.status == (200 if leads else 404)
