"""The act `recuse` over HTTP: the person who acts, or a named person, has no further part in the complaint."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.handling.exclusion.council import council, document, refused_at, remove, stand_in, status

ACTS = {
    "recuse": {"by": ["officer", "manager", "complainant"], "takes": ["person", "view"]},
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": "handler"}},
    "decide": {"by": "officer", "to": "done", "approval": {"by": "reviewer"}},
    "withdraw": {"by": "complainant", "to": "done"},
}
TASKS = {
    "look": {"name": {"en": "Look again"}, "on": "inspected", "for": "officer", "until": "task_done", "within": "1 day"}
}


@pytest.fixture
def office() -> Organisation:
    return council(ACTS, tasks=TASKS)


def test_a_recused_person_may_do_nothing_and_others_may(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "recuse", view="My neighbour complains.")
    assert [status(office, number, "officer", act) for act in ("inspect", "decide", "recuse", "note")] == [403] * 4
    shown = office.complaint(number, "officer")
    assert (shown["acts"], shown["office_acts"], shown["complainant_acts"]) == ([], [], [])
    assert status(office, number, "second", "inspect") == 200


def test_a_named_person_is_recused(office: Organisation) -> None:
    number = office.file()
    office.act(number, "manager", "recuse", person=[office.subs["officer"]])
    assert [status(office, number, who, "inspect") for who in ("officer", "second")] == [403, 200]
    assert status(office, number, "manager", "assign", handler=[office.subs["second"]]) == 200


def test_a_recused_person_records_no_act_of_the_complainant(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "recuse")
    path = f"{office.path}/complaints/{number}/acts/withdraw"
    body = {"fields": {}, "on_behalf_of": "complainant"}
    assert office.world.call("POST", path, body, auth=office.auth("officer")).status == 403


def test_the_deputy_of_a_recused_person_is_excluded_while_they_stand_in(office: Organisation) -> None:
    number = office.file()
    stand_in(office, "officer", "second", until="2026-11-27T12:00:00+08:00")
    office.act(number, "manager", "recuse", person=[office.subs["officer"]])
    assert status(office, number, "second", "inspect") == 403
    office.world.move_to("2026-11-27T13:00:00+08:00")
    assert status(office, number, "second", "inspect") == 200


@pytest.mark.parametrize("person", ["00000000-0000-4000-8000-000000000000", "somebody"])
def test_a_stranger_cannot_be_recused(office: Organisation, person: str) -> None:
    found = refused_at(office, office.file(), "manager", "recuse", person=[person])
    assert found == ("invalid", ["/fields/person"])


def test_a_removed_person_cannot_be_recused(office: Organisation) -> None:
    remove(office, "second")
    found = refused_at(office, office.file(), "manager", "recuse", person=[office.subs["second"]])
    assert found == ("invalid", ["/fields/person"])


def test_the_approval_of_a_recusal_names_the_proposal_if_the_person_has_left() -> None:
    office = council({"recuse": {"by": "manager", "takes": "person", "approval": {"by": "reviewer"}}})
    number = office.file()
    office.act(number, "manager", "recuse", person=[office.subs["second"]])
    remove(office, "second")
    assert refused_at(office, number, "reviewer", "approve") == ("invalid", ["/fields/proposal"])


def test_a_party_names_the_person_whom_they_want_recused(office: Organisation) -> None:
    number = office.file()
    assert refused_at(office, number, "complainant", "recuse") == ("invalid", ["/fields/person"])
    office.act(number, "complainant", "recuse", person=[office.subs["officer"]])
    assert status(office, number, "officer", "inspect") == 403
    assert status(office, number, "complainant", "withdraw") == 200


def test_a_policy_cannot_take_the_name_of_the_person_for_another_field() -> None:
    office = council(ACTS, tasks=TASKS)
    policy = document(ACTS, tasks=TASKS, fields={"person": {"en": "Somebody"}})
    answer = office.world.call("POST", f"{office.path}/policy/check", {"policy": policy}, auth=office.auth("owner"))
    assert [(one["pointer"], one["detail"]) for one in answer.json["errors"]] == [
        ("/policy/stages/open/recuse/takes", "the field `person` names no people")
    ]


def test_the_recusal_outlasts_a_reopening(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "recuse")
    office.act(number, "second", "decide")
    office.act(number, "reviewer", "approve")
    office.act(number, "manager", "reopen")
    assert [status(office, number, who, "inspect") for who in ("officer", "second")] == [403, 200]


def test_the_tasks_of_a_recused_person_leave_their_list(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "inspect")
    office.act(number, "officer", "recuse")
    assert office.get("/tasks", "officer")["tasks"] == []
    assert [one["number"] for one in office.get("/tasks", "second")["tasks"]] == [number]
    assert status(office, number, "officer", "do_task", task="look") == 403


def test_the_approvals_of_a_recused_person_leave_their_list(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "decide")
    office.act(number, "manager", "recuse", person=[office.subs["reviewer"]])
    assert office.get("/tasks", "reviewer")["tasks"] == []
    assert [one["number"] for one in office.get("/tasks", "third")["tasks"]] == [number]


def test_the_complaints_of_a_recused_assignee_leave_their_queue(office: Organisation) -> None:
    number = office.file()
    office.act(number, "manager", "assign", handler=[office.subs[who] for who in ("officer", "second")])
    office.act(number, "officer", "recuse")
    for query in ("?mine=true", ""):
        rows = {who: office.get(f"/complaints{query}", who)["complaints"] for who in ("officer", "second")}
        numbers = {who: [one["number"] for one in found] for who, found in rows.items()}
        assert numbers == {"officer": [], "second": [number]}


@pytest.mark.parametrize("who", ["officer", "second"], ids=["in person", "as a deputy"])
def test_a_recused_person_is_not_assigned_by_an_act_without_restrictions(office: Organisation, who: str) -> None:
    number = office.file()
    stand_in(office, "officer", "second")
    office.act(number, "officer", "recuse")

    found = refused_at(office, number, "manager", "assign", handler=[office.subs[who]])

    assert found == ("invalid", ["/fields/handler"])
    hire(office, "officer", name="fourth")
    assert status(office, number, "manager", "assign", handler=[office.subs["fourth"]]) == 200
