"""What the sentences of an explanation say about limits that end with a day, and about joined limits."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.worktime import parse_limit
from chalicelib.policy.worktime.explaining import due_text, explain, zone_text
from tests.kernel.policy.worktime.samples import at, calendar

FRIDAY = "2026-10-09 10:00"


def words(limit: str, start: str = FRIDAY, **changes: Any) -> dict[str, str]:
    text: dict[str, str] = explain(calendar(**changes), parse_limit(limit), at(start))["text"]
    return text


def test_a_due_time_at_the_end_of_a_day_names_that_day() -> None:
    text = words("1 calendar day")
    assert "by the end of Sat 10 Oct 2026" in text["en"]
    assert "2026年10月10日24时前" in text["zh"]


@pytest.mark.parametrize("limit", ["14 hours", "1 calendar day"])
def test_whatever_limit_it_comes_from(limit: str) -> None:
    assert "by the end of" in words(limit)["en"]


def test_another_due_time_is_a_date_and_a_time() -> None:
    office = calendar()
    assert due_text(office, at("2026-10-10 18:00"), "en") == "Sat 10 Oct 2026 18:00"
    assert due_text(office, at("2026-10-10 18:00"), "zh") == "2026年10月10日（周六）18:00"


def test_the_time_of_shanghai_is_beijing_time_in_chinese() -> None:
    assert "（北京时间）" in words("24 hours")["zh"]
    assert "(Beijing time)" in words("24 hours")["en"]


def test_other_zones_have_their_names() -> None:
    tokyo = calendar(timezone="Asia/Tokyo")
    assert (zone_text(tokyo, "zh"), zone_text(tokyo, "en")) == ("东京时间", "Tokyo time")


@pytest.mark.parametrize(
    ("limit", "english", "chinese"),
    [
        ("30 calendar days", "30 calendar days, counted from Fri 9 Oct 2026 10:00", "30个自然日"),
        ("1 calendar month", "It ends with the same day of the month", "1个自然月"),
        ("same day", "the end of the same day", "当日"),
        ("until 31 January", "until 31 Jan", "至1月31日"),
        ("later of 24 hours, 1 working day", "the later of 24 hours and 1 working day", "24小时、1个工作日中较晚者"),
        ("earlier of 24 hours, 1 working day", "The limit that decides is 24 hours.", "以24小时为准。"),
    ],
)
def test_each_kind_is_named(limit: str, english: str, chinese: str) -> None:
    text = words(limit)
    assert english in text["en"]
    assert chinese in text["zh"]


def test_joined_limits_are_followed_by_the_words_of_each() -> None:
    text, part = words("later of 24 hours, 1 working day"), words("1 working day")
    assert (text["en"].endswith(part["en"]), text["zh"].endswith(part["zh"])) == (True, True)


def test_only_the_limit_that_decides_is_said_to_be_due() -> None:
    text = words("later of 24 hours, 1 working day")
    assert text["en"].count("Due ") == 2  # of the whole, and of the limit that decides
    assert "By itself, 24 hours, counted from Fri 9 Oct 2026 10:00, would be due Sat 10 Oct 2026 10:00" in text["en"]
    assert "单就24小时而言" in text["zh"]


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        (
            "next working day",
            "The last day, Sat 17 Oct 2026, is no working day: it ends on the next",
            "顺延至下一个工作日",
        ),
        ("previous working day", "is no working day: it ends on the one before.", "提前至前一个工作日"),
    ],
)
def test_a_moved_end_is_told_with_the_days_between(rule: str, english: str, chinese: str) -> None:
    text = words("8 calendar days", last_day=rule)
    assert english in text["en"]
    assert "(weekend)" in text["en"]
    assert chinese in text["zh"]


def paused_words(limit: str, *pause: str, **changes: Any) -> dict[str, Any]:
    office = calendar(
        **{"timezone": "Europe/Paris", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": None, **changes}
    )
    start, begin, until = (at(text, "Europe/Paris") for text in ("2026-03-02 10:00", *pause))
    because: dict[str, Any] = explain(office, parse_limit(limit), start, [(begin, until)])
    return because


def test_a_last_day_that_moves_into_a_pause_is_told_with_the_day_to_which_it_moves() -> None:
    """Twelve days end with Saturday 14; that moves to Monday 16, whose end is paused. Neither day is paused itself."""
    because = paused_words("12 calendar days", "2026-03-16 12:00", "2026-03-17 12:00", last_day="next working day")
    text = because["text"]
    assert (
        "With Sat 14 Mar 2026 as the last day, the end would move to Mon 16 Mar 2026 24:00, into a pause" in text["en"]
    )
    assert (
        "若以2026年3月14日（周六）为最后一日，届满时间将移至2026年3月16日（周一）24:00，而该时间处于暂停期内"
        in text["zh"]
    )
    assert "(paused)" not in text["en"]
    assert because["held"] == [{"from": "2026-03-14", "to": "2026-03-16", "end": "2026-03-16T23:00:00.000Z"}]


def test_a_last_day_whose_own_end_is_paused_is_told_as_such() -> None:
    text = paused_words("1 working day", "2026-03-03 12:00", "2026-03-03 22:00")["text"]
    assert "the limit would end at Tue 3 Mar 2026 17:00, in a pause: this day does not count either" in text["en"]
    assert "期限将于2026年3月3日（周二）17:00届满，而该时间处于暂停期内，因此该日也不计入" in text["zh"]


def test_holidays_are_cited_only_if_the_end_depends_on_them() -> None:
    assert "edition" not in words("8 calendar days")["en"]
    assert "official table, edition 1 of 2026" in words("8 calendar days", last_day="next working day")["en"]


def test_a_limit_that_is_never_due_says_so() -> None:
    text = words("1 calendar month", "2099-12-15 09:00")
    assert "Due after the year 2099, and therefore never" in text["en"]
    assert "不会到期" in text["zh"]


def test_two_holidays_on_one_day_are_listed_in_each_language() -> None:
    text = words("1 working day", "2020-09-30 10:00", holidays="CN")
    assert "中秋节、国庆节" in text["zh"]
    assert "Mid-Autumn Festival; National Day" in text["en"]
