"""P5.4 (r) `telecom-regulator`: no sanction before the provider was told what was found and has stated its case."""

from __future__ import annotations

import pytest

from tests.clauses.offices.regulator import (
    DECISION,
    NOTICE,
    ORDER,
    REACHED,
    WANTED,
    assigned,
    found,
    heard,
    informed,
    states_its_case,
    unit,
)
from tests.clauses.organisation import Organisation, hire

BEFORE, OVER = "2026-12-01T17:59:00+08:00", "2026-12-01T18:00:00+08:00"
"""Two working days after Friday 27 November."""
LATER = "2026-12-20T09:00:00+08:00"
NOT_REACHED = {"asked_how": "电话无人接听。", "contact": "not_reached"}
NOT_REACHED_AGAIN = {"asked_how": "挂号信被退回。", "contact": "not_reached_again"}
SANCTION = {**DECISION, **ORDER}
RECORDED = {"received": "公司来电承认。", "of": "respondent"}


@pytest.fixture(params=["a unit", "outside the system"])
def violation(request: pytest.FixtureRequest, regulator: Organisation) -> str:
    """A violation of a provider, that is a unit with an account or is outside the system."""
    return found(regulator, unit=unit(regulator) if request.param == "a unit" else None)


@pytest.fixture
def outside(regulator: Organisation) -> str:
    return found(regulator)


def sanctioned(regulator: Organisation, number: str) -> int:
    return regulator.try_act(number, "inspector", "decide", **SANCTION).status


def test_p5_4_a_provider_that_was_never_asked_is_not_sanctioned(regulator: Organisation, violation: str) -> None:
    regulator.world.move_to("2026-12-10T09:00:00+08:00")

    assert sanctioned(regulator, violation) == 409


def test_p5_4_what_it_answered_in_the_investigation_is_no_statement_on_the_finding(regulator: Organisation) -> None:
    number = assigned(regulator, unit=unit(regulator))
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    states_its_case(regulator, number)
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding="violation")

    assert sanctioned(regulator, number) == 409


def test_p5_4_after_its_own_statement_it_can_be_sanctioned(regulator: Organisation, violation: str) -> None:
    informed(regulator, violation)
    assert sanctioned(regulator, violation) == 409

    states_its_case(regulator, violation)

    assert sanctioned(regulator, violation) == 200


def test_p5_4_a_silent_provider_has_its_whole_time(regulator: Organisation, violation: str) -> None:
    informed(regulator, violation)
    regulator.world.move_to(BEFORE)
    assert sanctioned(regulator, violation) == 409

    regulator.world.move_to(OVER)

    assert sanctioned(regulator, violation) == 200


def test_p5_4_the_provider_is_told_what_was_found_and_until_when_to_answer(regulator: Organisation) -> None:
    number = found(regulator, unit=unit(regulator))
    informed(regulator, number)

    assert regulator.told("provider", number)[:2] == [
        f"针对贵单位的投诉 {number} 拟依法处罚，拟处罚的事实、理由和依据附后。"
        "请贵单位于 2026年12月1日（周二）18:00 前陈述申辩。",
        f"针对贵单位的投诉 {number} 经核实认定存在违规行为。作出处罚前，请贵单位在告知的期限内陈述申辩。",
    ]
    [event] = [one for one in regulator.events(number, type_="evidence_demanded") if one.get("act")]
    assert regulator.get(f"/complaints/{number}/record", "provider")["values"][event["id"]] == NOTICE


def test_p5_4_of_no_violation_nothing_is_told(regulator: Organisation) -> None:
    number = found(regulator, "no_violation", unit=unit(regulator))

    assert regulator.told("provider", number) == []


def test_p5_4_the_notice_says_what_is_to_be_imposed(regulator: Organisation, violation: str) -> None:
    answer = regulator.try_act(violation, "inspector", "demand_evidence")

    assert answer.status == 422
    assert "/fields/notice" in [one["pointer"] for one in answer.json["errors"]]


