"""Texts about the calendar of a previewed deadline. Each continues the place that it is shown with."""

TEXTS = {
    "a calendar is an object with timezone and hours": "日历须为含有 timezone 和 hours 的对象",
    "unknown; a calendar has {known}": "没有这个键；日历的键有：{known}",
    "an IANA time zone is needed, such as Asia/Shanghai": "须为 IANA 时区名，例如 Asia/Shanghai",
    "an object from weekdays to open times is needed, such as mon-fri": (
        "须为对象：以星期（例如 mon-fri）为键，以工作时段为值"
    ),
    "a weekday ({known}) or a range such as mon-fri is needed": "须为星期（{known}），或 mon-fri 这样的范围",
    "a weekday is given twice": "同一星期出现了两次",
    "this calendar never opens: at least one weekday needs open times": "该日历没有工作时间：须至少写明一天的工作时段",
    "null or one of {known} is needed": "须为 null 或以下之一：{known}",
    "{country} has no edition of that name": "{country} 没有这个版本的节假日表",
    "a list of at most {most} dates is needed": "须为最多 {most} 个日期的列表",
    "an object from at most {most} dates to open times is needed": (
        "须为对象：以日期（最多 {most} 个）为键，以工作时段为值"
    ),
    "this date is under closed as well": "该日期同时列在 closed 中",
    "a date from 2000-01-01 to 2099-12-31 is needed": "须为 2000-01-01 至 2099-12-31 之间的日期",
    "one of these is needed: {known}": "须为以下之一：{known}",
    "a weekday is needed: {known}": "须为星期：{known}",
    "this weekday has no open times that a swapped working day could take": "该星期没有工作时段，调休工作日无法采用",
    'a list of open times is needed, such as ["09:00-12:00", "13:30-18:00"]': (
        '须为工作时段的列表，例如 `["09:00-12:00", "13:30-18:00"]`'
    ),
    "a day has at most {most} open times": "一天最多有 {most} 个工作时段",
    'an open time is written "09:00-12:00" or ["09:00", "12:00"]': (
        '工作时段写作 "09:00-12:00" 或 `["09:00", "12:00"]`'
    ),
    "it closes before it opens; work past midnight is two open times, to 24:00 and from 00:00": (
        "结束早于开始；跨过零点的工作时间请分为两个时段：到 24:00 为止，以及从 00:00 开始"
    ),
    "a time of day is quoted and has two digits each, from 00:00 to 24:00": (
        "时间须加引号，时和分各两位，从 00:00 到 24:00"
    ),
    "two open times overlap": "两个工作时段重叠",
}
