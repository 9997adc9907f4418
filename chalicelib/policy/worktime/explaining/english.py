"""The sentences of an explanation in English."""

from __future__ import annotations

from chalicelib.policy.worktime.explaining.wording import Wording

ENGLISH = Wording(
    language="en",
    space=" ",
    comma="; ",
    date="{weekday} {date}",
    time="{date} {clock}",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    units={
        unit: (f"{{number}} {unit}", f"{{number}} {unit}s")
        for unit in (
            *("second", "minute", "hour", "day", "week", "month"),
            *("working minute", "working hour", "working day"),
            *("calendar day", "calendar week", "calendar month", "calendar year"),
        )
    },
    fixed={"same_working_day": "the end of the same working day", "same_day": "the end of the same day"},
    until="until {day} {month}",
    joint={"later_of": "the later of {list}", "earlier_of": "the earlier of {list}"},
    joint_comma=" and ",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    zones={},
    in_zone="{time} ({zone})",
    zone="{zone} time",
    before="by {time}",
    end_of_day="by the end of {weekday} {day} {month} {year}",
    due="Due {end} ({timezone}): {limit}, counted from {start}.",
    alone="By itself, {limit}, counted from {start}, would be due {end} ({timezone}).",
    paused="Paused, so there is no due time now: {limit}, counted from {start}.",
    beyond="Due after the year 2099, and therefore never: {limit}, counted from {start}.",
    decides="The limit that decides is {limit}.",
    no_limit="No time limit applies from {start} on.",
    rules={
        "elapsed": "All time counts, by day and by night.",
        "months": "A month later is the same day of the month, or the month's last day.",
        "working_time": "Only opening hours count.",
        "working_days": "The day of the start is not counted; the next working day is the first.",
        "calendar_days": "Every day counts, open or closed; the day of the start is not counted.",
        "calendar_months": "It ends with the same day of the month, or the month's last day.",
        "same_day": "The day of the start is meant, to its end.",
        "until": "The first such date after the day of the start is meant, to its end; a pause does not move it.",
        "same_working_day": "The working day's closing time is meant; after closing, the next working day's.",
    },
    skipped="Not counted: {list}.",
    moved={
        "next working day": "The last day, {date}, is no working day: it ends on the next one. Between: {list}.",
        "previous working day": "The last day, {date}, is no working day: it ends on the one before. Between: {list}.",
    },
    held="With {first} as the last day, the limit would end at {end}, in a pause: this day does not count either.",
    held_moved=(
        "With {first} as the last day, the end would move to {end}, into a pause: "
        "{first} to {last} do not count either."
    ),
    stretch="{begin} to {end} ({cause})",
    one_day="{date} ({cause})",
    since="since {begin} ({cause})",
    more="and {count} more",
    causes={
        "start_day": "day of the start",
        "closed_hours": "closed hours",
        "weekend": "weekend",
        "closed_day": "closed on this weekday",
        "holiday": "holiday",
        "own_closure": "closed by the organisation",
        "pause": "paused",
        "ends_in_pause": "would end in a pause",
    },
    holiday="holiday: {name}",
    worked="Working days outside the usual week: {list}.",
    swapped="{date} (worked in exchange for the holiday {name})",
    own_opening="{date} (opened by the organisation)",
    edition="Holidays are those of edition {edition}.",
    provisional="This time is provisional: official holidays are published through {year} only.",
)
