"""Faults of further calendars and of who uses them, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

HOURS = {"mon-fri": ["09:00-17:00"]}
PLANT = {"timezone": "Europe/Berlin", "hours": HOURS}
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
}
