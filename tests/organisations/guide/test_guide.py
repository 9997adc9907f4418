"""The guide: its steps follow from the policy, and its ticks from what the organisation has done."""

from __future__ import annotations

import re

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up, sign_up_owner
from tests.clauses.world import InProcess
from tests.organisations.practice.practising import ask
from tests.sign_in.door import START, at_the_desk, desk


def steps(office: Organisation, who: str, language: str = "en") -> dict[str, tuple[bool, str]]:
    """By text: whether it is ticked, and where it leads."""
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/guide")
    assert browser.answer.status == 200
    found = re.findall(
        r'<li( class="done-step")?><span aria-hidden="true">.</span> <a href="([^"]*)">([^<]*)</a>', browser.answer.text
    )
    return {text: (bool(done), href.partition("?")[0]) for done, href, text in found}


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def test_a_handler_is_led_along_the_course_of_the_policy(office: Organisation) -> None:
    office.file()
    assert list(steps(office, "screener"))[:2] == ["File a complaint", "Accept"]


def test_before_the_first_complaint_nothing_is_ticked(office: Organisation) -> None:
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/guide")
    assert 'class="done-step"' not in browser.answer.text
    assert "Not done yet." in browser.answer.text


def test_ticks_follow_from_the_record(office: Organisation) -> None:
    number = office.file()
    before = steps(office, "screener")
    assert (before["File a complaint"][0], before["Accept"][0]) == (True, False)
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    done = steps(office, "screener")
    assert done["Accept"] == (True, f"{desk(office)}/complaints/{number}")


def test_a_step_leads_to_the_complaint_on_which_it_is_done(office: Organisation) -> None:
    number = office.file()
    assert steps(office, "screener")["Accept"][1] == f"{desk(office)}/complaints/{number}"


def test_the_complaint_with_most_events_of_the_newest_is_followed(office: Organisation) -> None:
    first, _, _ = office.file(), office.file(), office.file()
    office.act(first, "screener", "accept", responsible=office.subs["handler"])
    assert steps(office, "screener")["Accept"] == (True, f"{desk(office)}/complaints/{first}")


def test_a_complaint_that_the_reader_may_not_see_is_not_followed(office: Organisation) -> None:
    unit = {"id": "hall", "name": "大厅"}
    assert office.world.call("POST", f"{office.path}/units", unit, auth=office.auth("owner")).status == 201
    hire(office, "respondent", unit="hall")
    number = office.file()
    assert f"/complaints/{number}" not in str(steps(office, "respondent"))


def test_only_owners_are_led_to_the_first_day(office: Organisation) -> None:
    found = {who: at_the_desk(office, who).open(f"{desk(office)}/guide").text for who in ("owner", "screener")}
    assert "Ask for a second factor at sign-in" in found["owner"]
    assert "Ask for a second factor at sign-in" not in found["screener"]


def ticks(office: Organisation) -> dict[str, bool]:
    """Of the owner's steps, by text."""
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/guide")
    found = re.findall(r'<li class="is-(\w+)".*?<strong>([^<]*)</strong>', browser.answer.text, re.DOTALL)
    return {text: state == "done" for state, text in found}


PRACTISE, OPEN = "Practise one complaint from filing to closing", "Open for complaints"
ROLES = "Give every role to somebody"


def test_an_owners_ticks_follow_from_the_organisation() -> None:
    office = sign_up_owner(InProcess(START), "platform")
    before = ticks(office)
    assert (before[PRACTISE], before[ROLES], before[OPEN]) == (False, False, True)
    assert not before["Ask for a second factor at sign-in"]
    assert ask(office, "owner").status == 201
    assert ticks(office)[PRACTISE]


def test_roles_without_a_person_are_counted() -> None:
    office = sign_up_owner(InProcess(START), "platform")
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/guide")
    assert "0 of 5 roles have somebody." in browser.answer.text


def test_with_a_person_for_each_role_the_step_is_done(office: Organisation) -> None:
    assert ticks(office)[ROLES]


def test_the_guide_is_in_chinese_too(office: Organisation) -> None:
    assert "登记一件投诉" in steps(office, "owner", "zh")
