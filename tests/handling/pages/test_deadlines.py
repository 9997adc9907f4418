"""Deadlines on pages: the drawn calendar, and the calendar file."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.handling.pages.calendar_file import calendar_file
from chalicelib.web.pages.deadlines import draw
from chalicelib.web.pages.reader import Reader
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

ZH, EN = Reader("zh", chosen=False), Reader("en", chosen=False)


def because(start: str, end: str | None, limit: str, stretches: Any = (), **more: Any) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "limit": limit,
        "timezone": "Asia/Shanghai",
        "stretches": [{"cause": cause, "from": since, "until": until} for cause, since, until in stretches],
        **more,
    }


WEEKEND = ("weekend", "2026-11-27T16:00:00Z", "2026-11-29T16:00:00Z")
PAUSED = ("pause", "2026-11-30T02:00:00Z", "2026-11-30T04:00:00Z")
WHOLE = ("pause", "2026-11-29T16:00:00Z", "2026-11-30T16:00:00Z")
FRIDAY, WEDNESDAY = "2026-11-27T01:00:00Z", "2026-12-02T10:00:00Z"


def days(reader: Reader = ZH, **given: Any) -> list[tuple[str, str, str]]:
    found = draw(given, reader)
    assert found is not None
    return [
        (f"{day.month} {day.text}".strip(), day.kind, day.note)
        for week in found.weeks
        for day in week
        if day.kind != "out"
    ]


def test_each_day_says_whether_it_counted_and_why_not() -> None:
    assert days(**because(FRIDAY, WEDNESDAY, "3 working days", [WEEKEND])) == [
        ("27", "start", "起算"),
        ("28", "skipped", "周末"),
        ("29", "skipped", "周末"),
        ("30", "counted", "第1日"),
        ("12月 1", "counted", "第2日"),
        ("2", "due", "第3日，到期"),
    ]


def test_a_pause_of_a_day_and_one_of_hours_are_told_apart() -> None:
    assert ("30", "paused", "暂停计时") in days(**because(FRIDAY, WEDNESDAY, "2 working days", [WEEKEND, WHOLE]))
    assert ("30", "counted", "暂停计时") in days(**because(FRIDAY, WEDNESDAY, "40 working hours", [WEEKEND, PAUSED]))


def test_days_are_numbered_only_if_the_count_is_that_of_the_limit() -> None:
    notes = [note for _, _, note in days(**because(FRIDAY, WEDNESDAY, "40 working hours", [WEEKEND]))]
    assert notes == ["起算", "周末", "周末", "", "", "到期"]


def test_a_holiday_has_its_name() -> None:
    given = because("2026-09-30T01:00:00Z", "2026-10-02T10:00:00Z", "1 working day")
    given["stretches"] = [
        {
            "cause": "holiday",
            "from": "2026-09-30T16:00:00Z",
            "until": "2026-10-01T16:00:00Z",
            "name": {"zh": "国庆节", "en": "National Day"},
        }
    ]
    assert ("Oct 1", "skipped", "National Day") in days(EN, **given)


def test_a_due_time_at_midnight_belongs_to_the_day_before() -> None:
    assert days(**because(FRIDAY, "2026-11-29T16:00:00Z", "2 days"))[-1] == ("29", "due", "第2日，到期")


@pytest.mark.parametrize(
    "given",
    [
        because(FRIDAY, None, "3 working days"),
        because(FRIDAY, "2026-11-27T02:00:00Z", "1 hour"),
        because(FRIDAY, "2027-11-27T02:00:00Z", "1 year"),
        {"start": FRIDAY, "end": WEDNESDAY, "limit": "stated", "stretches": []},
    ],
)
def test_what_a_calendar_cannot_show_has_none(given: dict[str, Any]) -> None:
    assert draw(given, ZH) is None


def test_the_part_that_decides_is_drawn() -> None:
    parts = [because(FRIDAY, "2026-11-28T02:00:00Z", "1 day"), because(FRIDAY, WEDNESDAY, "3 working days", [WEEKEND])]
    whole = because(FRIDAY, WEDNESDAY, "later of 1 day, 3 working days", parts=parts, decides=1)
    assert days(**whole)[1] == ("28", "skipped", "周末")


def test_limits_that_follow_each_other_are_drawn_as_one() -> None:
    saturday = "2026-11-28T01:00:00Z"
    parts = [because(FRIDAY, saturday, "1 day"), because(saturday, WEDNESDAY, "3 working days", [WEEKEND])]
    whole = because(FRIDAY, WEDNESDAY, "1 day then 3 working days", parts=parts)
    assert [kind for _, kind, _ in days(**whole)[:3]] == ["start", "skipped", "skipped"]


def test_the_page_of_a_complaint_draws_its_deadlines(world: InProcess, browser: Browser) -> None:
    office = sign_up(world, "telecom-regulator")
    filed(browser, office)
    page = browser.submit()
    classes = [given.get("class") for tag, given in page.tags if tag == "td"]
    assert {"start", "skipped", "counted", "due"} <= {*classes}


def test_the_calendar_file_has_the_running_deadlines(world: InProcess, browser: Browser) -> None:
    office = sign_up(world, "telecom-regulator")
    number, receipt = filed(browser, office)
    browser.submit()
    [href] = [href for href, words in browser.page.links if words == "把期限加入日历（.ics）"]
    browser.open(href)
    assert browser.answer.headers["Content-Type"].startswith("text/calendar")
    lines = browser.answer.text.replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert "DTSTART:20261204T100000Z" in lines
    assert f"SUMMARY:提供证据材料；届时尚未提供的，我们会提醒您补交（投诉 {number}）" in lines
    assert receipt not in browser.answer.text


def test_without_a_session_there_is_no_calendar_file(world: InProcess, browser: Browser) -> None:
    office = sign_up(world, "telecom-regulator")
    number, _ = filed(browser, office)
    browser.open(f"/t/{office.id}/case/{number}/deadlines.ics")
    assert browser.page.headings == ["查询投诉"]


def test_lines_of_a_calendar_file_are_folded_and_escaped() -> None:
    text = {"zh": "长" * 60 + "; a, b\\c\nd", "en": ""}
    one = {"clock": "c", "run": 1, "due": WEDNESDAY, "label": {"zh": "期限"}, "because": {"text": text}}
    found = calendar_file([one], "202611-000001", "https://redress.example/t/x/case/1", FRIDAY, ZH)
    assert max(len(line.encode()) for line in found.split("\r\n")) <= 75
    assert "DESCRIPTION:" + "长" * 60 + "\\; a\\, b\\\\c\\nd\r\n" in found.replace("\r\n ", "")
