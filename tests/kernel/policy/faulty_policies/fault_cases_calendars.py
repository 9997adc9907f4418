"""Faults of further calendars and of who uses them, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

HOURS = {"mon-fri": ["09:00-17:00"]}
PLANT = {"timezone": "Europe/Berlin", "hours": HOURS}
MOVING = {**PLANT, "last_day": "next working day"}
CALENDARS: dict[str, tuple[str, Any, str, str]] = {
    "further calendars that are a list": ("calendars", [PLANT], "calendars", "wrong-kind"),
    "a further calendar without hours": (
        "calendars",
        {"plant": {"timezone": "Europe/Berlin"}},
        "calendars/plant",
        "calendar-hours",
    ),
    "a further calendar in no zone": (
        "calendars",
        {"plant": {**PLANT, "timezone": "Mars"}},
        "calendars/plant/timezone",
        "calendar-timezone",
    ),
    "a further calendar named unit": ("calendars", {"unit": PLANT}, "calendars/unit", "reserved"),
    "more calendars than there may be": (
        "calendars",
        {f"c{number}": PLANT for number in range(11)},
        "calendars",
        "too-many-of",
    ),
    "a clock on no calendar": ("clocks/decision/calendar", "bank", "clocks/decision/calendar", "no-calendar"),
    "a clock on a calendar of its own": ("clocks/decision/calendar", PLANT, "clocks/decision/calendar", "wrong-kind"),
    "a task on no calendar": ("tasks/report/calendar", "bank", "tasks/report/calendar", "no-calendar"),
    "a tier on no calendar": ("tiers/1/calendar", "bank", "tiers/1/calendar", "no-calendar"),
    "a limitation on no calendar": (
        "intake/limitation/calendar",
        "bank",
        "intake/limitation/calendar",
        "no-calendar",
    ),
    "a last day that moves anywhere": ("calendar/last_day", "friday", "calendar/last_day", "calendar-last-day"),
    "a last day that is a list": ("calendar/last_day", ["same day"], "calendar/last_day", "calendar-last-day"),
    "a last day that is a flag": ("calendar/last_day", True, "calendar/last_day", "calendar-last-day"),
    "days that end at noon": ("calendar/calendar_days_end", "noon", "calendar/calendar_days_end", "calendar-days-end"),
    "days that end at an hour": ("calendar/calendar_days_end", 18, "calendar/calendar_days_end", "calendar-days-end"),
    "days that never end": ("calendar/calendar_days_end", None, "calendar/calendar_days_end", "calendar-days-end"),
    "half days that are paused": ("calendar/paused_days", "half", "calendar/paused_days", "calendar-paused-days"),
    "a flag for paused days": ("calendar/paused_days", False, "calendar/paused_days", "calendar-paused-days"),
    "a map for paused days": ("calendar/paused_days", {"whole": 1}, "calendar/paused_days", "calendar-paused-days"),
    "a closure of a 30 February": ("calendar/closed", ["02-30"], "calendar/closed/0", "calendar-dates"),
    "a closure that ends before it begins": (
        "calendar/closed",
        ["2027-01-03..2026-12-24"],
        "calendar/closed/0",
        "calendar-dates",
    ),
    "a closure on the sixth Monday": ("calendar/closed", ["6th mon"], "calendar/closed/0", "calendar-dates"),
    "a closure from a date to a day of each year": (
        "calendar/closed",
        ["2026-12-24..12-27"],
        "calendar/closed/0",
        "calendar-dates",
    ),
    "a closure on the second day that is none": (
        "calendar/closed",
        ["2nd monday"],
        "calendar/closed/0",
        "calendar-dates",
    ),
    "a closure a year after Easter": ("calendar/closed", ["easter + 365"], "calendar/closed/0", "calendar-dates"),
    "a closure at another Easter": ("calendar/closed", ["orthodox easter"], "calendar/closed/0", "calendar-dates"),
    "closures on each weekday that leave no working day": (
        "calendar/closed",
        [f"{nth} {day}" for nth in ("1st", "2nd", "3rd", "4th", "5th") for day in ("mon", "tue", "wed", "thu", "fri")],
        "calendar/closed",
        "calendar-dates",
    ),
    "closures that leave no working day": ("calendar/closed", ["01-01..12-31"], "calendar/closed", "calendar-dates"),
    "an opening on Easter and a half": (
        "calendar/open",
        {"easter + 1.5": ["10:00-12:00"]},
        "calendar/open/easter + 1.5",
        "calendar-dates",
    ),
    "two openings on one day": (
        "calendar/open",
        {"last fri": ["10:00-12:00"], "12-25": ["10:00-12:00"]},
        "calendar/open/12-25",
        "calendar-dates",
    ),
    "an opening of each year without hours": (
        "calendar/open",
        {"12-24": "morning"},
        "calendar/open/12-24",
        "calendar-dates",
    ),
    "dates that are listed through a text": (
        "calendar/listed_through",
        "2028",
        "calendar/listed_through",
        "calendar-listed-through",
    ),
    "dates that are listed through the last century": (
        "calendar/listed_through",
        1999,
        "calendar/listed_through",
        "calendar-listed-through",
    ),
    "dates that are listed through a day": (
        "calendar/listed_through",
        "2028-12-31",
        "calendar/listed_through",
        "calendar-listed-through",
    ),
    "a last day of another calendar that does not move": (
        "calendar/last_day_of",
        "bank",
        "calendar/last_day_of",
        "calendar-last-day-of",
    ),
    "a last day of a calendar without a name": (
        "calendar",
        {**MOVING, "last_day_of": 5},
        "calendar/last_day_of",
        "calendar-last-day-of",
    ),
    "a last day of no calendar": ("calendar", {**MOVING, "last_day_of": "bank"}, "calendar/last_day_of", "no-calendar"),
    "a last day of a unit's calendar": (
        "calendar",
        {**MOVING, "last_day_of": "unit"},
        "calendar/last_day_of",
        "no-calendar",
    ),
    "a last day of the same calendar": (
        "calendars",
        {"plant": {**MOVING, "last_day_of": "plant"}},
        "calendars/plant/last_day_of",
        "last-day-of-itself",
    ),
    "a calendar that opens too little for a limit": (
        "clocks/decision/within",
        "80000 working hours",
        "clocks/decision/within",
        "calendar-too-narrow",
    ),
}
