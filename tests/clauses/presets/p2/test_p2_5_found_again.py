"""P2.5: what an inspection shows can change the finding; the customer then gets another offer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import ACCEPTED, CARRIED_OUT, OURS, agreed, executed, found
from tests.clauses.organisation import Organisation

SHOWN = {"findings": "检测发现上次维修漏装密封圈。", "finding": "ours"}
NEW_OFFER = "您的投诉 {} 经检测，责任已重新认定，我们将向您重新提出处理意见。"


def found_again(garage: Organisation) -> str:
    """The inspection shows our own fault."""
    number = agreed(garage, "not_ours")
    garage.act(number, "service_manager", "find_liability", **SHOWN)
    return number


def running(garage: Organisation, number: str) -> set[str]:
    deadlines = garage.get(f"/complaints/{number}/deadlines", "owner")["deadlines"]
    return {one["clock"] for one in deadlines if one["state"] == "running"}


def test_p2_5_an_inspection_that_shows_our_fault_leads_to_apology_and_rework(garage: Organisation) -> None:
    number = found_again(garage)
    assert garage.complaint(number)["stage"] == "found"

    garage.act(number, "customer_service", "offer", **OURS, offer="道歉并返修。")
    garage.act(number, "complainant", "agree", **ACCEPTED["ours"])

    assert garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])["stage"] == "agreed"


def test_p2_5_after_the_inspection_a_repair_can_be_offered(garage: Organisation) -> None:
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", explanation="patient", inspection="free", offer="免费检测。")
    garage.act(number, "complainant", "agree")
    shown = {"findings": "底盘异响，需更换衬套。", "finding": "not_ours", "fee_dispute": False}

    garage.act(number, "technical_manager", "find_liability", **shown)

    repair = {"explanation": "patient", "inspection": "free", "repair": "with_consent"}
    assert garage.act(number, "customer_service", "offer", **repair, offer="检修。")["stage"] == "offered"


@pytest.mark.parametrize("field", list(SHOWN))
def test_p2_5_another_finding_says_what_the_inspection_shows(garage: Organisation, field: str) -> None:
    answer = garage.try_act(agreed(garage, "not_ours"), "service_manager", "find_liability", **{**SHOWN, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p2_5_another_finding_also_says_whether_it_is_about_fees(garage: Organisation) -> None:
    number, finding = agreed(garage, "not_ours"), {**SHOWN, "finding": "not_ours"}
    missing = garage.try_act(number, "service_manager", "find_liability", **finding)
    assert (missing.status, missing.pointer) == (422, "/fields/fee_dispute")
    garage.act(number, "service_manager", "find_liability", **finding, fee_dispute=True)

    discount = {"explanation": "patient", "fee": "discount"}
    assert garage.try_act(number, "customer_service", "offer", **discount, offer="优惠。").status == 200


@pytest.mark.parametrize("who", ["technical_manager", "general_manager"])
def test_p2_5_who_finds_the_liability_finds_it_again(garage: Organisation, who: str) -> None:
    assert garage.act(agreed(garage, "not_ours"), who, "find_liability", **SHOWN)["stage"] == "found"


@pytest.mark.parametrize("who", ["customer_service", "service_adviser", "call_back_agent", "complainant"])
def test_p2_5_others_do_not_find_it_again(garage: Organisation, who: str) -> None:
    assert garage.try_act(agreed(garage, "not_ours"), who, "find_liability", **SHOWN).status == 403


def test_p2_5_without_an_inspection_nothing_is_found_again(garage: Organisation) -> None:
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", explanation="patient", offer="解释。")
    garage.act(number, "complainant", "agree")

    assert garage.try_act(number, "service_manager", "find_liability", **SHOWN).problem == "act-not-open"


def test_p2_5_after_the_remedy_nothing_is_found_again(garage: Organisation) -> None:
    number = executed(garage, "not_ours")

    assert garage.try_act(number, "service_manager", "find_liability", **SHOWN).problem == "act-not-open"


def test_p2_5_the_other_offer_has_two_working_days_and_the_accepted_one_is_owed_no_more(garage: Organisation) -> None:
    number = agreed(garage, "not_ours")
    assert running(garage, number) == {"remedy", "visit"}
    garage.world.move_to("2026-11-30T10:00:00+08:00")

    garage.act(number, "service_manager", "find_liability", **SHOWN)

    assert running(garage, number) == {"handling"}
    assert garage.local(garage.deadline(number, "handling")["due"]) == "2026-12-02T18:00:00+08:00"
    garage.world.move_to("2026-12-02T18:00:00+08:00")
    assert [one["fields"]["clock"] for one in garage.events(number, type_="escalated")] == ["handling"]


def test_p2_5_the_first_finding_gives_no_more_time(garage: Organisation) -> None:
    number = found(garage)

    assert garage.deadline(number, "handling")["run"] == 1


def test_p2_5_the_other_offer_is_judged_by_itself(garage: Organisation) -> None:
    number = found_again(garage)

    flags = garage.complaint(number, "customer_service")["flags"]
    assert [flags.get(remedy) for remedy in ("inspection", "repair", "fee")] == ["no"] * 3
    assert flags["finding"] == "ours"
    wrong = garage.try_act(number, "customer_service", "offer", **OURS, offer="检修。", repair="with_consent")
    assert (wrong.status, wrong.pointer) == (422, "/fields/repair")


def test_p2_5_customer_and_office_are_told_that_another_offer_follows(garage: Organisation) -> None:
    number = found_again(garage)

    assert garage.told("complainant", number)[0] == NEW_OFFER.format(number)
    for who in ("customer_service", "service_adviser"):
        assert garage.told(who, number)[0] == f"投诉 {number} 经检测已重新认定责任，请重新提出处理意见。"
