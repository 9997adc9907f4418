"""Texts about the document as a whole: size, YAML, structure, calendar."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "too-large": FaultText(
        "the document is larger than {most} KiB",
        "文件超过 {most} KiB",
        "shorten it, for example with fewer examples, wordings or stages",
        "请缩短文件：减少示例、文案或阶段",
    ),
    "too-many-values": FaultText(
        "the document is too large or nested too deeply: at most {most} values, {depth} levels",
        "文件过大或嵌套过深：最多 {most} 个值、{depth} 层",
        "shorten it, and use aliases (`*name`) sparingly",
        "请缩短文件，少用别名（`*name`）",
    ),
    "too-many-of": FaultText(
        "there are {count} items here; at most {most} are allowed",
        "此处有 {count} 项，最多 {most} 项",
        "keep at most {most}, and merge similar items",
        "最多保留 {most} 项，合并相似的项",
    ),
    "no-json": FaultText(
        "the document cannot be written as JSON: {reason}",
        "文件无法写成 JSON",
        "remove the characters or numbers that JSON does not support",
        "请删去 JSON 不支持的字符或数字",
    ),
    "no-yaml": FaultText(
        "this is not valid YAML: {reason}",
        "此处不是正确的 YAML",
        "look for a missing quote, bracket or colon here or on the line before; indent with spaces, not tabs; "
        "put a text with `: `, ` #` or a comma in quotes",
        "请检查本行或上一行的引号、括号、冒号；缩进只用空格；文字含 `: `、` #` 或逗号时请加引号",
    ),
    "yaml-tag": FaultText(
        "tags such as `!!int` are not part of the language",
        "本语言不支持 `!!int` 之类的标签",
        "write the value without a tag",
        "请去掉标签，直接写值",
    ),
    "yaml-value": FaultText(
        "a value cannot be read: {reason}",
        "有一个值无法读取",
        "write the character itself instead of its escape",
        "请直接写字符，不要用转义",
    ),
    "no-map": FaultText(
        "the document must be a map",
        "文件必须是键值结构",
        "begin with `language: 1`, followed by the other parts",
        "请以 `language: 1` 开头，再写各部分",
    ),
    "key-no-text": FaultText("a key must be text", "键必须是文字", "write a plain word as the key", "请用普通文字作键"),
    "key-twice": FaultText(
        "the key occurs twice",
        "同一个键出现了两次",
        "keep one of the two, or merge them",
        "请保留其中一个，或合并两者",
    ),
    "missing": FaultText(
        "this key is required",
        "缺少必填项",
        "add `{name}`: {expected}",
        "请补上 `{name}`：{expected_zh}",
    ),
    "unknown-key": FaultText(
        "this key is unknown here",
        "此处没有这个键",
        "remove it, or use one of: {known}",
        "请删去，或改用：{known}",
    ),
    "key-elsewhere": FaultText(
        "this key is unknown here; it is a key of: {parts}",
        "此处没有这个键；它属于：{parts}",
        "move it there, or use one of: {known}",
        "请移到该处，或改用：{known}",
    ),
    "key-without-value": FaultText(
        "`{name}` is a key without a value",
        "`{name}` 是没有值的键",
        "put a text with a comma in quotes, because in braces a comma begins a new key; if it is meant as a key, "
        "remove it, or use one of: {known}",
        "花括号内的逗号会开始一个新键，含逗号的文字请加引号；如确为键，请删去，或改用：{known}",
    ),
    "wrong-kind": FaultText(
        "this must be {expected}; {reason}",
        "此处必须是{expected_zh}",
        "write {expected} here",
        "请在此处写{expected_zh}",
    ),
    "calendar": FaultText(
        "the calendar is not valid here: {reason}",
        "日历此处有误",
        "write `timezone` and `hours`, and optionally `holidays`, `closed`, `open`, `day_ends`, `swapped`, `last_day`, "
        "`calendar_days_end` and `paused_days`",
        "请写出日历：`timezone`、`hours`，按需写 `holidays`、`closed`、`open`、`day_ends`、`swapped`、`last_day`、"
        "`calendar_days_end`、`paused_days`",
    ),
    "calendar-timezone": FaultText(
        "there is no such time zone: {reason}",
        "没有这个时区",
        "write an IANA name, such as Asia/Shanghai",
        "请写 IANA 时区名，例如 Asia/Shanghai",
    ),
    "calendar-hours": FaultText(
        "these opening hours are not valid: {reason}",
        "工作时间有误",
        "write weekdays with intervals in order of time: `mon-fri: [09:00-12:00, 13:30-18:00]`",
        "请按星期写由早到晚的时段：`mon-fri: [09:00-12:00, 13:30-18:00]`",
    ),
    "calendar-holidays": FaultText(
        "there is no such holiday table: {reason}",
        "没有这个国家或地区的节假日",
        "write one of the listed codes; for another country or region, leave `holidays` out and "
        "list the days in `closed`",
        "请写已列出的代码；其他国家或地区请删去 `holidays`，把节假日逐日列在 `closed` 中",
    ),
    "calendar-dates": FaultText(
        "these dates are not valid: {reason}",
        "日期有误",
        "write dates such as 2026-12-24, each under `closed` or `open`, not both",
        "请写 2026-12-24 这样的日期，且只列在 `closed` 或 `open` 之一",
    ),
    "calendar-day-ends": FaultText(
        "this is not a valid end of the working day: {reason}",
        "工作日的结束方式有误",
        "write `close` or `midnight`",
        "请写 `close` 或 `midnight`",
    ),
    "calendar-swapped": FaultText(
        "this weekday cannot supply the hours of swapped working days: {reason}",
        "调休工作日无法采用该星期的时间",
        "name a weekday that has opening hours",
        "请写一个有工作时间的星期",
    ),
    "calendar-last-day": FaultText(
        "this is not a valid rule for the last day: {reason}",
        "最后一日的规则有误",
        "write `same day`, `next working day` or `previous working day`",
        "请写 `same day`、`next working day` 或 `previous working day`",
    ),
    "calendar-days-end": FaultText(
        "this is not a valid end of the last calendar day: {reason}",
        "日历日的结束方式有误",
        "write `midnight` or `close`",
        "请写 `midnight` 或 `close`",
    ),
    "calendar-paused-days": FaultText(
        "this is not a valid rule for paused days: {reason}",
        "暂停日的计算方式有误",
        "write `whole` or `touched`",
        "请写 `whole` 或 `touched`",
    ),
    "calendar-too-narrow": FaultText(
        "this calendar is open too little for {name}, which can end more than ten years after its start",
        "该日历的工作时间过少：{name} 可能在起算十年之后才届满",
        "open the calendar more, or shorten the limit",
        "请增加日历的工作时间，或缩短该期限",
    ),
    "no-calendar": FaultText(
        "there is no calendar `{name}`",
        "没有日历 `{name}`",
        "use one of: {known}; or define `{name}` in `calendars`",
        "请改用：{known}；或先在 `calendars` 中定义 `{name}`",
    ),
    "unit-calendar-without-units": FaultText(
        "`calendar: unit` needs complaints that have a unit",
        "`calendar: unit` 要求投诉涉及单位",
        "write `unit: optional` or `unit: required` in `intake`, or name one of the `calendars`",
        "请在 `intake` 中写 `unit: optional` 或 `unit: required`，或写 `calendars` 之一",
    ),
    "too-many-days": FaultText(
        "the limits of all clocks and tasks together last {count} days, and at most {most} can be explained at once",
        "所有时限与任务的期限合计 {count} 天，一次最多只能说明 {most} 天",
        "use fewer clocks, shorter limits, or elapsed time",
        "请减少时限、缩短期限，或改用连续计时的期限",
    ),
    "too-costly": FaultText(
        "checking this document takes more than {most} steps",
        "检查该文件需要超过 {most} 步",
        "use fewer stages, clocks, conditions and values",
        "请减少阶段、时限、条件与取值",
    ),
}
