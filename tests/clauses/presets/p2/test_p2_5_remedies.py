"""P2.5: the finding determines the remedies, and what is carried out is what was offered and accepted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.garage import (
    ACCEPTED,
    CARRIED_OUT,
    NOT_OURS,
    OURS,
    REMEDIES,
    agreed,
    executed,
    found,
    offered,
    received,
)
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p2.steps import CUSTOMER_ACCEPTED, IF_NOT_AGREED, OFFER_MADE, TELL_US_WHY
from tests.helpers.fakes.client import Answer

OFFER = {"offer": "周六上午返修。"}
FEES = {"explanation": "patient", "fee": "discount"}


def refused(answer: Answer, *fields: str) -> None:
    """Asserts that the answer refuses these fields and no others."""
    assert sorted(one["pointer"] for one in answer.json["errors"]) == sorted(f"/fields/{name}" for name in fields)


def form(garage: Organisation, number: str, who: str, act: str) -> dict[str, bool]:
    """The fields that the act's form shows, each with whether it is required."""
    return {one["name"]: one["required"] for one in garage.complaint(number, who)["forms"][act]}


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_5_the_remedies_are_those_of_the_finding(garage: Organisation, finding: str) -> None:
    number = offered(garage, finding)

    [event] = garage.events(number, type_="offered")
    assert event["fields"] == {**REMEDIES[finding], "given": ["offer"], "reached": True}
    assert garage.told("complainant", number)[:1] == [OFFER_MADE.format(number)]


@pytest.mark.parametrize(
    ("finding", "remedy"),
    [
        *[("ours", {name: value}) for name, value in NOT_OURS.items()],
        *[("not_ours", {name: value}) for name, value in OURS.items()],
        ("ours", {"fee": "discount"}),
        ("ours", {"fee": "labour_fee"}),
        ("not_ours", {"fee": "discount"}),
        ("not_ours", {"fee": "labour_fee"}),
    ],
)
def test_p2_5_a_remedy_that_the_finding_does_not_allow_is_refused(
    garage: Organisation, finding: str, remedy: dict[str, str]
) -> None:
    number = found(garage, finding)

    refused(garage.try_act(number, "customer_service", "offer", **{**REMEDIES[finding], **remedy}, **OFFER), *remedy)


@pytest.mark.parametrize("missing", ["apology", "rework", "offer"])
def test_p2_5_our_fault_needs_the_apology_and_the_rework(garage: Organisation, missing: str) -> None:
    offer = {**OURS, **OFFER, missing: None}

    refused(garage.try_act(found(garage), "customer_service", "offer", **offer), missing)


def test_p2_5_no_fault_of_ours_needs_an_explanation(garage: Organisation) -> None:
    number = found(garage, "not_ours")

    refused(garage.try_act(number, "customer_service", "offer", **OFFER), "explanation")
    assert garage.act(number, "customer_service", "offer", explanation="patient", **OFFER)["stage"] == "offered"


def test_p2_5_a_repair_is_offered_with_a_free_inspection(garage: Organisation) -> None:
    offer = {**NOT_OURS, **OFFER, "inspection": None}

    refused(garage.try_act(found(garage, "not_ours"), "customer_service", "offer", **offer), "inspection")


@pytest.mark.parametrize("fee", ["discount", "labour_fee"])
def test_p2_5_a_fee_dispute_allows_a_discount_or_a_lower_labour_fee(garage: Organisation, fee: str) -> None:
    number = found(garage, "not_ours", fees=True)
    assert garage.try_act(number, "customer_service", "offer", **{**FEES, "fee": fee}, **OFFER).status == 200
    garage.act(number, "complainant", "agree")

    refused(garage.try_act(number, "service_manager", "execute", explained="done"), "fee_reduced")
    other = {"discount": "labour_fee", "labour_fee": "discount"}[fee]
    refused(garage.try_act(number, "service_manager", "execute", explained="done", fee_reduced=other), "fee_reduced")
    assert garage.try_act(number, "service_manager", "execute", explained="done", fee_reduced=fee).status == 200


def test_p2_5_the_finding_says_whether_it_is_a_fee_dispute(garage: Organisation) -> None:
    number = received(garage)
    garage.act(number, "service_manager", "inspect", findings="收费与报价不符。")

    refused(garage.try_act(number, "service_manager", "find_liability"), "finding")
    refused(garage.try_act(number, "service_manager", "find_liability", finding="not_ours"), "fee_dispute")


def test_p2_5_the_form_shows_the_remedies_of_the_finding_only(garage: Organisation) -> None:
    ours, not_ours = (form(garage, found(garage, one), "customer_service", "offer") for one in REMEDIES)

    assert ours == {"offer": True, "apology": True, "rework": True}
    assert not_ours == {"offer": True, "explanation": True, "inspection": False, "repair": False}


