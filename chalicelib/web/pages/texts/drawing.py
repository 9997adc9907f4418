"""Texts of the calendar that draws a deadline."""

from __future__ import annotations

TEXTS = {
    "drawing.caption": ("从{first}到{last}", "From {first} to {last}"),
    "drawing.weekday_0": ("一", "Mo"),
    "drawing.weekday_1": ("二", "Tu"),
    "drawing.weekday_2": ("三", "We"),
    "drawing.weekday_3": ("四", "Th"),
    "drawing.weekday_4": ("五", "Fr"),
    "drawing.weekday_5": ("六", "Sa"),
    "drawing.weekday_6": ("日", "Su"),
    "drawing.start": ("起算", "start"),
    "drawing.due": ("到期", "due"),
    "drawing.number_counted": ("第{number}日", "day {number}"),
    "drawing.number_due": ("第{number}日，到期", "day {number}, due"),
    "drawing.start_day": ("起算当日", "start"),
    "drawing.closed_hours": ("不办公", "off"),
    "drawing.weekend": ("周末", "off"),
    "drawing.closed_day": ("休息日", "off"),
    "drawing.holiday": ("节假日", "holiday"),
    "drawing.own_closure": ("本单位休息", "off"),
    "drawing.pause": ("暂停计时", "pause"),
    "drawing.ends_in_pause": ("处于暂停期", "pause"),
}
