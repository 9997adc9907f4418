"""Why a limit cannot be read, in English and Chinese: the messages of `parse_limit` without the list of forms."""

from __future__ import annotations

import re

from chalicelib.policy.worktime.limit import MONTHS

_LIST_OF_FORMS = re.compile(r"(; |^)a limit is written .*")


def both(message: str) -> tuple[str, str]:
    """The reason in English and in Chinese."""
    english = _LIST_OF_FORMS.sub("", message)
    if not english:
        return "it has none of the forms of a limit", "写法不属于任何一种时限"
    for pattern, chinese in _IN_CHINESE.items():
        if found := re.fullmatch(pattern, english):
            values = [str(MONTHS.index(one) + 1) if one in MONTHS else one for one in found.groups()]
            return english, chinese.format(*values)
    return english, "写法有误"


_IN_CHINESE = {
    r"there is no (\S+) (\S+)": "没有 {1} 月 {0} 日",
    r"a limit is at most ten years, which is (\d+) (.+)": "时限最长十年，即 {0} {1}",
    r'"later of" and "earlier of" join two to (\d+) limits .*': (
        "later of 与 earlier of 以逗号加空格连接两至 {0} 个时限，其中不能有 none、later of 或 earlier of"
    ),
}
