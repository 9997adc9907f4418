"""The people of an organisation, managed by its owners on pages, without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up, sign_up_owner
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of, world_of
from tests.sign_in.door import START, at_the_desk, desk

WHO = {"email": "li.ming@example.com", "name": "李明"}


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def opened(office: Organisation, below: str = "") -> Browser:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/people{below}")
    assert browser.answer.status == 200, browser.answer.text
    return browser


def people(office: Organisation) -> dict[str, dict[str, Any]]:
    """By mail address."""
    return {one["email"]: one for one in office.get("/people", "owner")["people"]}


def roles(office: Organisation, who: str) -> set[str]:
    return {one["role"] for one in people(office)[office.emails[who]]["grants"]}


def test_the_list_has_each_member_with_their_roles(office: Organisation) -> None:
    text = opened(office).page.text
    assert [email for email in office.emails.values() if email not in text] == []
    assert "The responsible party" in text
    assert "This person is the only owner" in text


def test_an_invited_person_is_a_member_and_gets_a_mail(office: Organisation) -> None:
    browser = opened(office, "/invite")
    browser.submit(form=form_of(browser, "/people/invite"), **WHO, role="handler", language="zh")
    assert browser.path.endswith("/people?told=invited")
    assert [one["role"] for one in people(office)[WHO["email"]]["grants"]] == ["handler"]
    assert "示例机构" in world_of(office).mail(WHO["email"])


def test_a_double_click_invites_once(office: Organisation) -> None:
    browser = opened(office, "/invite")
    form = browser.page.forms[form_of(browser, "/people/invite")]
    key = next(one.value for one in form.controls if one.name == "key")
    values = [*WHO.items(), ("role", "handler"), ("language", ""), ("key", key)]
    found = [browser.ask(form.action, values).status for _ in range(2)]
    assert found == [200, 200]
    assert len([one for one in people(office) if one == WHO["email"]]) == 1
    assert len(world_of(office).fakes.mailer.to(WHO["email"])) == 1


@pytest.mark.parametrize(
    ("wrong", "at", "said"),
    [
        ({"email": "nobody"}, "email", "Mail address"),
        ({"email": ""}, "email", "Mail address is missing"),
        ({"name": ""}, "name", "Name is missing"),
        ({"role": ""}, "role", "Role is missing"),
    ],
)
def test_what_is_wrong_with_an_invitation_stands_at_its_input(
    office: Organisation, wrong: dict[str, str], at: str, said: str
) -> None:
    before, browser = len(people(office)), opened(office, "/invite")
    browser.submit(form=form_of(browser, "/people/invite"), **{**WHO, "role": "handler", **wrong})
    assert "form=" in browser.path
    assert said in browser.answer.text.partition(f'id="{at}-fault"')[2].partition("</p>")[0]
    assert len(people(office)) == before


def test_an_existing_person_is_said(office: Organisation) -> None:
    browser = opened(office, "/invite")
    email = office.emails["archivist"]
    browser.submit(form=form_of(browser, "/people/invite"), email=email, name="x", role="handler")
    assert "is already a member, with other roles" in browser.page.text


def test_a_role_is_added_and_another_one_taken_away(office: Organisation) -> None:
    sub = office.subs["handler"]
    browser = opened(office, f"/{sub}")
    browser.submit(form=form_of(browser, "/grants"), take=["handler/-"], role="screener")
    assert roles(office, "handler") == {"screener"}
    assert "The roles are saved" in browser.page.text


def test_all_roles_of_a_person_cannot_be_taken_away(office: Organisation) -> None:
    browser = opened(office, f"/{office.subs['handler']}")
    browser.submit(form=form_of(browser, "/grants"), take=["handler/-"])
    assert ("Leave one role" in browser.page.text, roles(office, "handler")) == (True, {"handler"})


def owner_sub(office: Organisation) -> str:
    return str(office.get("/people/me", "owner")["sub"])


def test_the_page_of_the_last_owner_says_that_they_stay(office: Organisation) -> None:
    browser = opened(office, f"/{owner_sub(office)}")
    assert "cannot be removed or lose that role" in browser.page.text
    assert not any(one.action.endswith("/remove") for one in browser.page.forms)
    browser.submit(form=form_of(browser, "/grants"), take=["owner/-"], role="handler")
    assert ("form=" in browser.path, roles(office, "owner")) == (True, {"owner"})


def test_the_form_of_a_removal_of_the_last_owner_is_refused(office: Organisation) -> None:
    path = f"{desk(office)}/organisation/people/{owner_sub(office)}/remove"
    assert "the only owner" in opened(office).ask(path, [("to", office.subs["handler"])]).text
    assert roles(office, "owner") == {"owner"}


def test_a_removed_person_s_complaints_go_to_the_successor(office: Organisation) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    browser = opened(office, f"/{office.subs['handler']}")
    browser.submit(form=form_of(browser, "/remove"), to=office.subs["archivist"])
    assert browser.path.endswith("/people?told=removed")
    assert office.emails["handler"] not in browser.page.text
    world_of(office).sweep()
    world_of(office).settle()
    assert office.subs["archivist"] in str(office.get(f"/complaints/{number}", "owner")["assigned"])


def test_a_removal_needs_a_successor(office: Organisation) -> None:
    browser = opened(office, f"/{office.subs['handler']}")
    browser.submit(form=form_of(browser, "/remove"))
    assert "Choose who takes over" in browser.page.text


def appoint(office: Organisation, absent: str, **given: str) -> Browser:
    browser = opened(office, f"/{office.subs[absent]}")
    browser.submit(form=form_of(browser, "/deputy"), **given)
    return browser


def test_an_owner_appoints_a_deputy_for_a_member_and_ends_the_absence(office: Organisation) -> None:
    browser = appoint(office, "handler", sub=office.subs["screener"], **{"from": "2026-11-28", "until": "2026-11-30"})
    assert browser.path.endswith("?told=deputy")
    assert office.get("/people/me/deputy", "handler") == {
        "sub": office.subs["screener"],
        "from": "2026-11-27T16:00:00.000Z",
        "until": "2026-11-30T16:00:00.000Z",
    }
    browser.submit(form=form_of(browser, "/deputy/end"))
    assert office.get("/people/me/deputy", "handler")["sub"] is None
    own = [one for one in own_events(office) if one["type"] == "deputised"]
    assert {(one["actor"]["id"], one["fields"]["sub"]) for one in own} == {
        (office.get("/people/me", "owner")["sub"], office.subs["handler"])
    }


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2026-11-30", "2026-11-28"), "The last day must not be before the first"),
        (("", "2026-11-28"), "a day"),
        (("2020-01-01", "2020-01-02"), "in the past"),
    ],
)
def test_wrong_days_stand_at_their_input_and_what_was_chosen_stays(
    office: Organisation, days: tuple[str, str], said: str
) -> None:
    browser = appoint(office, "handler", sub=office.subs["screener"], **{"from": days[0], "until": days[1]})
    assert said in browser.page.text
    assert f'value="{office.subs["screener"]}" selected' in browser.answer.text
    assert office.get("/people/me/deputy", "handler")["sub"] is None


def test_two_people_cannot_stand_in_for_each_other(office: Organisation) -> None:
    days = {"from": "2026-11-28", "until": "2026-11-30"}
    appoint(office, "handler", sub=office.subs["screener"], **days)
    browser = appoint(office, "screener", sub=office.subs["handler"], **days)
    assert "two cannot stand in for each other" in browser.page.text
    assert office.get("/people/me/deputy", "screener")["sub"] is None


def test_only_owners_appoint_deputies_of_others(office: Organisation) -> None:
    browser = at_the_desk(office, "screener")
    path = f"{desk(office)}/organisation/people/{office.subs['handler']}/deputy"
    values = [("sub", office.subs["screener"]), ("from", "2026-11-28"), ("until", "2026-11-30")]
    assert [browser.ask(path, values).status, browser.ask(f"{path}/end", []).status] == [403, 403]
    assert office.get("/people/me/deputy", "handler")["sub"] is None


def own_events(office: Organisation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.get("/record", "owner")["events"]
    return found


def test_the_matrix_changes_several_people_and_keeps_what_others_changed_meanwhile(office: Organisation) -> None:
    handler, archivist = office.subs["handler"], office.subs["archivist"]
    browser = opened(office, "/matrix")
    other = opened(office, f"/{archivist}")
    other.submit(form=form_of(other, "/grants"), role="screener")

    ticked = [one.value for one in browser.page.forms[form_of(browser, "/matrix")].controls if one.name == "has"]
    assert f"{handler}/director" in ticked
    kept = [f"{office.subs[who]}/{who}" for who in office.subs if who not in ("owner", "handler")]
    wanted = [*kept, f"{owner_sub(office)}/owner", f"{handler}/director"]
    browser.submit(form=form_of(browser, "/matrix"), has=wanted)

    assert roles(office, "handler") == {"director"}
    assert roles(office, "archivist") == {"archivist", "screener"}


def test_the_matrix_leaves_one_owner(office: Organisation) -> None:
    browser = opened(office, "/matrix")
    kept = [f"{office.subs[who]}/{who}" for who in office.subs if who != "owner"]
    browser.submit(form=form_of(browser, "/matrix"), has=[*kept, f"{owner_sub(office)}/handler"])
    assert ("form=" in browser.path, roles(office, "owner")) == (True, {"owner"})


def test_the_second_factor_is_asked_for_with_a_click(office: Organisation) -> None:
    browser = opened(office)
    answer = browser.ask(f"{desk(office)}/organisation/people/second-factor", [("required", "yes")])
    assert answer.status in (200, 303)
    browser.open(f"{desk(office)}/organisation/people")
    assert browser.path.startswith("/sign-in/second-factor")


def test_a_name_is_never_markup() -> None:
    office = sign_up_owner(InProcess(START), "platform")
    browser = opened(office, "/invite")
    name = '"><script>alert(1)</script>'
    browser.submit(form=form_of(browser, "/people/invite"), email=WHO["email"], name=name, role="handler")
    sub = people(office)[WHO["email"]]["sub"]
    for below in ("", "/matrix", f"/{sub}"):
        assert "<script>alert" not in opened(office, below).answer.text


def test_a_member_of_another_organisation_is_unknown(office: Organisation) -> None:
    other = sign_up(office.world, "platform")
    browser = at_the_desk(office, "owner")
    path = f"{desk(office)}/organisation/people/{other.subs['handler']}"
    found = [browser.ask(path + below, body).status for below, body in (("", None), ("/grants", [("role", "handler")]))]
    assert found == [404, 404]
