"""P1.6 (+) `platform`: an archived complaint is examined again by a person who did not decide before."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import (
    ASKED,
    DECISION,
    FOUND,
    RECEIVED,
    archived,
    asked_otherwise,
    demanded,
    deputised,
    examined_again,
    reopened,
)
from tests.clauses.organisation import Organisation, hire

AGAIN = {"reason": "新证据"}


def test_p1_6_an_archived_case_can_be_examined_again(marketplace: Organisation) -> None:
    number = archived(marketplace)
    hire(marketplace, "handler", name="second")
    second = marketplace.subs["second"]
    assert marketplace.try_act(number, "archivist", "reopen", **AGAIN, responsible=second).status == 403

    answer = marketplace.act(number, "director", "reopen", **AGAIN, responsible=second)

    assert (answer["stage"], answer["assigned"]) == ("investigating", {"handler": [second]})
    told = f"您的投诉 {number} 现重新处理。"
    assert marketplace.told("complainant", number)[:1] == [told]
    assert marketplace.told("second", number)[:1] == [f"投诉 {number} 需要复核，现已指派，请作为责任方迅速处理。"]


@pytest.mark.parametrize("field", ["reason", "responsible"])
def test_p1_6_a_re_examination_has_its_reason_and_its_handler(marketplace: Organisation, field: str) -> None:
    number = archived(marketplace)
    hire(marketplace, "handler", name="second")
    fields = {**AGAIN, "responsible": marketplace.subs["second"], field: None}

    answer = marketplace.try_act(number, "director", "reopen", **fields)

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p1_6_the_person_who_decided_does_not_get_the_re_examination(marketplace: Organisation) -> None:
    number = archived(marketplace)

    answer = marketplace.try_act(number, "director", "reopen", **AGAIN, responsible=marketplace.subs["handler"])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p1_6_the_re_examination_is_not_given_back_to_the_person_who_decided(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    answer = marketplace.try_act(number, "screener", "assign", responsible=marketplace.subs["handler"])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p1_6_who_asked_for_evidence_and_did_not_decide_may_examine_again(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)
    for name in ("second", "third"):
        hire(marketplace, "handler", name=name)
    first, second, third = (marketplace.subs[name] for name in ("handler", "second", "third"))
    marketplace.act(number, "screener", "assign", responsible=second)
    marketplace.act(number, "second", "decide", **DECISION)
    marketplace.act(number, "second", "close", summary="退款后归档。")
    marketplace.act(number, "archivist", "archive")

    assert marketplace.try_act(number, "director", "reopen", **AGAIN, responsible=first).status == 200
    marketplace.act(number, "screener", "assign", responsible=third)
    assert marketplace.try_act(number, "screener", "assign", responsible=first).status == 200


@pytest.mark.parametrize("left_out", [[], ["inspect"], ["demand_evidence", "receive_evidence"]])
def test_p1_6_a_re_examination_verifies_and_asks_again(marketplace: Organisation, left_out: list[str]) -> None:
    number = reopened(marketplace)
    steps: dict[str, dict[str, str]] = {"inspect": FOUND, "demand_evidence": {}, "receive_evidence": RECEIVED}
    for act in [act for act in steps if act not in left_out]:
        marketplace.act(number, "second", act, **steps[act])

    answer = marketplace.try_act(number, "second", "decide", **DECISION)

    assert answer.status == (409 if left_out else 200)


@pytest.mark.parametrize(("act", "fields"), [("decide", DECISION), ("inspect", FOUND), ("notify", ASKED)])
def test_p1_6_the_person_who_decided_does_not_examine_again(
    marketplace: Organisation, act: str, fields: dict[str, str]
) -> None:
    assert marketplace.try_act(examined_again(marketplace), "handler", act, **fields).status == 403


@pytest.mark.parametrize(("act", "fields"), [("decide", DECISION), ("inspect", FOUND), ("notify", ASKED)])
def test_p1_6_the_person_who_decided_does_not_examine_again_as_a_deputy(
    marketplace: Organisation, act: str, fields: dict[str, str]
) -> None:
    number = examined_again(marketplace)
    deputised(marketplace, "second", "handler")

    assert marketplace.try_act(number, "handler", act, **fields).status == 403


def test_p1_6_another_person_decides_again(marketplace: Organisation) -> None:
    number = examined_again(marketplace)

    marketplace.act(number, "second", "decide", **{**DECISION, "outcome": "not_upheld"})

    outcomes = [event["fields"]["outcome"] for event in marketplace.events(number, type_="decided")]
    assert outcomes == ["upheld", "not_upheld"]
    assert marketplace.act(number, "second", "close", summary="复核后改判。")["stage"] == "closed"


def test_p1_6_a_re_examination_without_a_unit_asks_in_another_way_again(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **DECISION)
    marketplace.act(number, "handler", "close", summary="已退款。", told_how="挂号信。")
    marketplace.act(number, "archivist", "archive")
    hire(marketplace, "handler", name="second")

    answer = marketplace.act(number, "director", "reopen", **AGAIN, responsible=marketplace.subs["second"])

    assert answer["stage"] == "inquiring"
    marketplace.act(number, "second", "inspect", **FOUND)
    assert marketplace.try_act(number, "second", "decide", **DECISION).status == 409
    marketplace.act(number, "second", "notify", **ASKED)
    assert marketplace.try_act(number, "second", "decide", **DECISION).status == 200


def test_p1_6_a_re_examination_has_the_time_of_handling(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    assert marketplace.deadline(number, "handling")["run"] == 2
    assert marketplace.deadline(number, "handling")["state"] == "running"
