"""Refused acts: the response has the open acts and all invalid places, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.store.port import Unavailable
from infra.memory_store.store import RecordedCall
from tests.clauses.offices import estate as at_estate
from tests.clauses.offices.company import WORK_ORDER, forwarded, handled
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process, refused, untouched


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def etag(company: Organisation, number: str) -> str:
    path = f"{company.path}/complaints/{number}"
    return company.world.call("GET", path, auth=company.auth("agent")).headers["ETag"]


def test_an_act_that_is_not_open_is_409_with_the_open_acts(company: Organisation, number: str) -> None:
    with untouched(company):
        answer = company.try_act(number, "agent", "archive")

    refused(answer, 409, "act-not-open")
    assert (answer.json["stage"], answer.json["acts"]) == ("registered", ["accept", "classify"])


def test_an_act_of_another_role_is_403(company: Organisation, number: str) -> None:
    with untouched(company):
        answer = company.try_act(number, "quality_control", "accept", **WORK_ORDER)

    refused(answer, 403, "forbidden")


@pytest.mark.parametrize(
    "act",
    [
        "__class__",
        "__init__",
        "nonsense",
        "Accept",
        "approve",
        "reject",
        "do_task",
        "register",
        "missed",
        "%2e%2e",
        "a%2Fb",
        "acts",
        "x" * 100,
        "受理",
        "'; drop table",
    ],
)
@pytest.mark.parametrize("who", ["agent", "complainant"])
def test_an_act_that_does_not_exist_is_409(company: Organisation, number: str, act: str, who: str) -> None:
    with untouched(company):
        answer = company.try_act(number, who, act)

    refused(answer, 409, "act-not-open")


@pytest.mark.parametrize(
    "number",
    ["../x", "%2e%2e", "1", "202611-999999", "202611-0000001", "x" * 100, "S", "E%2300000001", "机", "%23", "*"],
)
def test_a_number_that_does_not_exist_is_404(company: Organisation, number: str) -> None:
    auth = company.auth("agent")

    with untouched(company):
        for method, path in (("GET", ""), ("GET", "/record"), ("GET", "/deadlines"), ("POST", "/acts/accept")):
            body = {"fields": {}} if method == "POST" else None
            answer = company.world.call(method, f"{company.path}/complaints/{number}{path}", body, auth=auth)
            assert (answer.status, answer.problem in ("complaint-unknown", "not-found")) == (404, True), answer.text


@pytest.mark.parametrize("who", ["nobody", "public"])
def test_an_act_without_credentials_is_401(company: Organisation, number: str, who: str) -> None:
    with untouched(company):
        answer = company.world.call("POST", f"{company.path}/complaints/{number}/acts/accept", {"fields": {}})

    refused(answer, 401, "unauthenticated")


@pytest.mark.parametrize("receipt", ["wrong", "k1.wrong", "k9." + "A" * 43, "k1.", ".", "x" * 256])
def test_a_wrong_receipt_gets_the_response_of_an_unknown_number(
    company: Organisation, number: str, receipt: str
) -> None:
    paths = [f"{company.path}/complaints/{one}" for one in (number, "202611-999999")]

    with untouched(company):
        answers = [company.world.call("GET", path, auth=f"Receipt {receipt}") for path in paths]

    for answer in answers:
        refused(answer, 404, "complaint-unknown")
    known, unknown = ({**answer.json, "correlation_id": ""} for answer in answers)
    assert known == unknown


def test_the_receipt_of_another_complaint_is_invalid(company: Organisation, number: str) -> None:
    other = company.file()
    auth = company.auth("complainant", other)

    with untouched(company):
        for path in ("", "/record", "/deadlines"):
            answer = company.world.call("GET", f"{company.path}/complaints/{number}{path}", auth=auth)
            refused(answer, 404, "complaint-unknown")
        messages = company.world.call("GET", f"{company.path}/messages?complaint={number}", auth=auth)
        refused(messages, 404, "complaint-unknown")


@pytest.mark.parametrize("tag", ['"0"', '"999"', 'W/"1"', '"x"'])
def test_a_stale_if_match_is_412(company: Organisation, number: str, tag: str) -> None:
    with untouched(company):
        answer = company.try_act(number, "agent", "accept", headers={"If-Match": tag}, **WORK_ORDER)

    refused(answer, 412, "stale")
    assert f'"{answer.json["etag"]}"' == etag(company, number)


def test_an_if_match_of_the_current_version_is_accepted_once(company: Organisation, number: str) -> None:
    seen = {"If-Match": etag(company, number)}

    assert company.try_act(number, "agent", "accept", headers=seen, **WORK_ORDER).status == 200
    refused(company.try_act(number, "team_lead", "confirm", headers=seen), 412, "stale")


@pytest.mark.parametrize("tag", ["1", "'1'", '"a" , "b"', ""])
def test_an_if_match_of_another_form_is_400(company: Organisation, number: str, tag: str) -> None:
    with untouched(company):
        answer = company.try_act(number, "agent", "accept", headers={"If-Match": tag}, **WORK_ORDER)

    refused(answer, 400, "bad-request", "/headers/If-Match")


@pytest.mark.parametrize("fields", [None, [], "text", 7])
def test_fields_of_another_type_than_object_are_422(company: Organisation, number: str, fields: Any) -> None:
    path = f"{company.path}/complaints/{number}/acts/accept"

    with untouched(company):
        answer = company.world.call("POST", path, {"fields": fields}, auth=company.auth("agent"))

    refused(answer, 422, "invalid", "/fields")


@pytest.mark.parametrize("value", [7, True, [], {}, ["x"], {"a": {"b": []}}, 1.5, "", " ", "\x00", "x" * 4001])
def test_a_field_of_the_wrong_kind_is_named(company: Organisation, number: str, value: Any) -> None:
    with untouched(company):
        answer = company.try_act(number, "agent", "accept", agent_team="1", agent_number=value)

    refused(answer, 422, "invalid", "/fields/agent_number")


def test_an_unknown_field_is_named(company: Organisation, number: str) -> None:
    with untouched(company):
        answer = company.try_act(number, "agent", "accept", **WORK_ORDER, stage="archived", assigned={"x": ["y"]})

    refused(answer, 422, "invalid", "/fields/stage", "/fields/assigned")


@pytest.mark.parametrize("value", ["yes", 1, "true", [True], {}])
def test_a_flag_is_true_or_false(company: Organisation, value: Any) -> None:
    number = handled(company)

    with untouched(company):
        answer = company.try_act(number, "business_unit", "inspect", findings="x", truthful=value)

    refused(answer, 422, "invalid", "/fields/truthful")


@pytest.mark.parametrize("done_at", ["2026-11-27T08:59:59+08:00", "2026-11-27T10:00:00+08:00", "gestern", 7])
def test_done_at_before_the_complaint_or_in_the_future_is_refused(company: Organisation, done_at: Any) -> None:
    number = handled(company)

    with untouched(company):
        answer = company.try_act(number, "business_unit", "inspect", findings="x", truthful=True, done_at=done_at)

    refused(answer, 422, "invalid", "/fields/done_at")


PEOPLE: list[Any] = [
    7,
    {},
    [],
    [7],
    [""],
    "nobody",
    ["nobody"],
    "x" * 500,
    [["a"]],
    "\u0000",
    "T#x#ORG",
    "人",
    ["a\nb"],
]


@pytest.mark.parametrize("value", PEOPLE)
def test_only_members_are_assigned(company: Organisation, value: Any) -> None:
    number = forwarded(company)

    with untouched(company):
        answer = company.try_act(number, "business_unit", "assign", responsible=value)

    assert (answer.status, answer.problem) == (422, "invalid"), answer.text
    assert answer.json["errors"][0]["pointer"].startswith("/fields/responsible")


PROPOSALS: list[Any] = [7, True, [], {}, "x", "202611-000001/", "202611-000001/1", "202611-999999/7", "x" * 10_000, "/"]


@pytest.mark.parametrize("act", ["approve", "reject"])
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_an_invalid_proposal_is_named(act: str, proposal: Any) -> None:
    estate = at_estate.estate_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = at_estate.handled(estate, channel="email")
    estate.act(number, "management_office", "reply", text="灯已换好。")

    with untouched(estate):
        answer = estate.try_act(number, "service_centre", act, proposal=proposal)

    refused(answer, 422, "invalid", "/fields/proposal")


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_an_approval_takes_no_other_fields(act: str) -> None:
    estate = at_estate.estate_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = at_estate.handled(estate, channel="email")
    estate.act(number, "management_office", "reply", text="灯已换好。")

    with untouched(estate):
        answer = estate.try_act(number, "service_centre", act, text="别的回复", reason=7)

    refused(answer, 422, "invalid", "/fields/text", "/fields/reason")


TASKS: list[Any] = [None, 7, [], {}, "x", "202611-000001/1", "x" * 10_000]


@pytest.mark.parametrize("task", TASKS)
def test_an_invalid_task_is_named(task: Any) -> None:
    estate = at_estate.estate_in(InProcess("2026-11-27T09:00:00+08:00"))
    number = estate.file(severity="major")

    with untouched(estate):
        answer = estate.try_act(number, "management_office", "do_task", task=task, report="x")

    refused(answer, 422, "invalid", "/fields/task")


def test_twenty_thousand_fields_get_a_short_response(company: Organisation, number: str) -> None:
    with untouched(company):
        answer = company.try_act(number, "agent", "accept", **{f"f{position}": "x" for position in range(20_000)})

    assert (answer.status, answer.problem, len(answer.text) < 50_000) == (422, "invalid", True)


def test_the_owner_does_no_acts_without_a_role(company: Organisation, number: str) -> None:
    with untouched(company):
        refused(company.try_act(number, "owner", "accept", **WORK_ORDER), 403, "forbidden")


def test_a_crash_between_decision_and_commit_leaves_nothing(company: Organisation, number: str) -> None:
    def throttled(call: RecordedCall) -> None:
        if call.name == "commit":
            raise Unavailable

    store = in_process(company).fakes.store
    store.before = throttled

    with untouched(company):
        answer = company.try_act(number, "agent", "accept", **WORK_ORDER)

    refused(answer, 503, "unavailable")
    store.before = None
    assert company.try_act(number, "agent", "accept", **WORK_ORDER).status == 200