def test_p2_5_no_remedy_is_offered_before_the_finding(garage: Organisation) -> None:
    answer = garage.try_act(received(garage), "customer_service", "offer", **OURS, **OFFER)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p2_5_there_is_no_finding_before_the_inspection(garage: Organisation) -> None:
    assert garage.try_act(received(garage), "service_manager", "find_liability", finding="ours").status == 409


def test_p2_5_the_rework_is_at_the_customers_time(garage: Organisation) -> None:
    number = offered(garage)

    refused(garage.try_act(number, "complainant", "agree"), "rework_at")
    refused(garage.try_act(number, "complainant", "agree", rework_at="2026-11-26T10:00:00+08:00"), "rework_at")
    garage.act(number, "complainant", "agree", **ACCEPTED["ours"])

    [event] = garage.events(number, type_="agreed")
    assert event["fields"]["rework_at"] == "2026-11-28T02:00:00.000Z"
    assert CUSTOMER_ACCEPTED.format(number) in garage.told("customer_service", number)


def test_p2_5_a_repair_needs_the_customers_answer(garage: Organisation) -> None:
    refused(garage.try_act(offered(garage, "not_ours"), "complainant", "agree"), "consent")


def test_p2_5_without_the_customers_consent_nothing_is_repaired(garage: Organisation) -> None:
    number = agreed(garage, "not_ours", consent=False)

    refused(garage.try_act(number, "service_manager", "execute", **CARRIED_OUT["not_ours"]), "repair_done")
    work = {"explained": "done", "inspection_done": "done"}
    assert garage.try_act(number, "service_manager", "execute", **work).status == 200


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_5_all_that_was_offered_and_accepted_is_carried_out(garage: Organisation, finding: str) -> None:
    number, work = agreed(garage, finding), CARRIED_OUT[finding]

    for name in work:
        refused(garage.try_act(number, "service_manager", "execute", **{**work, name: None}), name)
    garage.act(number, "service_manager", "execute", **work, done_at="2026-11-27T09:00:00+08:00")

    assert garage.complaint(number, "customer_service")["flags"]["carried_out"] == "yes"
    [event] = garage.events(number, type_="executed")
    assert event["fields"] == {**work, "done_at": "2026-11-27T01:00:00.000Z"}


@pytest.mark.parametrize(
    "extra", [{"rework_done": "done"}, {"apology_made": "done"}, {"inspection_done": "done"}, {"repair_done": "done"}]
)
def test_p2_5_what_was_not_offered_is_not_carried_out(garage: Organisation, extra: dict[str, str]) -> None:
    number = found(garage, "not_ours", fees=True)
    garage.act(number, "customer_service", "offer", **FEES, **OFFER)
    garage.act(number, "complainant", "agree")

    work = {"explained": "done", "fee_reduced": "discount"}
    refused(garage.try_act(number, "service_manager", "execute", **work, **extra), *extra)


@pytest.mark.parametrize("extra", [{"explained": "done"}, {"fee_reduced": "discount"}, {"fee_reduced": "labour_fee"}])
def test_p2_5_after_a_finding_against_us_nothing_else_is_carried_out(
    garage: Organisation, extra: dict[str, str]
) -> None:
    refused(garage.try_act(agreed(garage), "service_manager", "execute", **CARRIED_OUT["ours"], **extra), *extra)


def test_p2_5_what_was_offered_before_a_dispute_is_not_carried_out(garage: Organisation) -> None:
    number = found(garage, "not_ours", fees=True)
    garage.act(number, "customer_service", "offer", **NOT_OURS, fee="discount", **OFFER)
    garage.act(number, "complainant", "dispute", reason="与维修无关。")
    garage.act(number, "service_manager", "find_liability", finding="not_ours", fee_dispute=True)
    garage.act(number, "customer_service", "offer", explanation="patient", **OFFER)
    garage.act(number, "complainant", "agree")

    before: dict[str, Any] = {**CARRIED_OUT["not_ours"], "fee_reduced": "discount"}
    refused(
        garage.try_act(number, "service_manager", "execute", **before),
        *("inspection_done", "repair_done", "fee_reduced"),
    )
    assert garage.try_act(number, "service_manager", "execute", explained="done").status == 200


def test_p2_5_after_a_dispute_the_case_names_no_remedy(garage: Organisation) -> None:
    number = found(garage, "not_ours", fees=True)
    garage.act(number, "customer_service", "offer", **NOT_OURS, fee="discount", **OFFER)

    garage.act(number, "complainant", "dispute")

    flags = garage.complaint(number, "customer_service")["flags"]
    assert [flags.get(remedy) for remedy in ("rework", "inspection", "repair", "fee")] == ["no"] * 4