@pytest.mark.parametrize("field", list(REACHED))
def test_p5_4_how_a_provider_outside_was_told_is_on_record(regulator: Organisation, outside: str, field: str) -> None:
    answer = regulator.try_act(outside, "inspector", "demand_evidence", **{**NOTICE, **REACHED, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p5_4_a_provider_whom_one_way_did_not_reach_is_not_silent(regulator: Organisation, outside: str) -> None:
    informed(regulator, outside, **NOT_REACHED)

    regulator.world.move_to("2026-12-10T09:00:00+08:00")

    assert sanctioned(regulator, outside) == 409


def test_p5_4_after_a_second_way_the_provider_has_two_working_days(regulator: Organisation, outside: str) -> None:
    informed(regulator, outside, **NOT_REACHED)
    informed(regulator, outside, **NOT_REACHED_AGAIN)
    regulator.world.move_to(BEFORE)
    assert sanctioned(regulator, outside) == 409

    regulator.world.move_to(OVER)

    assert sanctioned(regulator, outside) == 200


def test_p5_4_there_is_no_second_way_before_a_first_one(regulator: Organisation, outside: str) -> None:
    answer = regulator.try_act(outside, "inspector", "demand_evidence", **{**NOTICE, **NOT_REACHED_AGAIN})

    assert (answer.status, answer.pointer) == (422, "/fields/contact")


def test_p5_4_a_provider_that_answered_though_it_was_not_reached_is_told_in_a_second_way_all_the_same(
    regulator: Organisation, outside: str
) -> None:
    informed(regulator, outside, **NOT_REACHED)
    states_its_case(regulator, outside)
    assert sanctioned(regulator, outside) == 409

    informed(regulator, outside)
    states_its_case(regulator, outside)

    assert sanctioned(regulator, outside) == 200


def test_p5_4_another_finding_is_heard_anew(regulator: Organisation, violation: str) -> None:
    informed(regulator, violation)
    states_its_case(regulator, violation)

    regulator.act(violation, "inspector", "find_liability", finding="violation")

    assert sanctioned(regulator, violation) == 409


def test_p5_4_a_unit_without_an_account_is_told_by_staff_after_the_director_has_confirmed_it(
    regulator: Organisation,
) -> None:
    number = found(regulator, unit=unit(regulator, account=False))
    assert regulator.try_act(number, "inspector", "demand_evidence", **NOTICE).pointer == "/fields/of"
    assert regulator.try_act(number, "inspector", "notify").pointer == "/fields/asked_how"
    regulator.act(number, "inspector", "notify", asked_how="没有账号。")
    assert regulator.complaint(number)["stage"] == "found"
    [proposal] = regulator.complaint(number, "director")["proposals"]

    regulator.act(number, "director", "approve", proposal=proposal["proposal"])

    assert regulator.complaint(number)["stage"] == "found_outside"
    informed(regulator, number)
    regulator.world.move_to(OVER)
    assert sanctioned(regulator, number) == 200


def test_p5_3_what_staff_record_in_its_place_is_told_in_one_message_and_opens_two_working_days(
    regulator: Organisation,
) -> None:
    number = found(regulator, unit=unit(regulator))
    informed(regulator, number)
    regulator.act(number, "inspector", "receive_evidence", **RECORDED)
    assert regulator.told("provider", number)[0] == (
        f"针对贵单位的投诉 {number}，执法人员已代为记录贵单位的陈述申辩，贵单位无需另行提交。"
        "如有异议，请于 2026年12月1日（周二）18:00 前提出。"
    )
    regulator.world.move_to(BEFORE)
    assert (regulator.complaint(number)["stage"], sanctioned(regulator, number)) == ("hearing", 409)

    regulator.world.move_to(OVER)

    assert regulator.told("inspector", number)[0] == f"投诉 {number} 给予通信服务提供商提出异议的时间已过，请继续办理。"
    assert sanctioned(regulator, number) == 200


def test_p5_3_the_provider_objects_to_what_staff_recorded(regulator: Organisation) -> None:
    number = found(regulator, unit=unit(regulator))
    informed(regulator, number)
    regulator.act(number, "inspector", "receive_evidence", **RECORDED)
    assert regulator.try_act(number, "provider", "object").pointer == "/fields/objection"
    regulator.world.move_to(BEFORE)

    regulator.act(number, "provider", "object", objection="未承认。")

    assert regulator.told("inspector", number)[0] == f"投诉 {number} 的通信服务提供商提出陈述申辩或异议，请予核实。"
    assert sanctioned(regulator, number) == 200


def test_p5_3_at_the_end_of_the_time_to_object_it_is_over(regulator: Organisation) -> None:
    number = found(regulator, unit=unit(regulator))
    informed(regulator, number)
    regulator.act(number, "inspector", "receive_evidence", **RECORDED)
    regulator.world.move_to(OVER)

    assert "object" in regulator.complaint(number, "provider")["acts"]  # as before any decision
    assert regulator.complaint(number)["stage"] == "found"


def test_p5_3_a_provider_outside_is_told_as_it_was_asked_and_has_two_working_days(
    regulator: Organisation, outside: str
) -> None:
    informed(regulator, outside)
    missing = regulator.try_act(outside, "inspector", "receive_evidence", **RECORDED)
    assert (missing.status, missing.pointer) == (422, "/fields/told_back")
    regulator.act(outside, "inspector", "receive_evidence", **RECORDED, told_back="当场宣读。")
    regulator.world.move_to(BEFORE)
    assert (regulator.complaint(outside)["stage"], sanctioned(regulator, outside)) == ("hearing_outside", 409)

    regulator.world.move_to(OVER)

    assert sanctioned(regulator, outside) == 200


@pytest.mark.parametrize("told_back", [{}, {"told_back": "当场宣读。"}])
def test_p5_3_the_time_to_object_does_not_count_in_handling(regulator: Organisation, told_back: dict[str, str]) -> None:
    number = found(regulator, unit=None if told_back else unit(regulator))
    informed(regulator, number)
    before = regulator.deadline(number, "handling")["due"]
    regulator.act(number, "inspector", "receive_evidence", **RECORDED, **told_back)
    assert regulator.deadline(number, "handling")["state"] == "paused"

    regulator.world.move_to(OVER)

    assert regulator.deadline(number, "handling")["due"] > before


@pytest.mark.parametrize(("with_unit", "stage"), [(True, "found"), (False, "found_outside")])
def test_p5_3_what_came_from_the_consumer_opens_no_time(regulator: Organisation, with_unit: bool, stage: str) -> None:
    number = assigned(regulator, unit=unit(regulator) if with_unit else None)
    regulator.act(number, "inspector", "demand_evidence", of="complainant", **WANTED)
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding="violation")

    done = regulator.act(number, "inspector", "receive_evidence", received="合同。", of="complainant")

    assert done["stage"] == stage
    assert regulator.try_act(number, "inspector", "receive_evidence", **RECORDED, told_back="x").status == 422


@pytest.mark.parametrize("who", ["complaint_centre", "director"])
@pytest.mark.parametrize("told_back", [{}, {"told_back": "当场宣读。"}])
def test_p5_3_another_inspector_can_be_named_meanwhile(
    regulator: Organisation, who: str, told_back: dict[str, str]
) -> None:
    number = found(regulator, unit=None if told_back else unit(regulator))
    informed(regulator, number)
    regulator.act(number, "inspector", "receive_evidence", **RECORDED, **told_back)
    hire(regulator, "inspector", name="second")

    regulator.act(number, who, "assign", inspectors=[regulator.subs["second"]])

    assert regulator.told("second", number) == [f"投诉 {number} 已指派，目前无须办理。"]


def test_p5_3_what_was_recorded_in_the_investigation_is_told_to_the_provider(regulator: Organisation) -> None:
    number = assigned(regulator, unit=unit(regulator))
    text = f"针对贵单位的投诉 {number}，执法人员已代为记录贵单位的答复或证据材料。如有异议，请在作出处理决定前提出。"
    regulator.act(number, "inspector", "notify", asked_how="电话。", came_back="承认。")
    assert regulator.told("provider", number) == [text]
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    regulator.act(number, "inspector", "receive_evidence", received="账单。")
    assert regulator.told("provider", number)[0] == text

    regulator.act(number, "provider", "object", objection="账单不是我方的。")

    assert regulator.told("inspector", number)[0] == f"投诉 {number} 的通信服务提供商提出陈述申辩或异议，请予核实。"


def test_p5_4_the_whole_sanction_after_a_hearing(regulator: Organisation) -> None:
    assert regulator.act(heard(regulator), "inspector", "decide", **SANCTION)["stage"] == "ordered"
