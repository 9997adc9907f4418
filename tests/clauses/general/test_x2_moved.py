"""X.2: a due time that moves is told, the old and the new one and why, to those who were told the first one."""

from __future__ import annotations

import pytest

from tests.clauses.offices import workshop as at_workshop
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.switching.shop import ask, publish

START = "2026-11-27T09:00:00+08:00"
SATURDAY = "2026年11月28日（周六）09:00前（北京时间）"
SUNDAY = "2026年11月29日（周日）09:00前（北京时间）"


def organisation(preset: str) -> Organisation:
    return sign_up(InProcess(START), preset)


def test_x2_a_switch_to_another_version_is_told() -> None:
    company = organisation("corporate-standard")
    number = company.file()
    publish(company, "12 hours")

    assert ask(company, "POST", f"/complaints/{number}/acts/switch", {"fields": {}}).status == 200

    [text, *_] = company.told_in_full("complainant", number)
    assert text == (
        f"您的投诉 {number} 现改按新版制度办理，期限：2026年11月27日（周五）21:00前（北京时间）。"
        f"“处理您的投诉”的期限由{SATURDAY}改为2026年11月27日（周五）21:00前（北京时间）。"
    )


def test_x2_a_switch_that_changes_no_time_is_told_without_one() -> None:
    company = organisation("corporate-standard")
    number = company.file()
    publish(company, "24 hours")

    assert ask(company, "POST", f"/complaints/{number}/acts/switch", {"fields": {}}).status == 200

    assert "改为" not in company.told_in_full("complainant", number)[0]


def test_x2_a_pause_that_ends_is_told_and_its_beginning_is_not() -> None:
    workshop = organisation("auto-repair-forms")
    number = at_workshop.parked(workshop)
    assert "改为" not in str(workshop.told_in_full("complainant", number))
    workshop.world.move_to("2026-11-28T09:00:00+08:00")

    workshop.act(number, "customer_manager", "resume")

    [text, *_] = workshop.told_in_full("complainant", number)
    assert text.startswith(f"您的投诉 {number} 已恢复处理。“认定责任并提出处理意见”的期限由{SATURDAY}改为{SUNDAY}。")
    assert text.endswith("变动原因：暂停的时间不计入期限。")


def test_x2_another_limit_of_the_same_start_is_told() -> None:
    workshop = organisation("auto-repair-forms")
    number = at_workshop.reported(workshop)

    workshop.act(number, "customer_manager", "mark_unreachable")

    [text, *_] = workshop.told_in_full("complainant", number)
    assert f"由{SATURDAY}改为2026年11月29日（周日）09:00前（北京时间）。变动原因：无法联系投诉人。" in text


def promised(estate: Organisation, number: str, until: str) -> str:
    estate.act(number, "service_centre", "promise", feedback_at=until)
    return estate.told_in_full("complainant", number)[0]


def test_x2_a_first_promise_moves_nothing_and_a_second_one_does() -> None:
    estate = organisation("property-management")
    number = estate.file()

    assert "改为" not in promised(estate, number, "2026-11-27T15:00:00+08:00")
    text = promised(estate, number, "2026-11-27T17:00:00+08:00")

    assert text == (
        f"关于您的投诉 {number}，我们将于2026年11月27日（周五）17:00前（北京时间）向您反馈。"
        "“我们向您承诺的反馈时间”的期限由2026年11月27日（周五）15:00前（北京时间）改为2026年11月27日（周五）17:00前（北京时间）。"
    )


def test_x2_a_promise_after_the_promised_time_says_that_the_miss_stays() -> None:
    estate = organisation("property-management")
    number = estate.file()
    promised(estate, number, "2026-11-27T15:00:00+08:00")
    estate.world.move_to("2026-11-27T16:00:00+08:00")

    text = promised(estate, number, "2026-11-27T17:00:00+08:00")

    assert text.endswith("原期限已过，逾期记录不变。")
    assert estate.deadline(number, "promised", run=1)["state"] == "missed"


@pytest.mark.parametrize("at", ["2026-11-27T08:59:00+08:00", START])
def test_x2_no_time_is_promised_in_the_past(at: str) -> None:
    estate = organisation("property-management")
    number = estate.file()
    known = estate.told("complainant", number)

    answer = estate.try_act(number, "service_centre", "promise", feedback_at=at)

    assert (answer.status, answer.pointer) == (422, "/fields/feedback_at")
    assert estate.told("complainant", number) == known


def test_x2_each_message_about_a_moved_time_is_about_the_event_that_moved_it() -> None:
    company = organisation("corporate-standard")
    number = company.file()

    answer = company.act(number, "agent", "classify", severity="important", sign="wide_effect")

    [classified] = company.events(number, type_="classified")
    told = [one["fields"] for one in company.events(number, type_="notified") if "moved" in one["fields"]]
    assert [one["about"] for one in told] == [classified["id"]]
    assert [one["type"] for one in answer["events"]] == ["classified", "notified", "task_opened", "notified"]


def test_x2_a_time_that_is_told_again_is_no_answer_in_the_figures() -> None:
    company = organisation("corporate-standard")
    company.act(company.file(), "agent", "classify", severity="important", sign="wide_effect")

    report = company.get("/reports/all?measure=time_to_first_answer&from=2026-11-01&to=2026-12-31", "owner")

    assert report["rows"] == []
