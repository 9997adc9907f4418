"""When exclusion leaves nobody who could do an act, an approval or a task, the owners are told once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.handling.exclusion.council import council, document, publish, remove, stand_in, switch

NOT: dict[str, Any] = {"decide": {"by": {"role": "officer", "not": ["inspected"]}, "to": "done"}}
LEFT = "Complaint {}: an earlier step ({}) excludes everybody in the role {}. Please give the role to another person."


@pytest.fixture
def office() -> Organisation:
    return council(NOT)


def told(office: Organisation, number: str) -> list[str]:
    return office.told("owner", number, "en")


def inspected(office: Organisation, *people: str) -> str:
    number = office.file()
    for who in people:
        office.act(number, who, "inspect")
    return number


def test_the_owners_are_told_of_the_event_that_is_unstaffed(office: Organisation) -> None:
    number = inspected(office, "officer")
    assert told(office, number) == []
    office.act(number, "second", "inspect")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]
    assert office.told("owner", number) == [
        f"投诉 {number}：角色“Officer”的人员因此前的“调查核实”均不能参与处理。请为该角色另行指定人员。"
    ]
    assert [office.told(who, number) for who in ("officer", "second", "manager")] == [[], [], []]


def test_the_owners_get_a_mail_and_the_record_names_the_event(office: Organisation) -> None:
    number = inspected(office, "officer", "second")
    assert office.world.mail(office.emails["owner"]).startswith(LEFT.format(number, "inspected", "Officer"))
    [notice] = office.events(number, "manager", "notified")
    last = office.events(number, "manager", "inspected")[-1]
    fields = notice["fields"]
    assert (fields["to"], fields["about"], fields["wording"]) == (["owner"], last["id"], "nobody_left")
    assert (fields["acts"], fields["roles"], fields["excluded_by"]) == (["decide"], ["officer"], ["inspected"])


def test_a_mail_that_is_sent_again_has_the_same_text(office: Organisation) -> None:
    assert isinstance(office.world, InProcess)
    office.world.fakes.mailer.down = True
    number = inspected(office, "officer", "second")
    office.world.fakes.mailer.down = False
    office.world.move_to("2026-11-27T09:05:00+08:00")
    assert office.world.mail(office.emails["owner"]).startswith(LEFT.format(number, "inspected", "Officer"))


def test_the_owners_are_told_once(office: Organisation) -> None:
    number = inspected(office, "officer", "second", "second", "reviewer", "officer")
    assert len(told(office, number)) == 1


def test_the_response_to_the_act_lists_the_notice(office: Organisation) -> None:
    number = inspected(office, "officer")
    found = office.act(number, "second", "inspect")
    assert [one["type"] for one in found["events"]] == ["inspected", "notified"]
    assert found["version"] == office.complaint(number, "second")["version"]


def test_a_role_without_members_is_no_exclusion(office: Organisation) -> None:
    remove(office, "officer")
    remove(office, "second")
    assert told(office, inspected(office, "reviewer")) == []


def test_another_role_that_may_do_the_act_is_somebody() -> None:
    office = council({"decide": {"by": [{"role": "officer", "not": ["inspected"]}, "manager"], "to": "done"}})
    assert told(office, inspected(office, "officer", "second")) == []


def test_a_deputy_who_stands_in_for_an_excluded_person_is_not_left(office: Organisation) -> None:
    stand_in(office, "officer", "second")
    number = inspected(office, "officer")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


def test_people_of_another_unit_are_not_left() -> None:
    office = council(NOT, intake={**document({})["intake"], "unit": "optional"})
    for unit in ("east", "west"):
        body = {"id": unit, "name": unit}
        assert office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner")).status == 201
    remove(office, "second")
    hire(office, "officer", name="westerner", unit="west")
    number = office.file(unit="east")
    office.act(number, "officer", "inspect")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


LATER = {
    "checked": {
        "name": {"en": "Checked"},
        "decide": {"by": {"role": "officer", "not": "inspected"}, "to": "done"},
        "close": {"by": "manager", "to": "done"},
    }
}


def test_the_owners_are_told_when_the_stage_of_the_act_is_entered() -> None:
    office = council({"confirm": {"by": "manager", "to": "checked"}}, stages=LATER)
    number = inspected(office, "officer", "second")
    assert told(office, number) == []
    office.act(number, "manager", "confirm")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


def test_they_are_told_too_when_time_leads_to_the_stage() -> None:
    clock = {
        "from": "registered",
        "until": ["confirmed", "closed"],
        "within": "1 day",
        "missed": {"act": "confirm"},
    }
    office = council({"confirm": {"by": "manager", "to": "checked"}}, stages=LATER, clocks={"check": clock})
    number = inspected(office, "officer", "second")
    office.world.move_to("2026-11-28T10:00:00+08:00")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


def test_they_are_told_again_when_a_reopening_leads_to_the_act_again(office: Organisation) -> None:
    number = inspected(office, "officer", "second")
    office.act(number, "manager", "close")
    office.act(number, "manager", "reopen")
    assert len(told(office, number)) == 2


def test_a_switch_to_a_version_that_is_unstaffed_is_told() -> None:
    office = council({"decide": {"by": "officer", "to": "done"}})
    number = inspected(office, "officer", "second")
    publish(office, document(NOT))
    switch(office, number)
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


def test_a_filing_that_is_unstaffed_is_told() -> None:
    office = council({"decide": {"by": {"role": "officer", "not": "registered"}, "to": "done"}})
    remove(office, "second")
    answer = office.try_file(office.auth("officer"))
    assert told(office, answer.json["number"]) == [LEFT.format(answer.json["number"], "registered", "Officer")]


ASSIGNING = {
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": "handler"}},
    "decide": {"by": {"role": "officer", "of": "assigned", "not": "inspected"}, "to": "done"},
}


def test_only_the_assigned_count_where_the_act_is_theirs() -> None:
    office = council(ASSIGNING)
    number = office.file()
    office.act(number, "manager", "assign", handler=[office.subs["officer"]])
    office.act(number, "officer", "inspect")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]
    office.act(number, "manager", "assign", handler=[office.subs["second"]])
    office.act(number, "second", "inspect")
    assert len(told(office, number)) == 2


def test_a_successor_who_is_excluded_is_unstaffed() -> None:
    office = council(ASSIGNING)
    number = office.file()
    office.act(number, "second", "inspect")
    office.act(number, "manager", "assign", handler=[office.subs["officer"]])
    path = f"{office.path}/people/{office.subs['officer']}?to={office.subs['second']}"
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status < 300
    office.world.move_to("2026-11-27T11:00:00+08:00")
    assert office.complaint(number, "manager")["assigned"] == {"officer": [office.subs["second"]]}
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


def test_the_person_of_the_same_event_who_has_left_is_nobody() -> None:
    acts = {"confirm": {"by": "manager", "to": "checked"}}
    stages = {"checked": {**LATER["checked"], "decide": {"by": {"role": "officer", "same": "inspected"}, "to": "done"}}}
    office = council(acts, stages=stages)
    number = inspected(office, "second")
    remove(office, "second")
    office.act(number, "manager", "confirm")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


RECUSING: dict[str, Any] = {
    "recuse": {"by": ["officer", "manager"], "takes": "person"},
    "decide": {"by": "officer", "to": "done", "approval": {"by": {"role": "reviewer", "not": "inspected"}}},
}
TASKS = {
    "look": {"name": {"en": "Look again"}, "on": "inspected", "for": "officer", "until": "task_done", "within": "1 day"}
}


def test_the_last_person_who_is_recused_is_unstaffed_for_any_act() -> None:
    office = council(RECUSING)
    number = office.file()
    office.act(number, "officer", "recuse")
    office.act(number, "second", "recuse")
    assert told(office, number) == [LEFT.format(number, "recused", "Officer")]


def test_a_pending_proposal_for_which_nobody_is_left_is_told() -> None:
    office = council(RECUSING)
    number = inspected(office, "reviewer")
    office.act(number, "officer", "decide")
    assert told(office, number) == []
    office.act(number, "third", "inspect")
    assert told(office, number) == [LEFT.format(number, "inspected", "Reviewer")]


def test_a_task_for_which_nobody_is_left_is_told() -> None:
    acts = {"recuse": RECUSING["recuse"], "reply": {"by": "manager", "to": "done"}}
    office = council(acts, tasks=TASKS)
    remove(office, "second")
    number = inspected(office, "reviewer")
    office.act(number, "officer", "recuse")
    [notice] = [one for one in office.events(number, "manager", "notified") if one["fields"]["to"] == ["owner"]]
    assert "do_task" in notice["fields"]["acts"]


def test_each_role_of_an_act_of_several_roles_needs_somebody() -> None:
    by = [{"role": "officer", "not": "inspected"}, "manager"]
    office = council({"confirm": {"by": by, "all": True, "to": "done"}})
    number = inspected(office, "officer", "second")
    assert told(office, number) == [LEFT.format(number, "inspected", "Officer")]


def test_a_role_that_has_confirmed_needs_nobody() -> None:
    by = [{"role": "officer", "not": "inspected"}, "manager"]
    office = council({"confirm": {"by": by, "all": True, "to": "done"}})
    number = inspected(office, "officer")
    office.act(number, "second", "confirm")
    office.act(number, "second", "inspect")
    assert told(office, number) == []
