"""The reasons for refusing a file: one row for each, with what people read."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.problem import InBoth

REASONS: dict[str, InBoth] = {
    "size": InBoth("its size is not the declared one", "大小与申报的不同"),
    "sha256": InBoth("its content changed on the way", "内容与申报的不同，可能在传输中损坏"),
    "type": InBoth("files of this format are not accepted", "不接受这种格式"),
    "broken": InBoth("it is damaged and cannot be read", "文件已损坏，无法读取"),
    "bomb": InBoth("it becomes too large when it is unpacked", "解压后过大"),
    "polyglot": InBoth("it also contains a file of another format", "文件中含有另一种格式的内容"),
    "active-content": InBoth("it contains macros, scripts or programs", "文件中含有宏、脚本或程序"),
    "encrypted": InBoth("it has a password: send it without one", "文件有密码，请去掉密码后再上传"),
    "malware": InBoth("malware was found in it", "发现恶意软件"),
    "not-scannable": InBoth("its content cannot be checked", "无法检查其内容"),
    "no-verdict": InBoth("the check did not end in time: send it again", "检查未能按时完成，请再上传一次"),
    "gone": InBoth("it is gone: send it again", "文件已不存在，请再上传一次"),
}
"""By code. `type`: not as declared, or never allowed; `gone`: the object no longer exists."""
_UNKNOWN = InBoth("it did not pass the check", "未通过检查")
Reason = Annotated[str, msgspec.Meta(examples=[*REASONS])]
"""A code of `REASONS`. One that is not there is of a later version, and stays readable."""


def text_of(reason: str) -> InBoth:
    """Why the file is refused, for people. Neutral if this version does not know the reason."""
    return REASONS.get(reason, _UNKNOWN)


class Refusal(Exception):
    """The file is refused. `reason` is public in the record, so it is a code and never free text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
