"""P6 `corporate-standard`, intake: subjects, demands, facts and promised deadlines."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import WORK_ORDER, of_class
from tests.clauses.organisation import Organisation

WANTED = "2026-11-27T20:00:00+08:00"


@pytest.mark.parametrize("matter", ["product_quality", "service_quality", "service_process", "complaint_handling"])
def test_p6_1_a_complaint_is_about_one_of_four_subjects(company: Organisation, matter: str) -> None:
    number = company.file(category={"matter": matter, "wanted": "solution"})

    assert company.complaint(number)["category"]["matter"] == matter


@pytest.mark.parametrize("wanted", ["objection", "protest", "claim", "solution"])
def test_p6_1_a_complaint_makes_one_of_four_demands(company: Organisation, wanted: str) -> None:
    number = company.file(category={"matter": "service_quality", "wanted": wanted})

    assert company.complaint(number)["category"]["wanted"] == wanted


@pytest.mark.parametrize("channel", ["phone", "letter", "direct"])
def test_p6_1_it_comes_in_orally_in_writing_or_directly(company: Organisation, channel: str) -> None:
    assert company.complaint(company.file(channel=channel))["channel"] == channel


@pytest.mark.parametrize(
    ("category", "pointers"),
    [
        ({"matter": "weather"}, ["/category/matter"]),
        ({"matter": "service_quality", "mood": "bad"}, ["/category/mood"]),
        ("weather", ["/category"]),
        ({"wanted": "claim"}, ["/category/matter"]),
        (None, ["/category/matter"]),
    ],
)
def test_p6_1_no_other_subject_is_accepted_and_none_is_refused(
    company: Organisation, category: object, pointers: list[str]
) -> None:
    answer = company.try_file(category=category)

    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, pointers)


@pytest.mark.parametrize("fact", ["complainant.salutation", "complainant.phone", "complainant.address", "content"])
def test_p6_4_a_complaint_without_one_of_its_facts_is_not_registered(company: Organisation, fact: str) -> None:
    answer = company.try_file(facts={fact: None})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


@pytest.mark.parametrize("field", ["agent_team", "agent_number"])
def test_p6_4_the_work_order_names_the_agents_team_and_number(company: Organisation, field: str) -> None:
    number = company.file()

    answer = company.try_act(number, "agent", "accept", **{**WORK_ORDER, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p6_4_a_requested_reply_time_is_a_deadline(company: Organisation) -> None:
    number = company.file(facts={"reply_wanted_at": "2026-11-27T20:00:00+08:00"})

    assert company.deadline(number, "wanted_reply")["due"] == "2026-11-27T12:00:00.000Z"


def test_p6_4_a_requested_reply_time_is_warned_about(company: Organisation) -> None:
    number = company.file(facts={"reply_wanted_at": "2026-11-27T20:00:00+08:00"})

    company.world.move_to("2026-11-27T18:00:00+08:00")

    warned = company.events(number, type_="warned")
    assert [(event["fields"]["clock"], event["at"]) for event in warned] == [
        ("wanted_reply", "2026-11-27T10:00:00.000Z")
    ]
    assert "2026年11月27日（周五）20:00前（北京时间）" in company.told("agent", number)[0]


@pytest.mark.parametrize("minutes", [30, 120])
def test_p6_4_a_requested_reply_time_nearer_than_the_warning_is_warned_about_at_once(
    company: Organisation, minutes: int
) -> None:
    wanted = f"2026-11-27T{9 + minutes // 60:02}:{minutes % 60:02}:00+08:00"
    number = company.file(facts={"reply_wanted_at": wanted})

    company.world.move_to("2026-11-27T09:01:00+08:00")

    warned = company.events(number, type_="warned")
    assert [(one["fields"]["clock"], company.local(one["at"])) for one in warned] == [
        ("wanted_reply", "2026-11-27T09:00:00+08:00")
    ]
    assert f"{wanted[11:16]}前" in company.told("agent", number)[0]


def test_p6_4_a_requested_reply_time_is_warned_about_once(company: Organisation) -> None:
    number = company.file(facts={"reply_wanted_at": "2026-11-27T10:00:00+08:00"})

    company.world.move_to("2026-11-27T09:59:00+08:00")

    assert len(company.events(number, type_="warned")) == 1


def test_p6_4_without_a_requested_reply_time_there_is_no_such_deadline(company: Organisation) -> None:
    filed = company.filed[company.file()]

    assert [one["clock"] for one in filed.answer["deadlines"]] == ["resolution"]


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("important", "2026-11-27T23:00:00+08:00"),
        ("general", "2026-11-28T17:00:00+08:00"),
        ("major", "2026-11-28T05:00:00+08:00"),
    ],
)
def test_p6_5_resolution_is_due_by_class(company: Organisation, severity: str, due: str) -> None:
    company.world.move_to("2026-11-27T17:00:00+08:00")

    number = company.file(**of_class(severity))

    assert company.local(company.filed[number].due("resolution")) == due


def test_p6_5_the_promise_is_told_at_intake(company: Organisation) -> None:
    number = company.file()

    assert company.told("complainant", number) == [
        f"您的投诉 {number} 已登记，我们承诺在 2026年11月28日（周六）09:00 前处理完毕。"
    ]


PROMISED_BACK = "我们承诺在 2026年11月28日（周六）09:00 前处理完毕，并在您要求的 2026年11月27日（周五）{} 前答复您。"


@pytest.mark.parametrize("wanted", ["20:00", "09:30"], ids=["later than the warning", "nearer than the warning"])
def test_p6_4_the_promise_at_intake_names_the_time_that_the_customer_wants(company: Organisation, wanted: str) -> None:
    number = company.file(facts={"reply_wanted_at": f"2026-11-27T{wanted}:00+08:00"})

    assert company.told("complainant", number) == [f"您的投诉 {number} 已登记，{PROMISED_BACK.format(wanted)}"]
    assert company.told_in_full("complainant", number, "en") == [
        f"Your complaint {number} is registered; we promise to resolve it by Sat 28 Nov 2026 09:00, "
        f"and to reply by Fri 27 Nov 2026 {wanted}, as you asked."
    ]


def test_p6_4_the_mail_promises_the_wanted_time_back(company: Organisation) -> None:
    company.file(facts={"reply_wanted_at": WANTED, "complainant.email": "customer@customers.example"})

    mail = company.world.mail("customer@customers.example").replace("\n", "")
    assert PROMISED_BACK.format("20:00") in mail


def test_p6_4_the_deadlines_show_the_customer_that_the_wanted_time_is_promised(company: Organisation) -> None:
    deadline = company.deadline(company.file(facts={"reply_wanted_at": WANTED}), "wanted_reply")

    shown = deadline["label"]["zh"], deadline["actor"]["zh"], deadline["duty"]
    assert shown == ("在您要求的时间前答复您", "客户服务部门", "office")


def test_p6_5_the_promise_is_the_resolution_and_not_the_wanted_reply(company: Organisation) -> None:
    number = company.file(facts={"reply_wanted_at": "2026-11-27T20:00:00+08:00"})

    [told] = company.told("complainant", number)
    assert "2026年11月28日（周六）09:00" in told


@pytest.mark.parametrize(("channel", "told"), [("phone", "agent"), ("letter", "agent"), ("direct", "sales_unit")])
def test_p6_3_the_role_of_the_channel_is_told_of_a_new_complaint(
    company: Organisation, channel: str, told: str
) -> None:
    number = company.file(channel=channel)

    assert company.told(told, number) == [f"投诉 {number} 已登记，请记录详细信息并提交《客户投诉处理工单》。"]
