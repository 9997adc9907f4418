"""X.8: each line of a form has the date and person of its act, what no longer counts is marked, and no lines contradict
each other."""

from __future__ import annotations

from tests.clauses import printed_page
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import workshop as at_workshop
from tests.clauses.organisation import Organisation, hire

THEN, LATER = "2026年9月23日 09:00", "2026年9月24日 09:00"
NINE, TEN = "2026年11月27日 09:00", "2026年11月27日 10:00"


def record(bureau: Organisation, number: str, language: str | None = None) -> dict[str, list[str]]:
    return printed_page.printed(bureau, number, "complaint_record", "officer", language=language).values


def feedback(workshop: Organisation, number: str) -> dict[str, list[str]]:
    return printed_page.printed(workshop, number, "feedback_form", "management").values


def test_p9_10_the_record_shows_date_and_person_of_a_refusal(bureau: Organisation) -> None:
    number = at_bureau.filed(bureau)
    bureau.world.move_to("2026-09-24T09:00:00+08:00")
    bureau.act(number, "information_centre", "refuse", ground="no_facts")

    values = record(bureau, number)
    assert (values["不予受理的理由"], values["受理"]) == ([f"无具体的投诉事实 {LATER} 信息中心"], [])


def test_x8_an_answer_that_is_taken_back_does_not_stand_beside_the_new_one(bureau: Organisation) -> None:
    number = at_bureau.settled(bureau)
    bureau.world.move_to("2026-09-24T09:00:00+08:00")
    bureau.act(number, "complainant", "dispute", reason="退款太少。")

    values, english = record(bureau, number), record(bureau, number, "en")

    assert values["接受处理意见"] == [f"{THEN} 投诉人 （此后已被替代）"]
    assert values["不接受处理意见"] == [f"{LATER} 投诉人"]
    assert english["Opinion accepted"] == ["23 Sep 2026 09:00 Complainant (replaced later)"]


def test_x8_a_decision_that_is_asked_for_again_marks_the_one_before(bureau: Organisation) -> None:
    number = at_bureau.decided(bureau)
    hire(bureau, "officer", name="second")
    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], reason="亲属。")
    bureau.act(number, "leader", "resume", officers=[bureau.subs["second"]])
    before = printed_page.printed(bureau, number, "complaint_record", "leader").values["处理意见"]
    again = {**at_bureau.DECISION, "opinion": "退款并赔偿。"}
    bureau.act(number, "second", "inspect", findings="已整改。")
    bureau.act(number, "second", "mediate", **at_bureau.mediation(bureau))
    bureau.act(number, "second", "decide", **again)

    after = printed_page.printed(bureau, number, "complaint_record", "leader").values["处理意见"]
    assert before == [f"责令退款。 {THEN} 执法人员 （重新处理前）"]
    assert after == [*before, f"退款并赔偿。 {THEN} 执法人员"]


def test_x8_a_liability_finding_that_is_given_again_marks_the_one_before(workshop: Organisation) -> None:
    number = at_workshop.found(workshop)
    workshop.act(number, "customer_manager", "find_liability", **{**at_workshop.FINDING, "opinion": "只致歉。"})

    assert feedback(workshop, number)["处理意见"] == [
        f"返修并致歉。 {NINE} 客户经理 （此后已被替代）",
        f"只致歉。 {NINE} 客户经理",
    ]


def test_x8_the_signature_of_a_proposal_that_is_not_approved_is_marked(workshop: Organisation) -> None:
    number = at_workshop.handed_over(workshop)
    workshop.act(number, "management", "object", **at_workshop.OBJECTION)
    workshop.act(number, "customer_manager", "sign", agreement="各担一半。")
    signed = feedback(workshop, number)["客户经理签署"]
    workshop.act(number, "respondent_department", "reject")

    assert signed == [f"{NINE} 客户经理"]
    assert feedback(workshop, number)["客户经理签署"] == [f"{NINE} 客户经理 （未获批准：{NINE} 被反馈部门）"]


def test_x8_the_hand_over_has_the_time_at_which_it_was_done(workshop: Organisation) -> None:
    number = at_workshop.executed(workshop)
    open_ = feedback(workshop, number)["转客户服务中心"]
    workshop.world.move_to("2026-11-27T10:00:00+08:00")
    workshop.act(number, "management", "close", note="已转客服中心。")

    assert open_ == ["期限：2026年11月27日 24:00，进行中"]
    assert feedback(workshop, number)["转客户服务中心"] == [f"{TEN} 管理部 （期限：2026年11月27日 24:00，已按时完成）"]


def test_x8_what_time_did_says_so(bureau: Organisation) -> None:
    number = at_bureau.decided(bureau)
    bureau.world.move_to("2026-10-09T09:00:00+08:00")

    values, english = record(bureau, number), record(bureau, number, "en")

    assert values["结案"] == ["2026年10月9日 00:00 系统（期限届满自动办理）"]
    assert english["Closed"] == ["9 Oct 2026 00:00 System (automatically, when the time was over)"]


def test_p3_6_the_form_shows_date_and_person_of_a_parking_that_is_refused(workshop: Organisation) -> None:
    number = at_workshop.reported(workshop)
    workshop.act(number, "customer_manager", "park", reason="parts_delay", asked="done")
    workshop.world.move_to("2026-11-27T10:00:00+08:00")
    workshop.act(number, "general_manager", "reject")

    values = feedback(workshop, number)
    assert values["报主管总经理认可"] == [f"{NINE} 客户经理 （未获批准：{TEN} 主管总经理）"]
    assert values["未了原因"] == []


def test_p9_12_an_officer_who_is_excluded_does_not_stand_as_assigned(bureau: Organisation) -> None:
    number = at_bureau.assigned(bureau)
    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], reason="亲属。")

    values = printed_page.printed(bureau, number, "complaint_record", "leader").values

    assert values["指派的执法人员"] == [f"officer {THEN} 局领导 （此后不再有效）"]


def test_p9_12_of_several_officers_those_who_are_left_stand(bureau: Organisation) -> None:
    number = at_bureau.accepted(bureau)
    hire(bureau, "officer", name="second")
    bureau.act(number, "leader", "assign", officers=sorted([bureau.subs["officer"], bureau.subs["second"]]))
    bureau.act(number, "leader", "recuse", person=[bureau.subs["officer"]], reason="亲属。")

    values = printed_page.printed(bureau, number, "complaint_record", "leader").values

    assert values["指派的执法人员"][0].endswith(f" {THEN} 局领导")
    assert values["回避人员"] == [f"officer {THEN} 局领导"]
