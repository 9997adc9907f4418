"""P7 `property-management`: the office's handling, and the approved reply."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import estate_in, forwarded, handled, notified, on_channel, replied
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p7.words import ANSWERED
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

EMAIL = {"channel": "email"}
SPECIAL = "投诉 {} 因特殊情况不能按时处理完毕，请查看原因和预计完成时间。"
SENT = ANSWERED


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-27T09:00:00+08:00", "2026-11-27T18:00:00+08:00"),
        ("2026-11-27T18:30:00+08:00", "2026-11-30T18:00:00+08:00"),
        ("2026-11-28T10:00:00+08:00", "2026-11-30T18:00:00+08:00"),
    ],
    ids=["working day", "after work", "weekend"],
)
def test_p7_7_handling_is_due_to_begin_the_same_working_day(at: str, due: str) -> None:
    estate = estate_in(InProcess(at))

    assert estate.local(estate.deadline(forwarded(estate), "handling")["due"]) == due


def test_p7_7_handling_begins_with_an_assignment(estate: Organisation) -> None:
    number = handled(estate)

    assert estate.deadline(number, "handling")["state"] == "met"
    assert f"投诉 {number} 已指派，请承办。" in estate.told("management_office", number)


def test_p7_7_the_reply_is_due_24_hours_after_the_offices_receipt(estate: Organisation) -> None:
    number = estate.file()
    estate.world.move_to("2026-11-27T09:20:00+08:00")

    estate.act(number, "service_centre", "forward", **notified(estate))

    assert estate.local(estate.deadline(number, "reply")["due"]) == "2026-11-28T09:20:00+08:00"


def test_p7_7_a_disputed_answer_is_answered_again_within_24_hours(estate: Organisation) -> None:
    number = replied(estate)
    estate.world.move_to("2026-11-30T10:00:00+08:00")

    estate.act(number, "complainant", "dispute", reason="还是不亮")

    deadline = estate.deadline(number, "reply", run=2)
    assert (estate.local(deadline["due"]), deadline["state"]) == ("2026-12-01T10:00:00+08:00", "running")
    assert deadline["because"]["rule"]["clause"] == "P7.7"
    estate.world.move_to("2026-12-01T10:00:00+08:00")
    assert estate.events(number, type_="escalated")[-1]["fields"]["clock"] == "reply"
    estate.act(number, "management_office", "reply", text="已再次修理。")
    assert estate.complaint(number)["stage"] == "replied"


@pytest.mark.parametrize("stage", [forwarded, handled])
def test_p7_7_special_circumstances_are_notified_to_the_centre(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.act(number, "management_office", "notify", reason="等待配件", until="2026-12-01T18:00:00+08:00")

    [event] = [event for event in estate.events(number, type_="notified") if event.get("act") == "notify"]
    assert (event["fields"]["until"], event["fields"]["given"]) == ("2026-12-01T10:00:00.000Z", ["reason"])
    assert estate.told("service_centre", number)[:1] == [SPECIAL.format(number)]


@pytest.mark.parametrize("who", ["service_supervisor", "office_head", "management_office"])
def test_p7_7_people_of_the_office_can_be_named_to_handle_it(estate: Organisation, who: str) -> None:
    number = forwarded(estate)

    assert estate.act(number, "office_head", "assign", responsible=estate.subs[who])["stage"] == "handling"


@pytest.mark.parametrize("who", ["headquarters", "leader", "service_centre"])
def test_p7_7_others_cannot_be_named_to_handle_it(estate: Organisation, who: str) -> None:
    answer = estate.try_act(forwarded(estate), "office_head", "assign", responsible=estate.subs[who])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


@pytest.mark.parametrize("missing", ["reason", "until"])
def test_p7_7_the_notice_says_why_and_until_when(estate: Organisation, missing: str) -> None:
    number = forwarded(estate)
    fields = {"reason": "等待配件", "until": "2026-12-01T18:00:00+08:00"}

    answer = estate.try_act(number, "management_office", "notify", **{**fields, missing: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{missing}")


def test_p7_7_after_the_reply_the_centre_is_told_at_once(estate: Organisation) -> None:
    number = replied(estate)

    assert estate.told("service_centre", number)[:1] == [f"投诉 {number} 已回复顾客。"]
    assert estate.deadline(number, "reply")["state"] == "met"


def proposed(estate: Organisation) -> str:
    number = handled(estate, **EMAIL)
    estate.act(number, "management_office", "reply", text="灯已换好。")
    return number


def test_p7_8_a_reply_by_e_mail_is_not_sent_before_the_centre_approved_it(estate: Organisation) -> None:
    number = proposed(estate)

    assert estate.complaint(number)["stage"] == "handling"
    assert SENT.format(number) not in estate.told("complainant", number)
    assert estate.deadline(number, "reply")["state"] == "running"
    assert f"投诉 {number} 有事项待审批，请审批。" in estate.told("service_centre", number)


def test_p7_8_an_approved_reply_is_sent(estate: Organisation) -> None:
    number = proposed(estate)

    answer = estate.act(number, "service_centre", "approve")

    assert answer["stage"] == "replied"
    assert estate.told("complainant", number)[:1] == [SENT.format(number)]
    assert estate.deadline(number, "reply")["state"] == "met"


def test_p7_8_the_approved_text_is_what_the_complainant_reads(estate: Organisation) -> None:
    number = proposed(estate)

    answer = estate.act(number, "service_centre", "approve")

    [sent] = [event["id"] for event in answer["events"] if event["type"] == "replied"]
    assert estate.get(f"/complaints/{number}/record", "complainant", number)["values"][sent] == {"text": "灯已换好。"}


def test_p7_8_before_the_approval_the_complainant_does_not_read_the_text(estate: Organisation) -> None:
    number = proposed(estate)

    values = estate.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert all("text" not in value for value in nonempty(values.values()))


def test_p7_8_a_rejected_reply_is_never_sent_and_can_be_rewritten(estate: Organisation) -> None:
    number = proposed(estate)

    answer = estate.act(number, "service_centre", "reject", reason="语气不妥")

    assert (answer["stage"], answer["proposals"]) == ("handling", [])
    assert SENT.format(number) not in estate.told("complainant", number)
    assert f"投诉 {number}：所提议的事项未获批准。" in estate.told("management_office", number)
    estate.act(number, "management_office", "reply", text="对不起，灯已换好。")
    assert len(estate.complaint(number, "service_centre")["awaiting_me"]) == 1


def test_p7_8_an_author_cannot_approve_their_own_reply(estate: Organisation) -> None:
    hire(estate, "service_centre", name="both", also=["management_office"])
    number = forwarded(estate, **EMAIL)
    estate.act(number, "office_head", "assign", responsible=estate.subs["both"])
    estate.act(number, "both", "reply", text="灯已换好。")

    assert estate.try_act(number, "both", "approve").status == 403
    assert estate.act(number, "service_centre", "approve")["stage"] == "replied"


@pytest.mark.parametrize("who", ["office_head", "leader", "complainant"])
def test_p7_8_only_the_centre_approves(estate: Organisation, who: str) -> None:
    assert estate.try_act(proposed(estate), who, "approve").status == 403


@pytest.mark.parametrize("channel", ["visit", "phone", "headquarters"])
def test_p7_8_other_channels_need_no_approval(estate: Organisation, channel: str) -> None:
    assert estate.complaint(replied(estate, **on_channel(estate, channel)))["stage"] == "replied"


def test_p7_8_an_answer_on_the_spot_by_e_mail_is_approved_too(estate: Organisation) -> None:
    number = estate.file(**EMAIL)
    fields = {"text": "灯已换好。", "opinion": "当场更换。", "outcome": "invalid"}
    assert estate.try_act(number, "service_centre", "decide", **fields).status == 409

    estate.act(number, "management_office", "reply", text="灯已换好。")

    assert estate.complaint(number)["stage"] == "registered"
    assert estate.act(number, "service_centre", "approve")["stage"] == "replied"
    assert estate.told("complainant", number)[:1] == [SENT.format(number)]


def test_p7_7_before_the_reply_is_due_the_office_is_warned(estate: Organisation) -> None:
    number = handled(estate)

    estate.world.move_to("2026-11-28T07:00:00+08:00")

    warned = [event for event in estate.events(number, type_="warned") if event["fields"]["clock"] == "reply"]
    assert [estate.local(event["at"]) for event in warned] == ["2026-11-28T07:00:00+08:00"]
    assert estate.told("management_office", number)[0].startswith(f"投诉 {number} 即将到期")


@pytest.mark.parametrize(
    ("clock", "at"), [("handling", "2026-11-27T18:00:00+08:00"), ("reply", "2026-11-28T09:00:00+08:00")]
)
def test_p7_7_late_handling_or_reply_is_escalated(estate: Organisation, clock: str, at: str) -> None:
    number = forwarded(estate)

    estate.world.move_to(at)

    assert clock in [event["fields"]["clock"] for event in estate.events(number, type_="escalated")]


@pytest.mark.parametrize("who", ["service_centre", "department", "complainant", "service_supervisor", "office_head"])
def test_p7_7_only_the_person_who_handles_it_replies(estate: Organisation, who: str) -> None:
    assert estate.try_act(handled(estate), who, "reply", text="灯已换好。").status == 403


def test_p7_7_a_colleague_of_the_person_who_handles_it_does_not_reply(estate: Organisation) -> None:
    hire(estate, "management_office", name="colleague")

    assert estate.try_act(handled(estate), "colleague", "reply", text="灯已换好。").status == 403


@pytest.mark.parametrize("who", ["service_supervisor", "office_head", "management_office"])
@pytest.mark.parametrize("again", [True, False])
def test_p7_7_each_named_person_of_the_office_replies(estate: Organisation, who: str, again: bool) -> None:
    number = handled(estate) if again else forwarded(estate)
    estate.act(number, "office_head", "assign", responsible=estate.subs[who])

    assert estate.act(number, who, "reply", text="灯已换好。")["stage"] == "replied"


def test_p7_7_a_customer_can_dispute_or_agree_and_the_centre_is_told(estate: Organisation) -> None:
    number = replied(estate)
    before = len(estate.told("service_centre", number))
    estate.act(number, "complainant", "agree")
    assert len(estate.told("service_centre", number)) == before + 1

    assert estate.act(number, "complainant", "dispute", reason="还是不亮")["stage"] == "handling"
    assert len(estate.told("service_centre", number)) == before + 2


def test_p7_7_after_the_answer_a_new_person_is_told_but_asked_for_nothing(estate: Organisation) -> None:
    hire(estate, "management_office", name="second")
    number = replied(estate)

    estate.act(number, "service_supervisor", "assign", responsible=[estate.subs["second"]])

    assert estate.told("second", number) == [f"投诉 {number} 已指派，目前无须办理。"]


def test_p7_7_a_new_person_is_asked_to_answer_again_what_the_customer_disputes(estate: Organisation) -> None:
    hire(estate, "management_office", name="second")
    number = replied(estate)
    estate.act(number, "complainant", "dispute", reason="仍未修好。")

    estate.act(number, "service_supervisor", "assign", responsible=[estate.subs["second"]])

    assert estate.told("second", number) == [f"投诉 {number} 已指派，请承办。"]
