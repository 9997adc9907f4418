"""Practice at the desk, without JavaScript: started, entered, filed in, played, ended."""

from __future__ import annotations

import re

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of, listed, started_at_the_desk
from tests.sign_in.door import START, at_the_desk, desk

BANNER = "Practice: nothing here is real"


def tenant_in(browser: Browser) -> str:
    return browser.path.split("/")[2]


def filed(browser: Browser) -> list[str]:
    browser.open(f"/t/{tenant_in(browser)}/desk/practice")
    browser.submit(form=form_of(browser, "/practice/complaints"))
    return re.findall(r"/complaints/([0-9-]+)", browser.answer.text)


def acting_as(browser: Browser, role: str) -> None:
    """Presses the button of the invented person with this label of a role; empty for oneself."""
    tenant = tenant_in(browser)
    browser.open(f"/t/{tenant}/desk/practice")
    named = re.search(rf'name="sub" value="([^"]*)"[^>]*>[^<]*{role}', browser.answer.text)
    assert named is not None
    browser.submit(form=form_of(browser, "/practice/part"), sub=named.group(1))


def test_the_page_says_what_practice_is_and_starts_one(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    assert browser.path == f"/t/{listed(office)[0]}/desk/practice?told=started"
    assert "The practice organisation is ready" in browser.answer.text


def test_its_pages_say_that_nothing_is_real(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    tenant = tenant_in(browser)
    for path in ("/desk", "/desk/tasks", "/desk/practice", "", "/file", "/privacy"):
        browser.open(f"/t/{tenant}{path}")
        assert (BANNER in browser.answer.text, path) == (True, path)


def test_pages_of_the_organisation_itself_do_not(office: Organisation) -> None:
    assert BANNER not in at_the_desk(office, "handler").answer.text


def test_its_owner_changes_between_both_without_signing_in_again(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    tenant = tenant_in(browser)
    browser.open(desk(office))
    assert f'href="/t/{tenant}/desk' in browser.answer.text
    browser.open(f"/t/{tenant}/desk")
    assert f'href="{desk(office)}' in browser.answer.text


def test_pages_say_so_too_in_a_language_that_the_person_chose_for_all(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    tenant = tenant_in(browser)
    browser.world.call("PATCH", f"/v1/t/{tenant}/people/me/settings", {"language": "en"}, auth=office.auth("handler"))
    browser.open(f"/t/{tenant}/desk")
    assert BANNER in browser.answer.text


def test_three_invented_complaints_are_filed_once(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    place = form_of(browser, "/practice/complaints")
    browser.submit(form=place)
    numbers = re.findall(r"/complaints/([0-9-]+)", browser.answer.text)
    assert len(set(numbers)) == 3
    browser.open(f"/t/{tenant_in(browser)}/desk")
    assert {one in browser.answer.text for one in numbers} == {True}


def test_mails_are_shown_and_not_sent(office: Organisation) -> None:
    sent = len(office.world.fakes.mailer.outbox)  # type: ignore[attr-defined]
    browser = started_at_the_desk(office)
    filed(browser)
    office.world.settle()
    browser.open(f"/t/{tenant_in(browser)}/desk/practice/mails")
    assert "To " in browser.answer.text
    assert len(office.world.fakes.mailer.outbox) == sent  # type: ignore[attr-defined]


def test_before_the_first_mail_the_page_says_how_one_comes_about(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    browser.open(f"/t/{tenant_in(browser)}/desk/practice/mails")
    assert "File or handle a complaint" in browser.answer.text


def test_the_organisation_itself_has_no_page_of_held_mails(office: Organisation) -> None:
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}/practice/mails")
    assert browser.answer.status == 404


def test_the_owner_acts_as_an_invented_person_and_as_themself_again(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    acting_as(browser, "投诉管理中心审核员")
    assert "虚构人员（投诉管理中心审核员）" in browser.page.text
    browser.submit(form=form_of(browser, "/practice/part"), sub="")
    assert "The person who acts has changed" in browser.answer.text


def test_in_their_own_organisation_they_are_themself_all_the_while(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    acting_as(browser, "投诉管理中心审核员")
    browser.open(desk(office))
    assert browser.answer.status == 200
    assert "虚构人员" not in browser.page.text


def test_only_invented_people_of_the_practice_are_played(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    browser.submit(form=form_of(browser, "/practice/part"), sub=office.subs["screener"])
    assert browser.answer.status == 404


def test_no_member_of_a_real_organisation_is_played(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    assert browser.ask(f"{desk(office)}/practice/part", [("sub", office.subs["screener"])]).status == 404
    browser.open(desk(office))
    assert office.emails["owner"] in browser.answer.text


def test_another_member_cannot_enter_it(office: Organisation) -> None:
    tenant = tenant_in(started_at_the_desk(office))
    other = at_the_desk(office, "screener")
    other.open(f"/t/{tenant}/desk")
    assert other.answer.status == 403
    other.open(f"{desk(office)}/practice")
    assert "Started by another member" in other.answer.text


def test_its_end_leads_back(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    browser.submit(form=form_of(browser, "/practice/end"))
    assert browser.path == f"{desk(office)}/practice?told=ended"
    assert "has ended" in browser.answer.text
    assert listed(office) == []


def test_a_page_that_was_open_when_it_ended_says_so(office: Organisation) -> None:
    browser = started_at_the_desk(office)
    tenant = tenant_in(browser)
    browser.submit(form=form_of(browser, "/practice/end"))
    office.world.fakes.real_clock.advance(61_000)  # type: ignore[attr-defined]
    for _ in range(3):
        office.world.sweep()  # type: ignore[attr-defined]
        office.world.settle()
    browser.open(f"/t/{tenant}/desk")
    assert browser.answer.status == 404
    assert "No active practice organisation" in browser.answer.text


@pytest.mark.parametrize("preset", presets.names())
def test_complaints_are_invented_in_the_procedure_of_each_preset(preset: str) -> None:
    office = sign_up(InProcess(START), preset)
    browser = started_at_the_desk(office, "owner")
    assert len(set(filed(browser))) == 3