def test_p2_5_a_rework_of_an_earlier_offer_is_not_carried_out(garage: Organisation) -> None:
    number = offered(garage)
    garage.act(number, "complainant", "dispute", reason="与维修无关。")
    garage.act(number, "service_manager", "find_liability", finding="not_ours", fee_dispute=False)
    garage.act(number, "customer_service", "offer", explanation="patient", **OFFER)
    garage.act(number, "complainant", "agree")

    refused(garage.try_act(number, "service_manager", "execute", explained="done", rework_done="done"), "rework_done")
    garage.act(number, "service_manager", "execute", explained="done")


def test_p2_5_nothing_is_carried_out_before_the_customer_agrees(garage: Organisation) -> None:
    answer = garage.try_act(offered(garage), "service_manager", "execute", **CARRIED_OUT["ours"])

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p2_5_the_case_is_decided_only_after_the_remedy_was_carried_out(garage: Organisation) -> None:
    answer = garage.try_act(agreed(garage), "general_manager", "decide", outcome="settled")
    assert (answer.status, answer.problem) == (409, "act-not-open")

    number = executed(garage)
    refused(garage.try_act(number, "general_manager", "decide"), "outcome")
    assert garage.act(number, "general_manager", "decide", outcome="settled")["stage"] == "decided"
    assert garage.told("complainant", number)[:1] == [
        f"您的投诉 {number} 已按您接受的处理意见办理完毕，感谢您的谅解。{IF_NOT_AGREED}"
    ]


@pytest.mark.parametrize(("who", "act"), [("service_manager", "agree"), ("customer_service", "dispute")])
def test_p2_5_only_the_customer_answers_the_offer(garage: Organisation, who: str, act: str) -> None:
    assert garage.try_act(offered(garage), who, act, **ACCEPTED["ours"] if act == "agree" else {}).status == 403


def test_p2_5_a_refused_offer_is_told_and_looked_at_again(garage: Organisation) -> None:
    number = offered(garage)

    answer = garage.act(number, "complainant", "dispute", reason="仍有异响。")

    assert answer["stage"] == "handling"
    refusal = f"投诉 {number}：客户不接受处理意见，请重新提出处理意见。"
    assert all(garage.told(who, number)[0] == refusal for who in ("customer_service", "service_adviser"))


def test_p2_5_what_is_our_fault_is_no_fee_dispute(garage: Organisation) -> None:
    number = received(garage)
    garage.act(number, "service_manager", "inspect", findings="空调滤芯未更换。")

    refused(
        garage.try_act(number, "service_manager", "find_liability", finding="ours", fee_dispute=True), "fee_dispute"
    )
    answer = garage.act(number, "service_manager", "find_liability", finding="ours", fee_dispute=False)
    assert answer["stage"] == "found"


@pytest.mark.parametrize("fee", ["discount", "labour_fee"])
def test_p2_5_a_new_finding_against_us_ends_the_fee_dispute(garage: Organisation, fee: str) -> None:
    number = found(garage, "not_ours", fees=True)
    garage.act(number, "customer_service", "offer", **FEES, **OFFER)
    garage.act(number, "complainant", "dispute", reason="与收费无关。")
    garage.act(number, "service_manager", "find_liability", finding="ours")

    refused(garage.try_act(number, "customer_service", "offer", **OURS, **OFFER, fee=fee), "fee")


@pytest.mark.parametrize("who", ["customer_service", "service_manager", "general_manager"])
def test_p2_5_three_roles_make_an_offer(garage: Organisation, who: str) -> None:
    number = found(garage)

    assert garage.try_act(number, "technical_manager", "offer", **OURS, **OFFER).status == 403
    assert garage.act(number, who, "offer", **OURS, **OFFER)["stage"] == "offered"


@pytest.mark.parametrize("who", ["customer_service", "service_manager", "technical_manager", "general_manager"])
def test_p2_5_four_roles_carry_it_out(garage: Organisation, who: str) -> None:
    number = agreed(garage)

    assert garage.try_act(number, "call_back_agent", "execute", **CARRIED_OUT["ours"]).status == 403
    garage.act(number, who, "execute", **CARRIED_OUT["ours"])


def test_p2_5_the_customer_may_stay_dissatisfied(garage: Organisation) -> None:
    number = executed(garage)

    garage.act(number, "customer_service", "decide", outcome="unsettled")

    text = f"您的投诉 {number} 已按您接受的处理意见办理完毕，您对结果不满意，我们已如实记录。{TELL_US_WHY}"
    assert garage.told("complainant", number)[:1] == [text]


def test_p2_5_customer_service_and_the_adviser_are_told_of_the_agreement(garage: Organisation) -> None:
    number = agreed(garage)

    told = CUSTOMER_ACCEPTED.format(number)
    assert [garage.told(who, number)[0] for who in ("customer_service", "service_adviser")] == [told, told]
