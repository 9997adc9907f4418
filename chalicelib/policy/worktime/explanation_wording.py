"""The sentences of an explanation, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.policy.worktime.holidays import HolidayName
from chalicelib.policy.worktime.limit import Limit


class Wording(msgspec.Struct, frozen=True):
    """Format strings of one language. `units` holds the singular and plural of each unit of a limit."""

    language: str
    space: str
    comma: str
    date: str
    time: str
    weekdays: tuple[str, ...]
    units: Mapping[str, tuple[str, str]]
    same_working_day: str
    due: str
    paused: str
    no_limit: str
    rules: Mapping[str, str]
    skipped: str
    stretch: str
    one_day: str
    since: str
    more: str
    causes: Mapping[str, str]
    holiday: str
    worked: str
    swapped: str
    own_opening: str
    edition: str
    provisional: str

    def limit(self, limit: Limit) -> str:
        if not limit.unit:
            return self.same_working_day
        return self.units[limit.unit][limit.number > 1].format(number=limit.number)

    def name(self, name: HolidayName) -> str:
        return name.zh if self.language == "zh" else name.en


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
        )
    },
    same_working_day="the end of the same working day",
    due="Due {end} ({timezone} time): {limit}, counted from {start}.",
    paused="Paused, so there is no due time now: {limit}, counted from {start}.",
    no_limit="No time limit applies from {start} on.",
    rules={
        "elapsed": "All time counts, by day and by night.",
        "months": "A month later is the same day of the month, or the month's last day.",
        "working_time": "Only opening hours count.",
        "working_days": "The day of the start is not counted; the next working day is the first.",
        "same_working_day": "The working day's closing time is meant; after closing, the next working day's.",
    },
    skipped="Not counted: {list}.",
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
    },
    holiday="holiday: {name}",
    worked="Working days outside the usual week: {list}.",
    swapped="{date} (worked in exchange for the holiday {name})",
    own_opening="{date} (opened by the organisation)",
    edition="Holidays are those of edition {edition}.",
    provisional="This time is provisional: official holidays are published through {year} only.",
)

CHINESE = Wording(
    language="zh",
    space="",
    comma="；",
    date="{date}（{weekday}）",
    time="{date}{clock}",
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    units={
        unit: (text, text)
        for unit, text in {
            "second": "{number}秒",
            "minute": "{number}分钟",
            "hour": "{number}小时",
            "day": "{number}天",
            "week": "{number}周",
            "month": "{number}个月",
            "working minute": "{number}个工作分钟",
            "working hour": "{number}个工作小时",
            "working day": "{number}个工作日",
        }.items()
    },
    same_working_day="当个工作日下班前",
    due="到期时间：{end}（{timezone}时间），自{start}起算{limit}。",
    paused="计时暂停中，目前没有到期时间：自{start}起算{limit}。",
    no_limit="自{start}起不设时限。",
    rules={
        "elapsed": "昼夜连续计时。",
        "months": "一个月后指次月的同一日，次月没有该日的，为次月最后一日。",
        "working_time": "只计工作时间。",
        "working_days": "起算当日不计入，下一个工作日为第1日。",
        "same_working_day": "指当个工作日的下班时间；已下班的，指下一个工作日的下班时间。",
    },
    skipped="不计入：{list}。",
    stretch="{begin}至{end}（{cause}）",
    one_day="{date}（{cause}）",
    since="{begin}起（{cause}）",
    more="另有{count}段",
    causes={
        "start_day": "起算当日",
        "closed_hours": "非工作时间",
        "weekend": "周末",
        "closed_day": "固定休息日",
        "holiday": "节假日",
        "own_closure": "本单位休息",
        "pause": "暂停计时",
    },
    holiday="节假日：{name}",
    worked="计入的特别工作日：{list}。",
    swapped="{date}（{name}调休上班）",
    own_opening="{date}（本单位上班）",
    edition="节假日依据{edition}版日历。",
    provisional="此时间为暂定：官方节假日安排只公布到{year}年。",
)
