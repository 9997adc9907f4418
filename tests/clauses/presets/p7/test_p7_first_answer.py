"""P7 `property-management`: an answer on the spot, a promise, or the supervisor; and no refusal of complaints."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import NO_OFFICE, decided, forwarded, handled, notified, on_channel, replied
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.words import ANSWERED

SENT = ANSWERED
NO_ADDRESS = "投诉 {} 以电子邮件提出，但未登记顾客的电子邮箱，书面回复无法寄达。请尽快取得邮箱地址，并补充登记。"


def test_p7_1_a_matter_that_takes_time_gets_a_feedback_time(estate: Organisation) -> None:
    number = estate.file()

    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    assert estate.local(estate.deadline(number, "promised")["due"]) == "2026-11-27T16:00:00+08:00"
    assert (
        estate.told("complainant", number)[0]
        == f"关于您的投诉 {number}，我们将于2026年11月27日（周五）16:00前（北京时间）向您反馈。"
    )


def test_p7_1_a_promise_that_is_not_kept_is_missed(estate: Organisation) -> None:
    number = handled(estate)
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.world.move_to("2026-11-27T16:00:00+08:00")

    assert [event["fields"]["clock"] for event in estate.events(number, type_="missed")] == ["promised"]


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled])
def test_p7_1_after_a_missed_promise_a_new_time_is_stated(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")
    estate.world.move_to("2026-11-27T16:30:00+08:00")

    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T17:00:00+08:00")

    assert estate.deadline(number, "promised", run=1)["state"] == "missed"
    assert estate.local(estate.deadline(number, "promised", run=2)["due"]) == "2026-11-27T17:00:00+08:00"


def test_p7_1_the_reply_keeps_the_promise(estate: Organisation) -> None:
    number = handled(estate)
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.act(number, "management_office", "reply", text="灯已换好。")

    assert estate.deadline(number, "promised")["state"] == "met"


def test_p7_1_a_second_promise_starts_a_separate_run(estate: Organisation) -> None:
    number = handled(estate)
    for feedback_at in ("2026-11-27T16:00:00+08:00", "2026-11-27T17:00:00+08:00"):
        estate.act(number, "management_office", "promise", feedback_at=feedback_at)

    assert estate.deadline(number, "promised", run=1)["state"] == "cancelled"
    assert estate.deadline(number, "promised", run=2)["state"] == "running"


def test_p7_1_a_promised_time_must_be_in_the_future(estate: Organisation) -> None:
    number = estate.file()

    answer = estate.try_act(number, "management_office", "promise", feedback_at="2026-11-27T08:00:00+08:00")

    assert (answer.status, answer.pointer) == (422, "/fields/feedback_at")


def test_p7_1_a_matter_can_be_forwarded_to_the_supervisor(estate: Organisation) -> None:
    number = estate.file()

    answer = estate.act(number, "management_office", "forward", **notified(estate))

    assert answer["stage"] == "forwarded"
    text = f"投诉 {number} 已转达管理处，请当日开始处理，并于 2026年11月28日（周六）09:00 前回复顾客。"
    assert text in estate.told("service_supervisor", number)


@pytest.mark.parametrize("who", ["service_centre", "management_office"])
def test_p7_1_a_matter_that_can_be_handled_at_once_is_answered_on_the_spot(estate: Organisation, who: str) -> None:
    number = estate.file()

    answer = estate.act(number, who, "reply", text="灯已换好。")

    assert answer["stage"] == "replied"
    assert estate.told("complainant", number)[:1] == [SENT.format(number)]
    assert f"投诉 {number} 已回复顾客。" in estate.told("service_centre", number)
    assert estate.deadline(number, "forwarding")["state"] == "met"


def test_p7_1_the_centre_decides_and_answers_in_one_step(estate: Organisation) -> None:
    number = estate.file()
    fields = {"text": "灯已换好。", "opinion": "当场更换。", **NO_OFFICE}

    answer = estate.act(number, "service_centre", "decide", **fields)

    assert answer["stage"] == "decided"
    [event] = estate.events(number, type_="decided")
    values = estate.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert values[event["id"]]["text"] == "灯已换好。"
    assert estate.told("complainant", number)[0] == SENT.format(number)
    assert estate.deadline(number, "forwarding")["state"] == "met"


@pytest.mark.parametrize("field", ["text", "opinion", "outcome"])
def test_p7_1_a_decision_on_the_spot_needs_answer_and_judgement(estate: Organisation, field: str) -> None:
    fields = {"text": "灯已换好。", "opinion": "当场更换。", "outcome": "invalid", field: None}

    answer = estate.try_act(estate.file(), "service_centre", "decide", **fields)

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize(
    ("who", "act", "status"),
    [("management_office", "decide", 403), ("headquarters", "reply", 403), ("department", "reply", 403)],
)
def test_p7_1_others_do_not_answer_on_the_spot(estate: Organisation, who: str, act: str, status: int) -> None:
    fields = {"text": "灯已换好。", "opinion": "当场更换。", "outcome": "invalid"}

    assert estate.try_act(estate.file(), who, act, **fields).status == status


def test_p7_1_an_answer_on_the_spot_has_a_text(estate: Organisation) -> None:
    answer = estate.try_act(estate.file(), "service_centre", "reply")

    assert (answer.status, answer.pointer) == (422, "/fields/text")


def test_p7_1_an_answer_on_the_spot_keeps_the_promise(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.act(number, "management_office", "reply", text="灯已换好。")

    assert estate.deadline(number, "promised")["state"] == "met"


def test_p7_1_a_disputed_answer_on_the_spot_goes_back_and_is_forwarded_in_time(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, "service_centre", "reply", text="灯已换好。")

    assert estate.act(number, "complainant", "dispute", reason="还是不亮")["stage"] == "registered"

    assert estate.local(estate.deadline(number, "forwarding", run=2)["due"]) == "2026-11-27T09:30:00+08:00"
    assert f"投诉 {number}" in estate.told("service_centre", number)[0]


def test_p7_1_a_dispute_after_the_offices_answer_goes_back_to_the_office(estate: Organisation) -> None:
    number = replied(estate)
    before = len(estate.told("management_office", number))

    assert estate.act(number, "complainant", "dispute", reason="还是不亮")["stage"] == "handling"

    assert len(estate.told("management_office", number)) == before + 1
    assert estate.try_act(number, "complainant", "agree").status == 409


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled, replied, decided])
@pytest.mark.parametrize("who", ["service_centre", "office_head", "headquarters"])
def test_p7_4_no_role_can_refuse_a_complaint(estate: Organisation, who: str, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    answer = estate.try_act(number, who, "refuse", ground="late")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "refuse" not in estate.complaint(number, who)["acts"]


@pytest.mark.parametrize("fact", ["complainant.name", "complainant.phone", "content"])
def test_p7_4_a_complaint_is_recorded_accurately(estate: Organisation, fact: str) -> None:
    answer = estate.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


def test_p7_1_a_missed_feedback_time_is_escalated(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.world.move_to("2026-11-27T16:00:00+08:00")

    assert "promised" in [event["fields"]["clock"] for event in estate.events(number, type_="escalated")]


def test_p7_1_what_nobody_forwards_reaches_supervisor_centre_and_leader(estate: Organisation) -> None:
    number = estate.file()
    for at in ("2026-11-27T09:30:00+08:00", "2026-11-28T09:30:00+08:00", "2026-11-30T09:30:00+08:00"):
        estate.world.move_to(at)

    roles = [event["fields"]["roles"] for event in estate.events(number, type_="escalated")]
    assert roles[:3] == [["service_supervisor", "office_head"], ["service_centre"], ["leader"]]
    assert f"投诉 {number} 已逾期，现升级至本层级，请处理。" in estate.told("leader", number)


def test_p7_4_each_person_who_takes_the_complaint_is_guided(estate: Organisation) -> None:
    who = "service_centre"

    assert [line["zh"] for line in estate.complaint(estate.file(), who)["guidance"]] == [
        "对于不了解的事情，忌猜测和主观臆断。"
    ]


@pytest.mark.parametrize(
    ("channel", "address", "asked"),
    [
        ("email", False, True),
        ("email", True, False),
        *((one, False, False) for one in ("visit", "phone", "headquarters")),
    ],
)
def test_p7_8_the_centre_is_asked_for_the_address_of_an_e_mail_complaint_without_one(
    estate: Organisation, channel: str, *, address: bool, asked: bool
) -> None:
    facts = {"facts": {"complainant.email": "user@mail.example" if address else None}}

    number = estate.file(**on_channel(estate, channel), **facts)

    found = {who: NO_ADDRESS.format(number) in estate.told(who, number) for who in ("service_centre", "complainant")}
    assert found == {"service_centre": asked, "complainant": False}
