"""Compiled years are shared by equal calendars, and the memory for them is bounded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec.structs import replace

from chalicelib.policy.worktime import Calendar, due_time, parse_limit
from chalicelib.policy.worktime.calendars.calendar import MAX_BYTES, YEARS, YearCache, source_of
from chalicelib.policy.worktime.calendars.holidays import load_table
from tests.kernel.policy.worktime.samples import OFFICE, at, calendar

FULL = {"mon-sun": [f"{hour:02}:00-{hour:02}:30" for hour in range(12)]}


def test_equal_calendars_share_a_year() -> None:
    assert calendar().year(2026) is calendar().year(2026)


def test_so_do_calendars_that_differ_only_in_how_days_end_and_pause() -> None:
    other = calendar(day_ends="midnight", last_day="next working day", paused_days="touched")
    assert other.year(2026) is calendar().year(2026)


def test_others_do_not() -> None:
    changes: list[dict[str, Any]] = [{}, {"closed": ["2026-12-24"]}, {"timezone": "Asia/Tokyo"}]
    assert len({id(calendar(**change).year(2026)) for change in changes}) == 3


def test_a_table_with_other_content_has_its_own_years() -> None:
    other = Calendar.parse(OFFICE, replace(load_table("CN-2026.1"), holidays={}))
    assert len(other.year(2026).begins) > len(calendar().year(2026).begins)


def test_the_years_of_a_century_of_the_fullest_calendar_are_kept() -> None:
    full = Calendar.parse({"timezone": "Europe/London", "hours": FULL})
    first = full.year(2000)
    for number in range(2001, 2100):
        full.year(number)
    assert full.year(2000) is first


def test_the_years_used_last_are_kept_within_the_memory() -> None:
    office = calendar()
    source = source_of(office.document, office.table)
    cache = YearCache(3 * office.year(2026).size + 1_000)
    first, second = cache.year(source, 2001), cache.year(source, 2002)
    cache.year(source, 2003)
    cache.year(source, 2001)
    cache.year(source, 2004)
    assert cache.year(source, 2001) is first
    assert cache.year(source, 2002) is not second


def test_however_many_calendars_there_are_their_years_take_a_bounded_memory() -> None:
    compiled = 0
    for number in range(4):
        full = Calendar.parse({"timezone": "UTC", "hours": FULL, "closed": [f"2026-01-0{number + 1}"]})
        compiled += sum(full.year(year).size for year in range(2000, 2035))
    assert YEARS.bytes <= MAX_BYTES < compiled


def test_threads_that_ask_for_the_same_years_get_the_same_answers() -> None:
    limit, starts = parse_limit("300 working days"), [at(f"{year}-05-12 10:00") for year in range(2000, 2090)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda start: due_time(calendar(swapped="mon"), limit, start), starts * 4))
    assert found == [due_time(calendar(swapped="mon"), limit, start) for start in starts] * 4
