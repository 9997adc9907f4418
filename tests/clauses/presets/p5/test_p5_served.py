"""P5 `telecom-regulator`: a provider whom the system does not reach is told of the order in another way, on record."""

from __future__ import annotations

import pytest

from tests.clauses.offices.regulator import DECISION, DISMISSAL, ORDER, SERVED, heard, ordered, unit
from tests.clauses.organisation import Organisation, hire

CENTRE = "complaint_centre"


@pytest.mark.slow
@pytest.mark.parametrize("who", ["inspector", CENTRE])
def test_p5_4_without_a_unit_the_service_of_the_order_is_on_record(regulator: Organisation, who: str) -> None:
    number = ordered(regulator)
    assert regulator.complaint(number)["stage"] == "ordered"
    assert ["respondent"] not in [one["fields"]["to"] for one in regulator.events(number, type_="notified")]

    assert regulator.act(number, who, "notify", **SERVED)["stage"] == "decided"

    [event] = [one for one in regulator.events(number, type_="notified") if one.get("act") == "notify"]
    values = regulator.get(f"/complaints/{number}/record", "inspector")["values"][event["id"]]
    assert values["served_how"] == SERVED["served_how"]


def test_p5_4_nothing_is_closed_before_the_provider_is_told(regulator: Organisation) -> None:
    number = ordered(regulator)

    assert regulator.try_act(number, CENTRE, "close", summary="已办结。").status == 409
    missing = regulator.try_act(number, CENTRE, "notify")
    assert (missing.status, missing.pointer) == (422, "/fields/served_how")


def test_p5_4_only_those_who_handle_it_record_the_service(regulator: Organisation) -> None:
    hire(regulator, "inspector", name="second")
    number = ordered(regulator)

    for who in ("second", "director", "complainant"):
        assert regulator.try_act(number, who, "notify", **SERVED).status == 403
    assert regulator.try_act(heard(regulator), "inspector", "notify", **SERVED).status == 409


def of_a_unit(regulator: Organisation) -> str:
    """An order against a provider with a unit, of which no person has an account."""
    return ordered(regulator, account=False, unit=unit(regulator, account=False))


def test_p5_4_a_provider_with_a_unit_but_without_an_account_is_told_in_another_way(regulator: Organisation) -> None:
    number = of_a_unit(regulator)

    assert regulator.act(number, CENTRE, "notify", **SERVED)["stage"] == "decided"

    again = regulator.try_act(number, CENTRE, "notify", **SERVED)
    assert (again.status, again.problem) == (409, "act-not-open")
    assert regulator.act(number, CENTRE, "close", summary="已办结。")["stage"] == "closed"


def test_p5_4_an_order_against_a_unit_is_closed_with_the_service_on_record(regulator: Organisation) -> None:
    number = of_a_unit(regulator)
    missing = regulator.try_act(number, CENTRE, "close", summary="已办结。")
    assert (missing.status, missing.pointer) == (422, "/fields/served_how")
    unsummarised = regulator.try_act(number, CENTRE, "close", **SERVED)
    assert (unsummarised.status, unsummarised.pointer) == (422, "/fields/summary")

    assert regulator.act(number, CENTRE, "close", summary="已办结。", **SERVED)["stage"] == "closed"

    [event] = regulator.events(number, type_="closed")
    values = regulator.get(f"/complaints/{number}/record", "inspector")["values"][event["id"]]
    assert values["served_how"] == SERVED["served_how"]


@pytest.mark.parametrize("who", ["inspector", CENTRE])
def test_p5_4_without_a_violation_there_is_nothing_to_serve(regulator: Organisation, who: str) -> None:
    number = heard(regulator, "no_violation")
    regulator.act(number, "inspector", "decide", **DISMISSAL)

    answer = regulator.try_act(number, who, "notify", **SERVED)

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert regulator.act(number, CENTRE, "close", summary="已办结。")["stage"] == "closed"


@pytest.mark.parametrize("finding", ["violation", "no_violation"])
def test_p5_4_the_complaint_centre_is_told_of_the_decision(regulator: Organisation, finding: str) -> None:
    number = heard(regulator, finding)
    decision = {**DECISION, **ORDER} if finding == "violation" else DISMISSAL

    regulator.act(number, "inspector", "decide", **decision)

    assert regulator.told(CENTRE, number)[0].startswith(f"投诉 {number} 已作出处理决定：投诉")


def test_p5_4_the_complaint_centre_is_told_that_it_can_close(regulator: Organisation) -> None:
    number = ordered(regulator)

    regulator.act(number, "inspector", "notify", **SERVED)

    assert regulator.told(CENTRE, number)[0] == f"投诉 {number} 的整改要求已送达通信服务提供商，请办理结案。"


@pytest.mark.parametrize("finding", ["violation", "no_violation"])
def test_p5_4_the_mail_to_the_consumer_says_what_was_decided(regulator: Organisation, finding: str) -> None:
    number = heard(regulator, finding, facts={"complainant.email": "consumer@mail.example"})
    decision = {**DECISION, **ORDER} if finding == "violation" else DISMISSAL

    regulator.act(number, "inspector", "decide", **decision)

    assert DECISION["opinion"] in regulator.world.mail("consumer@mail.example")
