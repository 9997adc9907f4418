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
from tests.handling.pages import cases
from tests.handling.pages.shops import page_of
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


@pytest.fixture
def world_of_offer() -> tuple[Organisation, str]:
    return cases.offered(InProcess(START))


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


def steps(browser: Browser) -> list[tuple[str, str]]:
    """State and text of each step."""
    listed = re.search(r'<ol class="stages">(.*?)</ol>', browser.answer.text, re.DOTALL)
    assert listed is not None
    found = re.findall(r'<li class="(\w+)[^"]*"[^>]*>(.*?)</li>', listed[1], re.DOTALL)
    return [(state, " ".join(re.sub(r"<[^>]+>", " ", text).split())) for state, text in found]


def test_staff_see_the_steps_with_the_deadline_of_each(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    found = steps(opened(office, number, "handler"))

    assert [state for state, _ in found] == ["passed", "now", "ahead", "ahead"]
    assert found[0][1].startswith("Past To be screened")
    assert "Handling: due by" in found[1][1]
    assert found[-1][1] == "Next Closed"


def test_staff_see_the_same_steps_as_the_complainant(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    public = page_of(office, number)
    names = [
        re.findall(r"<strong>(.*?)</strong>", one.answer.text) for one in (public, opened(office, number, "handler"))
    ]
    stages = [one[one.index("To be screened") :][:4] for one in names]
    assert stages[0] == stages[1]


def test_a_closed_complaint_has_no_step_ahead(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "refuse", ground="not_valid", reason="x")
    assert {state for state, _ in steps(opened(office, number, "screener"))} == {"passed"}


def test_a_late_step_says_so(office: Organisation) -> None:
    number = office.file()
    advance(office.world, "20 days")
    assert any("overdue" in text for state, text in steps(opened(office, number, "screener")) if state == "now")


def test_staff_read_that_a_step_waits_for_the_complainant(world_of_offer: tuple[Organisation, str]) -> None:
    browser = opened(*world_of_offer, "owner")
    assert any(text.endswith("waits for the complainant") for state, text in steps(browser) if state == "ahead")
    assert "it waits for you" not in browser.answer.text


def test_an_act_that_is_not_open_leads_to_those_that_open_it(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    reasons = why_not(opened(office, number, "handler"))
    assert f'href="{case_path(office, number)}/acts/inspect"' in reasons["Decide"]

    office.act(number, "handler", "inspect", findings="x")
    assert "/acts/inspect" not in why_not(opened(office, number, "handler"))["Decide"]


def test_no_remedy_is_named_where_no_act_of_the_reader_helps(office: Organisation) -> None:
    assert "href" not in why_not(opened(office, office.file(), "screener"))["Send a reminder"]


def why_not(browser: Browser) -> dict[str, str]:
    """By the label of an act that is not open: what the page says of it."""
    listed = re.search(r'<dl class="reasons">(.*?)</dl>', browser.answer.text, re.DOTALL)
    assert listed is not None
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", listed[1], re.DOTALL))
