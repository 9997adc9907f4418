"""P7 `property-management`: major matters at once, the office's handling, and the approved reply."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import estate_in, forwarded, handled, notified, replied
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess

TOLD_OF_MAJOR = ["leader", "department"]
EMAIL = {"channel": "email"}
SENT = "您的投诉 {} 已答复。"


def at_once(number: str) -> str:
    return f"重大或紧急投诉 {number}，请立即处理，事后补报书面材料。"


@pytest.mark.parametrize(
    "filing", [{"severity": "major"}, {"category": {"urgency": "urgent"}}], ids=["major", "urgent"]
)
def test_p7_2_a_major_or_urgent_complaint_is_told_at_once(estate: Organisation, filing: dict[str, object]) -> None:
    number = estate.file(**filing)

    assert [estate.told(who, number) for who in TOLD_OF_MAJOR] == [[at_once(number)], [at_once(number)]]
    assert f"投诉 {number} 已登记。" in estate.told("service_centre", number)


def test_p7_2_an_ordinary_complaint_is_not_told_to_the_leader(estate: Organisation) -> None:
    assert estate.told("leader", estate.file()) == []


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled])
def test_p7_2_a_complaint_reclassified_as_major_is_told_then(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.act(number, "service_centre", "classify", severity="major")

    assert [at_once(number) in estate.told(who, number) for who in TOLD_OF_MAJOR] == [True, True]


@pytest.mark.parametrize(
    "filing", [{"severity": "major"}, {"category": {"urgency": "urgent"}}], ids=["major", "urgent"]
)
def test_p7_2_a_written_report_is_due_for_it(estate: Organisation, filing: dict[str, object]) -> None:
    number = estate.file(**filing)

    tasks = estate.complaint(number, "management_office")["tasks"]
    assert [(task["task"], task["role"]) for task in tasks] == [("written_report", "management_office")]
    assert f"投诉 {number} 有待办事项：书面报告，请于2026-12-02（周三）18:00前（北京时间）完成。" in estate.told(
        "management_office", number
    )


def test_p7_2_an_urgent_complaint_reclassified_as_major_needs_one_report(estate: Organisation) -> None:
    number = estate.file(category={"urgency": "urgent"})

    estate.act(number, "service_centre", "classify", severity="major")

    assert len(estate.complaint(number, "management_office")["tasks"]) == 1


def test_p7_2_the_report_is_due_and_can_be_missed(estate: Organisation) -> None:
    number = estate.file(severity="major")
    estate.act(number, "service_centre", "forward", **notified(estate))
    assert estate.local(estate.deadline(number, "written_report")["due"]) == "2026-12-02T18:00:00+08:00"

    estate.world.move_to("2026-12-02T18:00:00+08:00")

    assert estate.deadline(number, "written_report")["state"] == "missed"


def test_p7_2_the_role_that_owes_the_report_submits_it(estate: Organisation) -> None:
    number = estate.file(severity="major")
    assert estate.try_act(number, "department", "do_task", task="written_report", report="附件一").status == 403

    answer = estate.act(number, "management_office", "do_task", task="written_report", report="附件一")

    assert answer["tasks"] == []
    assert estate.deadline(number, "written_report")["state"] == "met"


def test_p7_2_a_report_without_its_text_is_not_done(estate: Organisation) -> None:
    number = estate.file(severity="major")

    answer = estate.try_act(number, "management_office", "do_task", task="written_report")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/report")


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
    assert f"投诉 {number} 已指派给您。" in estate.told("management_office", number)


def test_p7_7_the_reply_is_due_24_hours_after_the_offices_receipt(estate: Organisation) -> None:
    number = estate.file()
    estate.world.move_to("2026-11-27T09:20:00+08:00")

    estate.act(number, "service_centre", "forward", **notified(estate))

    assert estate.local(estate.deadline(number, "reply")["due"]) == "2026-11-28T09:20:00+08:00"


@pytest.mark.parametrize("stage", [forwarded, handled])
def test_p7_7_special_circumstances_are_notified_to_the_centre(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.act(number, "management_office", "notify", reason="等待配件", until="2026-12-01T18:00:00+08:00")

    [event] = [event for event in estate.events(number, type_="notified") if event.get("act") == "notify"]
    assert (event["fields"]["until"], event["fields"]["given"]) == ("2026-12-01T10:00:00.000Z", ["reason"])
    assert estate.told("service_centre", number)[0] == f"投诉 {number} 有新的通知。"


@pytest.mark.parametrize("missing", ["reason", "until"])
def test_p7_7_the_notice_says_why_and_until_when(estate: Organisation, missing: str) -> None:
    number = forwarded(estate)
    fields = {"reason": "等待配件", "until": "2026-12-01T18:00:00+08:00"}

    answer = estate.try_act(number, "management_office", "notify", **{**fields, missing: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/fields/{missing}")


def test_p7_7_after_the_reply_the_centre_is_told_at_once(estate: Organisation) -> None:
    number = replied(estate)

    assert estate.told("service_centre", number)[0] == f"投诉 {number} 已回复顾客。"
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
    assert f"投诉 {number} 有事项等待您审核。" in estate.told("service_centre", number)


def test_p7_8_an_approved_reply_is_sent(estate: Organisation) -> None:
    number = proposed(estate)

    answer = estate.act(number, "service_centre", "approve")

    assert answer["stage"] == "replied"
    assert estate.told("complainant", number)[0] == SENT.format(number)
    assert estate.deadline(number, "reply")["state"] == "met"


def test_p7_8_the_approved_text_is_what_the_complainant_reads(estate: Organisation) -> None:
    number = proposed(estate)

    answer = estate.act(number, "service_centre", "approve")

    [sent] = [event["id"] for event in answer["events"] if event["type"] == "replied"]
    assert estate.get(f"/complaints/{number}/record", "complainant", number)["values"][sent] == {"text": "灯已换好。"}


def test_p7_8_before_the_approval_the_complainant_does_not_read_the_text(estate: Organisation) -> None:
    number = proposed(estate)

    values = estate.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert all("text" not in value for value in values.values())


def test_p7_8_a_rejected_reply_is_never_sent_and_can_be_rewritten(estate: Organisation) -> None:
    number = proposed(estate)

    answer = estate.act(number, "service_centre", "reject", reason="语气不妥")

    assert (answer["stage"], answer["proposals"]) == ("handling", [])
    assert SENT.format(number) not in estate.told("complainant", number)
    assert f"您在投诉 {number} 中提议的事项未通过审核。" in estate.told("management_office", number)
    estate.act(number, "management_office", "reply", text="对不起，灯已换好。")
    assert len(estate.complaint(number, "service_centre")["awaiting_me"]) == 1


def test_p7_8_an_author_cannot_approve_their_own_reply(estate: Organisation) -> None:
    hire(estate, "service_centre", name="both", also=["management_office"])
    number = handled(estate, **EMAIL)
    estate.act(number, "both", "reply", text="灯已换好。")

    assert estate.try_act(number, "both", "approve").status == 403
    assert estate.act(number, "service_centre", "approve")["stage"] == "replied"


@pytest.mark.parametrize("who", ["office_head", "leader", "complainant"])
def test_p7_8_only_the_centre_approves(estate: Organisation, who: str) -> None:
    assert estate.try_act(proposed(estate), who, "approve").status == 403


@pytest.mark.parametrize("channel", ["visit", "phone", "headquarters"])
def test_p7_8_other_channels_need_no_approval(estate: Organisation, channel: str) -> None:
    assert estate.complaint(replied(estate, channel=channel))["stage"] == "replied"
