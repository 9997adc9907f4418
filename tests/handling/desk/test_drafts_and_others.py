"""A draft of an act opens for its author alone, and loses no word when others change the complaint or the rights."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.desk.desk import at_act, case_path, opened
from tests.handling.desk.drafting import TEXT, noted, notes, press, waiting
from tests.sign_in.door import START, at_the_desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


@pytest.fixture
def number(office: Organisation) -> str:
    return office.file()


def test_another_member_neither_sees_nor_opens_it(office: Organisation, number: str) -> None:
    address = noted(office, number).path
    other = opened(office, number, "director")
    assert waiting(other) == []

    other.open(address)

    assert other.path == f"{case_path(office, number)}?told=no_draft"
    assert TEXT not in other.answer.text


def test_another_organisation_does_not_open_it(office: Organisation, number: str) -> None:
    """Not under its own number, which is the same."""
    address = noted(office, number).path
    own = sign_up(office.world, "platform")
    assert own.file() == number
    attacker = at_the_desk(own, "screener")

    attacker.open(address)
    assert (attacker.answer.status, TEXT in attacker.answer.text) == (403, False)
    attacker.open(address.replace(office.id, own.id))
    assert attacker.path == f"{case_path(own, number)}?told=no_draft"


def test_it_belongs_to_its_act_and_its_complaint(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    address, further = browser.path, office.file()
    for elsewhere in (address.replace("/note/", "/refuse/"), address.replace(number, further)):
        browser.open(elsewhere)
        assert browser.path.endswith("?told=no_draft")


def test_a_draft_of_a_changed_complaint_keeps_every_word_and_says_who_changed_what(
    office: Organisation, number: str
) -> None:
    address = noted(office, number).path
    office.act(number, "director", "note", text="Look at the photo.")
    browser = at_the_desk(office, "screener")
    browser.open(address)

    assert browser.answer.status == 412
    assert "Note director" in browser.page.text
    assert TEXT in browser.answer.text
    press(browser, "check")
    press(browser, "do")
    assert notes(office, number) == ["Look at the photo.", TEXT]


def test_a_change_before_the_last_click_leads_to_the_form_with_every_word(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    office.act(number, "director", "note", text="Look at the photo.")
    press(browser, "do")

    assert (browser.answer.status, TEXT in browser.answer.text) == (412, True)
    assert notes(office, number) == ["Look at the photo."]


def test_a_draft_of_an_act_that_is_no_longer_open_keeps_every_word(office: Organisation, number: str) -> None:
    browser = at_act(office, number, "screener", "refuse")
    press(browser, "keep", fact__reason="Not a matter of this platform.")
    [address] = waiting(browser)
    office.act(number, "screener", "accept", responsible=office.subs["handler"])

    browser.open(address)

    assert browser.answer.status == 409
    assert "Not a matter of this platform." in browser.answer.text


def test_a_draft_of_a_member_who_may_no_longer_act_shows_them_their_words(office: Organisation, number: str) -> None:
    browser = at_act(office, number, "screener", "accept")
    press(browser, "keep", fact__responsible=[office.subs["handler"]])
    [address] = waiting(browser)
    person = f"{office.path}/people/{office.subs['screener']}"
    granted = office.world.call("PUT", person, {"grants": [{"role": "archivist"}]}, auth=office.auth("owner"))
    assert granted.status == 200, granted.text

    browser.open(address)

    assert browser.answer.status == 409
    assert office.subs["handler"] in browser.answer.text
