"""P5: what people read of the times of P5.2 to P5.4, and who is asked for an answer that has not come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.behaviour.deadlines import read_by_complainant
from tests.clauses.offices.regulator import (
    DISMISSAL,
    NOTICE,
    REACHED,
    WANTED,
    accepted,
    assigned,
    evidenced,
    found,
    heard,
    ordered,
    regulator_in,
    send,
)
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p5.steps import ACCEPTED, PASS_ON
from tests.clauses.world import InProcess

LAPSED = "投诉 {} 的举证期限已过，尚无被投诉方答复的记录。如已收到或后续收到答复，请登记。"
LAPSED_WITHOUT_REQUEST = "投诉 {} 的举证期限已过，未收到被投诉方提交的证据。"
OVER = "2026-12-04T18:00:00+08:00"
ANSWER: dict[str, Any] = {"received": "电话答复一份。", "of": "respondent", "told_back": "电话告知。"}


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def regulator(world: InProcess) -> Organisation:
    return regulator_in(world)


def without_violation(regulator: Organisation) -> str:
    """The provider was asked, and has not answered yet."""
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    regulator.act(number, "inspector", "inspect", findings="计费系统无误。")
    regulator.act(number, "inspector", "find_liability", finding="no_violation")
    return number


def test_p5_2_the_acceptance_says_until_when_the_consumer_hears_the_result(regulator: Organisation) -> None:
    number = accepted(regulator)

    assert regulator.told("complainant", number)[0] == ACCEPTED.format(number)


def test_p5_2_the_mail_about_evidence_does_not_call_it_approved(regulator: Organisation, world: InProcess) -> None:
    number = evidenced(regulator)
    regulator.world.move_to("2026-11-27T09:02:00+08:00")

    [mail] = [one for one in world.fakes.mailer.outbox if "现进入受理审查" in one.text]
    assert mail.subject == f"您的投诉 {number}：已确认，进入下一步"


def test_p5_3_the_inspector_who_is_asked_to_record_a_late_answer_can_do_so(regulator: Organisation) -> None:
    number = without_violation(regulator)
    regulator.world.move_to(OVER)
    assert regulator.told("inspector", number)[0] == LAPSED.format(number)

    regulator.act(number, "inspector", "receive_evidence", **ANSWER)

    assert regulator.complaint(number)["stage"] == "unfounded"


def test_p5_3_a_late_answer_without_a_violation_is_told_back_too(regulator: Organisation) -> None:
    number = without_violation(regulator)

    answer = regulator.try_act(number, "inspector", "receive_evidence", **{**ANSWER, "told_back": ""})

    assert answer.pointer == "/fields/told_back"


def test_p5_3_after_the_decision_nobody_is_asked_to_record_an_answer(regulator: Organisation) -> None:
    number = without_violation(regulator)
    regulator.act(number, "inspector", "decide", **DISMISSAL)

    regulator.world.move_to(OVER)

    assert regulator.told("inspector", number)[0] == LAPSED_WITHOUT_REQUEST.format(number)


def test_p5_2_the_consumer_is_told_of_a_paper_of_theirs_where_no_violation_was_found(regulator: Organisation) -> None:
    number = found(regulator, "no_violation")
    known = {who: len(regulator.told(who, number)) for who in ("complainant", "inspector")}

    regulator.act(number, "complaint_centre", "receive_evidence", received="账单一份。", of="complainant")

    assert {who: len(regulator.told(who, number)) - known[who] for who in known} == {"complainant": 1, "inspector": 1}


def test_p5_3_an_answer_of_the_provider_is_not_told_to_the_consumer(regulator: Organisation) -> None:
    number = without_violation(regulator)
    known = regulator.told("complainant", number)

    regulator.act(number, "inspector", "receive_evidence", **ANSWER)

    assert regulator.told("complainant", number) == known


def test_p5_4_the_inspector_who_told_the_provider_is_not_asked_how(regulator: Organisation) -> None:
    number = found(regulator)

    regulator.act(number, "inspector", "demand_evidence", **NOTICE, **REACHED)

    assert regulator.told("inspector", number)[0] == PASS_ON.format(number)


def test_p5_2_the_consumer_reads_what_each_time_for_evidence_is_for(regulator: Organisation) -> None:
    number = regulator.file()

    assert read_by_complainant(regulator, number, "evidence", "silence") == {
        "evidence": "您：提供证据材料；届时尚未提供的，我们会提醒您补交",
        "silence": "您：补交证据材料；届时仍未提供的，不予受理",
    }


def test_p5_2_the_consumer_reads_who_decides_on_the_acceptance(regulator: Organisation) -> None:
    number = evidenced(regulator)

    assert read_by_complainant(regulator, number, "acceptance") == {
        "acceptance": "投诉中心：审查并决定是否受理您的投诉"
    }


def test_p5_3_the_consumer_reads_whom_a_hearing_waits_for(regulator: Organisation) -> None:
    number = found(regulator)
    regulator.act(number, "inspector", "demand_evidence", **NOTICE, **REACHED)
    regulator.act(number, "inspector", "receive_evidence", **ANSWER)

    assert read_by_complainant(regulator, number, "objection", "hearing") == {
        "objection": "通信服务提供商：通信服务提供商提出异议",
        "hearing": "投诉中心：听取通信服务提供商的意见",
    }


def test_p5_4_the_consumer_reads_who_closes_the_case(regulator: Organisation) -> None:
    number = ordered(regulator)

    assert read_by_complainant(regulator, number, "completion") == {"completion": "投诉中心：办理送达、结案和归档"}


def test_p5_4_the_alarm_about_a_decided_case_asks_to_close_it(regulator: Organisation) -> None:
    number = heard(regulator, "no_violation")
    regulator.act(number, "inspector", "decide", **DISMISSAL)
    regulator.world.move_to(regulator.deadline(number, "completion")["due"])

    assert regulator.told_in_full("complaint_centre", number)[0].endswith("待办：结案。")


def test_p5_2_the_reminder_says_when_the_complaint_is_refused(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to(regulator.deadline(number, "evidence_overdue")["due"])

    assert regulator.told("complainant", number)[0].endswith("；2026年12月18日（周五）18:00 前仍未补交的，不予受理。")


def test_p5_2_what_is_handed_in_after_the_refusal_is_acknowledged(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to(regulator.deadline(number, "silence")["due"])
    assert send(regulator, number, "bill") == 201

    regulator.world.move_to("2026-12-18T18:01:00+08:00")

    assert regulator.told("complainant", number)[0] == f"您的投诉 {number} 的证据材料已收到，现进入受理审查。"
