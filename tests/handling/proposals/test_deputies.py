"""Deputies have the absent person's roles during the absence only, and the record names both people."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import handled, recorded
from tests.clauses.offices.estate import estate_in
from tests.clauses.offices.estate import handled as handled_by_office
from tests.clauses.offices.marketplace import assigned, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

FROM, UNTIL = "2026-11-27T09:00:00+08:00", "2026-12-04T18:00:00+08:00"
BEFORE = "2026-11-27T12:00:00+08:00"
AFTER = "2026-12-04T18:00:00+08:00"


def ask(company: Organisation, absent: str, deputy: str, **changes: Any) -> Answer:
    body = {"sub": company.subs.get(deputy, deputy), "from": FROM, "until": UNTIL} | changes
    return company.world.call("PUT", f"{company.path}/people/me/deputy", body, auth=company.auth(absent))


def appoint(company: Organisation, absent: str, deputy: str, **changes: Any) -> None:
    answer = ask(company, absent, deputy, **changes)
    assert answer.status == 200, answer.text


def test_a_deputy_does_what_the_absent_person_may(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent")

    assert company.act(number, "agent", "confirm")["stage"] == "reviewed"


def test_the_event_says_who_acted_and_for_whom(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent")

    company.act(number, "agent", "confirm")

    [event] = company.events(number, "agent", "confirmed")
    assert event["actor"] == {
        "kind": "staff",
        "id": company.subs["agent"],
        "role": "team_lead",
        "on_behalf_of": company.subs["team_lead"],
    }


def test_a_deputys_own_acts_are_in_their_own_name(company: Organisation) -> None:
    appoint(company, "team_lead", "agent")
    number = recorded(company)

    [event] = company.events(number, "agent", "accepted")
    assert "on_behalf_of" not in event["actor"]


def test_before_and_after_the_absence_there_is_no_deputy(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent", **{"from": BEFORE})

    assert company.try_act(number, "agent", "confirm").status == 403
    company.world.move_to(AFTER)
    assert company.try_act(number, "agent", "confirm").status == 403


def test_a_deputy_can_act_on_cases_assigned_to_the_absent_person() -> None:
    market = marketplace_in(InProcess(FROM))
    number = assigned(market)
    hire(market, "handler", name="second")
    assert market.try_act(number, "second", "inspect", findings="属实").status == 403

    appoint(market, "handler", "second")

    market.act(number, "second", "inspect", findings="属实")
    [event] = market.events(number, "second", "inspected")
    assert event["actor"]["on_behalf_of"] == market.subs["handler"]


def test_a_deputy_is_told_what_the_absent_person_is_told(company: Organisation) -> None:
    appoint(company, "team_lead", "sales_unit")

    number = recorded(company)

    assert company.told("sales_unit", number) == [
        f"投诉 {number} 的工单已提交，请审核；投诉须在 2026年11月28日（周六）09:00 前处理完毕。"
    ]


def test_a_deputy_is_told_of_what_is_assigned_to_the_absent_person(company: Organisation) -> None:
    appoint(company, "business_unit", "quality_control")

    number = handled(company)

    assert f"投诉 {number} 已指派，请承办。" in company.told("quality_control", number)


def test_a_deputy_loses_the_roles_of_a_removed_person(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent")
    path = f"{company.path}/people/{company.subs['team_lead']}"

    assert company.world.call("DELETE", path, auth=company.auth("owner")).status == 204

    assert company.try_act(number, "agent", "confirm").status == 403


def test_an_appointment_can_be_revoked(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent")

    answer = company.world.call("DELETE", f"{company.path}/people/me/deputy", auth=company.auth("team_lead"))

    assert answer.json == {"sub": None, "from": None, "until": None}
    assert company.try_act(number, "agent", "confirm").status == 403


def test_a_later_appointment_replaces_the_earlier_one(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent")
    appoint(company, "team_lead", "sales_unit")

    assert company.try_act(number, "agent", "confirm").status == 403
    assert company.act(number, "sales_unit", "confirm")["stage"] == "reviewed"


def test_a_deputys_deputy_does_not_get_the_absent_persons_roles(company: Organisation) -> None:
    number = recorded(company)
    appoint(company, "team_lead", "agent")
    appoint(company, "agent", "sales_unit")

    assert company.try_act(number, "sales_unit", "confirm").status == 403


def test_an_owners_deputy_does_not_own_the_organisation(company: Organisation) -> None:
    appoint(company, "owner", "agent")

    body = {"id": "north", "name": "北区"}
    assert company.world.call("POST", f"{company.path}/units", body, auth=company.auth("agent")).status == 403


def test_a_deputy_cannot_approve_the_absent_persons_proposal() -> None:
    estate = estate_in(InProcess(FROM))
    hire(estate, "management_office", name="proposer", also=["service_centre"])
    number = handled_by_office(estate, by="proposer", channel="email")
    estate.act(number, "proposer", "reply", text="灯已换好。")
    appoint(estate, "proposer", "leader")

    assert estate.try_act(number, "leader", "approve").status == 403
    assert estate.get("/tasks?kind=approval", "leader")["tasks"] == []


def test_the_absent_persons_tasks_are_listed_for_their_deputy() -> None:
    estate = estate_in(InProcess(FROM))
    number = estate.file(severity="major")
    appoint(estate, "management_office", "leader")

    assert [task["number"] for task in estate.get("/tasks", "leader")["tasks"]] == [number]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"until": FROM}, "/until"),
        ({"until": "soon"}, "/until"),
        ({"until": "2028-12-04T18:00:00+08:00"}, "/until"),
        ({"from": "yesterday"}, "/from"),
        ({"sub": "nobody"}, "/sub"),
    ],
)
def test_an_invalid_appointment_is_refused_at_its_place(
    company: Organisation, changes: dict[str, str], pointer: str
) -> None:
    answer = ask(company, "team_lead", "agent", **changes)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_person_cannot_be_their_own_deputy(company: Organisation) -> None:
    assert ask(company, "agent", "agent").status == 422


def test_a_non_member_cannot_appoint_a_deputy(company: Organisation) -> None:
    other = estate_in(company.world)
    body = {"sub": company.subs["agent"], "from": FROM, "until": UNTIL}

    answer = company.world.call("PUT", f"{company.path}/people/me/deputy", body, auth=other.auth("owner"))

    assert answer.status == 403


def test_the_appointment_is_on_record(company: Organisation) -> None:
    appoint(company, "team_lead", "agent")

    world = company.world
    assert isinstance(world, InProcess)
    events = [entry.body for entry in world.fakes.store.everything() if entry.key.sk[:2] == "E#"]
    assert [body for body in events if '"type":"deputised"' in body and company.subs["agent"] in body]


def test_a_removed_person_becomes_no_deputy(company: Organisation) -> None:
    path = f"{company.path}/people/{company.subs['agent']}?to={company.subs['team_lead']}"
    assert company.world.call("DELETE", path, auth=company.auth("owner")).status == 204

    answer = ask(company, "team_lead", "agent")

    assert (answer.status, answer.pointer) == (422, "/sub")
