"""Rule 10: the committed tables, their editions, and what counts as provisional."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest
from msgspec.structs import replace

from chalicelib.policy.worktime import Calendar, due_time, parse_limit
from chalicelib.policy.worktime.calendars.holidays import HolidayTable, countries, editions, load_table
from infra import generate_holidays
from tests.kernel.policy.worktime.samples import OFFICE, answer, at, calendar, wall


def test_chinese_working_days_agree_with_chinesecalendar_from_2006_to_the_last_official_year() -> None:
    office = Calendar.parse(OFFICE)
    end = date(office.official_through + 1, 1, 1)
    days = [date(2006, 1, 1) + timedelta(days=number) for number in range((end - date(2006, 1, 1)).days)]
    differing = [
        day for day in days if bool(office.source.plan(day.toordinal()).hours) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


@pytest.mark.parametrize("country", ["CN", "GB", "US", "DE", "FR", "JP", "AU", "KR"])
def test_a_table_is_there_for(country: str) -> None:
    assert country in countries()


@pytest.mark.parametrize("source", generate_holidays.SOURCES, ids=lambda source: source.code)
def test_the_committed_table_is_what_the_generator_makes(source: generate_holidays.HolidaySource) -> None:
    made = generate_holidays.table(source)
    assert load_table(made["edition"]) == HolidayTable.from_json(made)


def test_every_edition_names_itself_and_its_country() -> None:
    for country, known in editions().items():
        assert [(load_table(edition).country, load_table(edition).edition) for edition in known] == [
            (country, edition) for edition in known
        ]


def test_a_fixed_holiday_of_an_unpublished_year_counts() -> None:
    plan = calendar().source.plan(date(2031, 1, 1).toordinal())
    assert (plan.cause, plan.name.zh if plan.name else None) == ("holiday", "元旦")


def test_a_new_edition_moves_a_provisional_due_time_and_settles_it() -> None:
    known = load_table("CN-2026.1")
    swap = date(2027, 1, 3).toordinal()
    published = replace(
        known,
        edition="CN-2027.1",
        official_through=2027,
        worked={**known.worked, swap: next(iter(known.worked.values()))},
    )
    answered = due_time(Calendar.parse(OFFICE, published), parse_limit("3 working days"), at("2026-12-30 10:00"))
    assert (wall(answered.due), answered.provisional) == ("2027-01-04 18:00", False)


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("1 working day", "2026-12-30 10:00", False),
        ("2 working days", "2026-12-30 10:00", True),
        ("8 working hours", "2026-12-31 09:00", True),
        ("450 working minutes", "2026-12-31 09:00", False),
        ("same working day", "2026-12-31 18:00", True),
        ("3 months", "2026-12-31 18:00", False),
    ],
)
def test_a_due_time_is_provisional_if_it_needs_an_unpublished_year(limit: str, start: str, expected: bool) -> None:
    assert answer(limit, start).provisional is expected


def test_without_national_holidays_nothing_is_provisional() -> None:
    assert not answer("30 working days", "2026-12-30 10:00", holidays=None).provisional


def test_counting_does_not_import_the_generators_library() -> None:
    code = "import sys, chalicelib.policy.worktime; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
