"""Requests that contradict what is on record are refused in both languages, and change nothing."""

from __future__ import annotations

import pytest

from tests.clauses.offices import marketplace as at_marketplace
from tests.clauses.offices.estate import add_offices, estate_in
from tests.clauses.offices.marketplace import ASKED_FOR
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.proposals.test_deputies import UNTIL, appoint
from tests.helpers.fakes.client import Answer

OPENED = "2026-11-27T09:00:00+08:00"
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
UNANSWERED = {
    "en": "This act is not possible now. It needs: the evidence has come or the evidence did not come in time.",
    "zh": "目前不能执行该操作。须符合：已收到证据或未按期提供证据。",
}
PAST = {"en": "must lie in the future", "zh": "须晚于现在"}
OWN_CHILD = {"en": "must be another unit", "zh": "须为另一个部门"}
MUTUAL = {
    "en": "has named you as deputy for a part of that time; two people cannot stand in for each other",
    "zh": "该人员已指定您在其中一段时间代理其职务，两人不能互为代理",
}


@pytest.fixture
def marketplace() -> Organisation:
    return at_marketplace.marketplace_in(InProcess(OPENED))


@pytest.fixture
def estate() -> Organisation:
    return estate_in(InProcess(OPENED))


def put(office: Organisation, path: str, who: str, language: str, body: object) -> Answer:
    headers = {"Accept-Language": language}
    return office.world.call("PUT", f"{office.path}/{path}", body, auth=office.auth(who), headers=headers)


def reason(answer: Answer) -> tuple[int, str | None, str]:
    [error] = answer.json["errors"]
    return answer.status, answer.pointer, error["detail"]


@LANGUAGES
def test_a_decision_in_the_same_minute_as_the_demand_waits_for_the_answer(
    marketplace: Organisation, language: str
) -> None:
    number = at_marketplace.accepted(marketplace)
    marketplace.act(number, "handler", "inspect", **at_marketplace.FOUND)
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)

    headers = {"Accept-Language": language}
    answer = marketplace.try_act(number, "handler", "decide", headers=headers, **at_marketplace.DECISION)

    assert (answer.status, answer.problem, answer.json["detail"]) == (409, "act-not-open", UNANSWERED[language])
    assert marketplace.events(number, type_="decided") == []


@LANGUAGES
@pytest.mark.parametrize("at", ["2026-11-27T08:59:00+08:00", "2025-11-28T09:00:00+08:00"])
def test_a_promise_in_the_past_is_refused(estate: Organisation, language: str, at: str) -> None:
    number = estate.file()

    headers = {"Accept-Language": language}
    answer = estate.try_act(number, "service_centre", "promise", headers=headers, feedback_at=at)

    assert reason(answer) == (422, "/fields/feedback_at", PAST[language])
    assert estate.events(number, type_="promised") == []


@LANGUAGES
def test_a_unit_that_is_its_own_parent_is_refused(estate: Organisation, language: str) -> None:
    add_offices(estate)
    unit = estate.get("/units", "owner")["units"][0]["id"]

    answer = put(estate, f"units/{unit}", "owner", language, {"parent": unit})

    assert reason(answer) == (422, "/parent", OWN_CHILD[language])


@LANGUAGES
@pytest.mark.parametrize(
    ("start", "until"),
    [
        ("2026-11-27T09:00:00+08:00", UNTIL),
        ("2026-12-04T17:59:00+08:00", "2026-12-11T18:00:00+08:00"),
        ("2026-11-20T09:00:00+08:00", "2026-11-27T09:01:00+08:00"),
    ],
)
def test_two_people_who_would_stand_in_for_each_other_are_refused(
    company: Organisation, language: str, start: str, until: str
) -> None:
    appoint(company, "team_lead", "agent")

    body = {"sub": company.subs["team_lead"], "from": start, "until": until}
    answer = put(company, "people/me/deputy", "agent", language, body)

    assert reason(answer) == (422, "/sub", MUTUAL[language])
    assert company.get("/people/me", "agent").get("deputy") is None


def test_the_deputy_of_another_time_may_be_replaced_by_that_person(company: Organisation) -> None:
    appoint(company, "team_lead", "agent")

    appoint(company, "agent", "team_lead", **{"from": UNTIL, "until": "2026-12-11T18:00:00+08:00"})


def test_an_appointment_that_was_revoked_binds_no_one(company: Organisation) -> None:
    appoint(company, "team_lead", "agent")
    company.world.call("DELETE", f"{company.path}/people/me/deputy", auth=company.auth("team_lead"))

    appoint(company, "agent", "team_lead")
