"""Texts of libraries and parsers. Only their English form is known, as a pattern."""

import re

_LIMIT = r"a limit is written (.*) or (\S+)"
_JOINT = (
    r'"later of" and "earlier of" join two to (\d+) limits with ", ", and none of them is "none", '
    r'"later of" or "earlier of"'
)
_JOINT_ZH = r'"later of" 和 "earlier of" 用 ", " 连接 2 至 \1 个时限，其中不能有 "none"、"later of" 和 "earlier of"'
_PATTERNS = {
    r"Expected `([^`]+)`, got `([^`]+)`": r"应为 `\1`，实际为 `\2`",
    r"Expected `([^`]+)` of length >= (\d+)": r"`\1` 的长度至少为 \2",
    r"Expected `([^`]+)` of length <= (\d+)": r"`\1` 的长度最多为 \2",
    r"Expected `([^`]+)` of length (\d+), got (\d+)": r"`\1` 的长度应为 \2，实际为 \3",
    r"Expected `([^`]+)` of length (\d+) to (\d+), got (\d+)": r"`\1` 的长度应为 \2 至 \3，实际为 \4",
    r"Expected `([^`]+)` matching regex (.*)": r"`\1` 须符合正则表达式 \2",
    r"Expected `([^`]+)` (>=|<=|>|<) (\S+)": r"`\1` 应 \2 \3",
    r"Invalid enum value (.*)": r"不能取值 \1",
    r"Invalid value (.*)": r"值 \1 不正确",
    r"Object missing required field (.*)": r"对象缺少键 \1",
    r"Invalid RFC3339 encoded (datetime|date|time)": r"不是 RFC 3339 格式的时间",
    r"JSON is malformed: object keys must be strings \(byte (\d+)\)": r"JSON 有误：对象的键须为字符串（第 \1 字节）",
    r"JSON is malformed: trailing characters \(byte (\d+)\)": r"JSON 有误：末尾有多余的字符（第 \1 字节）",
    r"JSON is malformed: trailing comma in \w+ \(byte (\d+)\)": r"JSON 有误：末尾有多余的逗号（第 \1 字节）",
    r"JSON is malformed: invalid character \(byte (\d+)\)": r"JSON 有误：不允许的字符（第 \1 字节）",
    r"JSON is malformed: invalid escape character in string \(byte (\d+)\)": r"JSON 有误：转义不正确（第 \1 字节）",
    r"JSON is malformed: invalid number \(byte (\d+)\)": r"JSON 有误：数字不正确（第 \1 字节）",
    r"JSON is malformed: expected (.*) \(byte (\d+)\)": r"JSON 有误：此处应为 \1（第 \2 字节）",
    r"JSON is malformed: .* \(byte (\d+)\)": r"JSON 有误（第 \1 字节）",
    r"Number out of range": r"数字超出范围",
    r"Invalid isoformat string: .*": r"格式不正确",
    r"month must be in 1\.\.12": r"月份须为 1 至 12",
    r"day is out of range for month": r"该月没有这一天",
    r"hour must be in 0\.\.23": r"小时须为 0 至 23",
    r"minute must be in 0\.\.59": r"分钟须为 0 至 59",
    r"second must be in 0\.\.59": r"秒须为 0 至 59",
    r"a time needs its offset, such as \+08:00 or Z": r"时间须带时区偏移，例如 +08:00 或 Z",
    r"a time must lie between 2000 and 2100": r"时间须在 2000 年至 2100 年之间",
    r"a limit is at most ten years, which is (\d+) (.*)": r"时限最长十年，即 \1 \2",
    _LIMIT: r"时限写作 \1 或 \2",
    rf"there is no (\d+ \w+); {_LIMIT}": r"没有 \1 这个日期；时限写作 \2 或 \3",
    _JOINT: _JOINT_ZH,
    rf"{_JOINT}; {_LIMIT}": rf"{_JOINT_ZH}；时限写作 \2 或 \3",
}


def translate(text: str) -> str:
    """The Chinese text, or the text itself if no pattern fits it."""
    for pattern, chinese in _PATTERNS.items():
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return found.expand(chinese)
    return text
