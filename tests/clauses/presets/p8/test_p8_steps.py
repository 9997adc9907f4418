"""P8 `customer-service`: the nine steps from intake to satisfaction."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import DEMAND, FOUND, assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p8.steps import OFFERED

REFUND = {"remedies": ["refund"], "amount": 128.5, "offer": "退款。"}


@pytest.mark.parametrize("channel", ["phone", "email", "social_media"])
def test_p8_1_three_channels(helpdesk: Organisation, channel: str) -> None:
    assert helpdesk.complaint(helpdesk.file(channel=channel))["channel"] == channel


def test_p8_1_there_is_no_other_channel(helpdesk: Organisation) -> None:
    answer = helpdesk.try_file(channel="letter")

    assert (answer.status, answer.pointer) == (422, "/channel")


@pytest.mark.parametrize("kind", ["product_quality", "after_sales", "other"])
def test_p8_2_a_complaint_is_classified_by_the_tenants_categories(helpdesk: Organisation, kind: str) -> None:
    assert helpdesk.complaint(helpdesk.file(category={"kind": kind}))["category"] == {"kind": kind}


@pytest.mark.parametrize("category", [{}, None])
def test_p8_2_no_complaint_is_without_a_category(helpdesk: Organisation, category: dict[str, str] | None) -> None:
    answer = helpdesk.try_file(category=category)

    assert (answer.status, answer.pointer) == (422, "/category/kind")


def test_p8_2_there_is_no_other_category(helpdesk: Organisation) -> None:
    answer = helpdesk.try_file(category={"kind": "weather"})

    assert (answer.status, answer.pointer) == (422, "/category/kind")


def test_p8_1_the_first_steps_guidance_is_shown(helpdesk: Organisation) -> None:
    for who in ("agent", "manager"):
        [line] = helpdesk.complaint(helpdesk.file(), who)["guidance"]
        assert line["zh"] == "友善和耐心对待客户，确保客户感受到自己的诉求被听到。"


@pytest.mark.parametrize("fact", ["complainant.name", "complainant.contact", "content"])
def test_p8_1_customer_and_complaint_are_recorded(helpdesk: Organisation, fact: str) -> None:
    answer = helpdesk.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p8_5_requested_evidence_is_recorded_on_receipt(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND)
    missing = helpdesk.try_act(number, "after_sales", "receive_evidence")
    assert (missing.status, missing.json["errors"][0]["pointer"]) == (422, "/fields/received")
    helpdesk.act(number, "after_sales", "receive_evidence", received="发票和照片。")

    [demanded] = helpdesk.events(number, type_="evidence_demanded")
    [received] = helpdesk.events(number, type_="evidence_received")
    values = helpdesk.get(f"/complaints/{number}/record", "after_sales")["values"][received["id"]]
    assert (received["fields"]["demand"], values["received"]) == (demanded["id"], "发票和照片。")
    due = "2026年12月2日（周三）18:00前（北京时间）"
    assert f"为核实您的投诉 {number}，需要您提供证据，请您于{due}提交。" in helpdesk.told("complainant", number)


def test_p8_5_only_the_responsible_person_asks_for_evidence_and_receives_it(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    number, others = assigned(helpdesk), ("second", "agent", "manager")

    assert {helpdesk.try_act(number, who, "demand_evidence", of="complainant").status for who in others} == {403}
    helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND)
    assert {helpdesk.try_act(number, who, "receive_evidence").status for who in others} == {403}


def test_p8_5_a_demand_may_have_a_time_and_is_answered_by_its_name(helpdesk: Organisation) -> None:
    number, until = assigned(helpdesk), "2026-11-30T18:00:00+08:00"
    for _ in range(2):
        helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND, until=until)
    first, second = helpdesk.events(number, type_="evidence_demanded")

    helpdesk.act(number, "after_sales", "receive_evidence", received="发票。", demand=second["id"])

    assert helpdesk.local(first["fields"]["until"]) == until
    assert helpdesk.events(number, type_="evidence_received")[0]["fields"]["demand"] == second["id"]


def test_p8_5_the_inspection_says_when_it_was_made(helpdesk: Organisation) -> None:
    number, made = assigned(helpdesk), "2026-11-27T09:00:00+08:00"

    future = helpdesk.try_act(number, "after_sales", "inspect", **FOUND, done_at="2026-11-27T10:00:00+08:00")
    assert (future.status, future.pointer) == (422, "/fields/done_at")
    helpdesk.act(number, "after_sales", "inspect", **FOUND, done_at=made)

    assert helpdesk.local(helpdesk.events(number, type_="inspected")[0]["fields"]["done_at"]) == made


@pytest.mark.parametrize("field", ["findings", "root_cause"])
def test_p8_5_the_root_cause_is_recorded(helpdesk: Organisation, field: str) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), "after_sales", "inspect", **{**FOUND, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p8_5_no_solution_comes_before_the_root_cause(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), "after_sales", "offer", **REFUND)

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("remedy", ["refund", "replacement", "redo", "compensation"])
def test_p8_6_four_remedies(helpdesk: Organisation, remedy: str) -> None:
    number = offered(helpdesk, (remedy,), amount=20)

    [event] = helpdesk.events(number, type_="offered")
    assert event["fields"]["remedies"] == [remedy]
    assert helpdesk.told("complainant", number)[:1] == [OFFERED.replace("{}", number)]


def test_p8_6_there_is_no_other_remedy(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(inspected(helpdesk), "after_sales", "offer", remedies=["apology"], offer="致歉。")

    assert (answer.status, answer.pointer) == (422, "/fields/remedies/0")


@pytest.mark.parametrize("remedies", [["refund"], ["compensation"], ["redo", "refund"]])
@pytest.mark.parametrize("amount", [None, "128.5", 0, -3])
def test_p8_6_a_refund_or_compensation_needs_its_amount(
    helpdesk: Organisation, remedies: list[str], amount: object
) -> None:
    offer = {"remedies": remedies, "offer": "如下。", "amount": amount}

    answer = helpdesk.try_act(inspected(helpdesk), "after_sales", "offer", **offer)

    assert (answer.status, [error["pointer"] for error in answer.json.get("errors", [])]) == (422, ["/fields/amount"])


@pytest.mark.parametrize("remedies", [["replacement"], ["redo"], ["redo", "replacement"]])
def test_p8_6_other_remedies_need_no_amount(helpdesk: Organisation, remedies: list[str]) -> None:
    answer = helpdesk.act(inspected(helpdesk), "after_sales", "offer", remedies=remedies, offer="如下。")

    assert answer["stage"] == "offered"


@pytest.mark.parametrize("field", ["remedies", "offer"])
def test_p8_6_an_offer_names_and_explains_its_remedies(helpdesk: Organisation, field: str) -> None:
    answer = helpdesk.try_act(inspected(helpdesk), "after_sales", "offer", **{**REFUND, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p8_6_only_the_responsible_person_offers_and_carries_out(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = inspected(helpdesk)
    others = ("second", "agent", "manager")

    assert {helpdesk.try_act(number, who, "offer", **REFUND).status for who in others} == {403}
    helpdesk.act(number, "after_sales", "offer", **REFUND)
    helpdesk.act(number, "complainant", "agree")
    assert {helpdesk.try_act(number, who, "execute").status for who in others} == {403}
    helpdesk.act(number, "after_sales", "execute", done_at="2026-11-27T09:00:00+08:00")
    assert helpdesk.events(number, type_="executed")[0]["fields"] == {"done_at": "2026-11-27T01:00:00.000Z"}


def test_p8_6_nothing_is_carried_out_before_the_customer_agrees(helpdesk: Organisation) -> None:
    assert helpdesk.try_act(offered(helpdesk), "after_sales", "execute").problem == "act-not-open"


def test_p8_6_a_remedy_has_an_amount(helpdesk: Organisation) -> None:
    [event] = helpdesk.events(offered(helpdesk, ("refund", "compensation"), amount=128.5), type_="offered")

    assert event["fields"]["amount"] == 128.5


def test_p8_6_the_agreed_remedy_is_carried_out_and_notified(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    assert helpdesk.complaint(number)["stage"] == "executed"
    assert helpdesk.told("complainant", number)[:1] == [f"您的投诉 {number} 的解决方案已执行，请您评价是否满意。"]


@pytest.mark.parametrize("act", ["agree", "dispute"])
def test_p8_7_only_the_customer_answers_the_offer_and_the_responsible_person_is_told(
    helpdesk: Organisation, act: str
) -> None:
    number = offered(helpdesk)
    answers = {"agree": "客户已接受解决方案，请执行", "dispute": "客户不接受解决方案，请重新提出"}

    assert {helpdesk.try_act(number, who, act).status for who in ("agent", "after_sales", "manager")} == {403}
    helpdesk.act(number, "complainant", act)
    assert helpdesk.told("after_sales", number)[:1] == [f"投诉 {number}：{answers[act]}。"]


@pytest.mark.parametrize("rating", [None, "excellent"])
def test_p8_7_a_rating_is_one_of_three(helpdesk: Organisation, rating: str | None) -> None:
    answer = helpdesk.try_act(executed(helpdesk), "complainant", "rate", rating=rating)

    assert (answer.status, answer.pointer) == (422, "/fields/rating")


def test_p8_7_only_the_customer_rates_and_the_responsible_person_is_told(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    assert {helpdesk.try_act(number, who, "rate", rating="fair").status for who in ("agent", "manager")} == {403}
    helpdesk.act(number, "complainant", "rate", rating="fair")
    assert helpdesk.told("after_sales", number)[:1] == [f"投诉 {number}：客户已作出评价：一般。"]


def test_p8_7_the_proposed_remedy_can_be_negotiated(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    answer = helpdesk.act(number, "complainant", "dispute", counter="希望换新。")

    assert (answer["stage"], helpdesk.told("after_sales", number)[0]) == (
        "investigated",
        f"投诉 {number}：客户不接受解决方案，请重新提出。",
    )
    assert helpdesk.local(helpdesk.deadline(number, "negotiation")["due"]) == "2026-12-01T18:00:00+08:00"
    helpdesk.act(number, "after_sales", "offer", remedies=["replacement"], offer="换新。")
    assert helpdesk.deadline(number, "negotiation")["state"] == "met"
    assert helpdesk.act(number, "complainant", "agree")["stage"] == "agreed"


@pytest.mark.parametrize("rating", ["satisfied", "fair", "dissatisfied"])
def test_p8_7_satisfaction_is_recorded(helpdesk: Organisation, rating: str) -> None:
    number = executed(helpdesk)

    helpdesk.act(number, "complainant", "rate", rating=rating, comment="速度快。")

    [event] = helpdesk.events(number, type_="rated")
    assert (event["fields"]["rating"], event["fields"]["given"]) == (rating, ["comment"])


def test_p8_8_the_whole_process_is_on_record(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="satisfied")
    helpdesk.act(number, "agent", "close", summary="退款。")
    helpdesk.act(number, "agent", "archive")

    steps = [event["type"] for event in helpdesk.events(number, "agent") if event["type"] != "notified"]
    assert steps == [
        "registered",
        "assigned",
        "inspected",
        "offered",
        "agreed",
        "executed",
        "rated",
        "closed",
        "archived",
    ]
    events = helpdesk.events(number, "agent")
    assert [event["prev"] for event in events[1:]] == [event["hash"] for event in events[:-1]]


def test_p8_8_closing_needs_a_summary(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(executed(helpdesk), "agent", "close")

    assert (answer.status, answer.pointer) == (422, "/fields/summary")


def test_p8_8_closing_is_told_and_done_by_agent_or_manager(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    assert helpdesk.try_act(number, "after_sales", "close", summary="退款。").status == 403
    helpdesk.act(number, "manager", "close", summary="退款。")
    unrated = f"您的投诉 {number} 已结案，感谢您的反馈。您仍可评价是否满意；如不满意，您可要求重新处理。"
    assert helpdesk.told("complainant", number)[:1] == [unrated]


def test_p8_8_the_agent_archives(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="退款。")

    assert helpdesk.try_act(number, "manager", "archive").status == 403
    helpdesk.act(number, "agent", "archive")

    assert [row["number"] for row in helpdesk.get("/complaints?shelf=archived", "agent")["complaints"]] == [number]


def test_p8_7_the_responsible_person_and_the_agents_remind_the_customer(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = offered(helpdesk)

    assert {helpdesk.try_act(number, who, "notify").status for who in ("second", "manager")} == {403}
    for who in ("after_sales", "agent"):
        helpdesk.act(number, who, "notify")
        assert helpdesk.told("complainant", number)[0].startswith(f"我们已就您的投诉 {number} 提出解决方案")
