"""The desk's page of a complaint: what is due, what can be done, what it says, and what has happened."""

from __future__ import annotations

import re

import pytest

from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading.parsing import parse
from chalicelib.web.pages.deadlines import shown
from chalicelib.web.pages.reader import Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.handling.desk.desk import case_path, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def reads(office: Organisation, number: str) -> list[list[str]]:
    """The confidentiality classes of each read in the log."""
    return [one["classes"] for one in office.get(f"/complaints/{number}/reads", "owner")["reads"]]


def test_the_page_says_what_is_due_and_what_can_be_done(office: Organisation) -> None:
    browser = opened(office, office.file(), "screener")
    assert browser.answer.status == 200
    assert " left<" in browser.answer.text
    assert any(href.endswith("/acts/accept") for href, _ in browser.page.links)


def test_a_late_complaint_says_how_late_it_is(office: Organisation) -> None:
    number = office.file()
    advance(office.world, "20 days")
    assert " late<" in opened(office, number, "screener").answer.text


def test_the_band_leads_to_the_act_that_ends_what_is_due(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "classify", severity="general")
    assert band_link(opened(office, number, "screener")) == f"{case_path(office, number)}/acts/accept"


def test_the_band_says_for_whom_it_waits_if_the_reader_has_nothing_to_do(office: Organisation) -> None:
    browser = opened(office, office.file(), "archivist")
    assert band_link(browser) == ""
    assert "Waits for Screener" in browser.answer.text


def test_staff_do_not_read_that_they_owe_what_the_complainant_owes() -> None:
    regulator = sign_up(InProcess(START), "telecom-regulator")
    number = regulator.file()
    found = regulator.get(f"/complaints/{number}/deadlines", "inspector")["deadlines"]
    owed = [one for one in found if one["duty"] == "complainant"]
    calendar, reader = compile_policy(parse(presets.document("telecom-regulator")), "1").calendar, Reader("en", False)

    assert {one.actor for one in shown(owed, calendar, reader)} == {"you"}
    assert "you" not in {one.actor for one in shown(owed, calendar, reader, to_staff=True)}


def band_link(browser: Browser) -> str:
    """Where the filled button leads; empty without one."""
    found = re.search(r'<a class="button" href="([^"?]+)', browser.answer.text)
    return "" if found is None else found[1]


def test_a_message_stands_with_the_event_on_whose_account_it_was_sent_and_says_to_whom(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    text = opened(office, number, "screener").page.text

    assert "Notified System" not in text
    assert re.search(r"Accepted screener\s+(\S+\s+)*?Told: complainant, handler", text)


def test_an_act_that_is_not_open_stands_with_the_reason(office: Organisation) -> None:
    browser = opened(office, office.file(), "director")
    assert "Not now, because" in browser.page.text


def test_who_complains_is_shown_on_demand_and_then_in_the_read_log(office: Organisation) -> None:
    number = office.file()
    name = office.example()["facts"]["complainant.name"]

    browser = opened(office, number, "screener")
    assert name not in browser.answer.text
    assert not any("complainant" in classes for classes in reads(office, number))

    browser.follow("Show who complains")
    assert name in browser.answer.text
    assert any("complainant" in classes for classes in reads(office, number))


def test_the_page_names_who_did_what(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    assert "Accepted" in opened(office, number, "screener").page.text


def test_an_excluded_member_sees_only_how_far_it_is() -> None:
    bureau = sign_up(InProcess(START), "food-drug-administration")
    number = bureau.file()
    bureau.act(number, "officer", "recuse", reason="被投诉者是亲属。")
    browser = opened(bureau, number, "officer")

    assert "This complaint excludes you" in browser.page.text
    assert not any("/acts/" in href for href, _ in browser.page.links)


def test_a_member_of_another_organisation_is_told_that_they_have_no_part_in_it(office: Organisation) -> None:
    number = office.file()
    other = sign_up(office.world, "platform")
    browser = opened(other, other.file(), "screener")
    browser.open(case_path(office, number))
    assert browser.answer.status == 403


def test_an_unknown_number_is_a_page_that_says_so(office: Organisation) -> None:
    assert opened(office, "202611-999999", "screener").answer.status == 404
