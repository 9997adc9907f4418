"""Texts of the calendar that draws a deadline."""

from __future__ import annotations

TEXTS = {
    "drawing.caption": ("从{first}到{last}", "From {first} to {last}"),
    "drawing.weekday_0": ("一", "Mon"),
    "drawing.weekday_1": ("二", "Tue"),
    "drawing.weekday_2": ("三", "Wed"),
    "drawing.weekday_3": ("四", "Thu"),
    "drawing.weekday_4": ("五", "Fri"),
    "drawing.weekday_5": ("六", "Sat"),
    "drawing.weekday_6": ("日", "Sun"),
    "drawing.start": ("起算", "start"),
    "drawing.due": ("到期", "due"),
    "drawing.number_counted": ("第{number}日", "day {number}"),
    "drawing.number_due": ("第{number}日，到期", "day {number}, due"),
    "drawing.start_day": ("起算当日", "start"),
    "drawing.closed_hours": ("不办公", "closed"),
    "drawing.weekend": ("周末", "weekend"),
    "drawing.closed_day": ("休息日", "closed"),
    "drawing.holiday": ("节假日", "holiday"),
    "drawing.own_closure": ("本单位休息", "closed"),
    "drawing.pause": ("暂停计时", "paused"),
    "drawing.ends_in_pause": ("处于暂停期", "paused"),
}
