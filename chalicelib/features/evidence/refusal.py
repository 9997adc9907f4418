"""The reasons for refusing a file: one row for each, with what people read."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.kit.problem import InBoth

REASONS: dict[str, InBoth] = {
    "size": InBoth("its size is not the declared one", "大小与申报的不同"),
    "sha256": InBoth("its content changed on the way", "内容与申报的不同，可能在传输中损坏"),
    "type": InBoth("files of this format are not accepted", "不接受这种格式"),
    "broken": InBoth("it is damaged and cannot be read", "文件已损坏，无法读取"),
    "bomb": InBoth("it becomes too large when it is unpacked", "解压后过大"),
    "polyglot": InBoth("it also contains a file of another format", "文件中含有另一种格式的内容"),
    "active-content": InBoth("it contains macros, scripts or programs", "文件中含有宏、脚本或程序"),
    "link": InBoth(
        "a link in it leads elsewhere than to the web, a mail address or a place in it, such as to a shared folder: "
        "remove the link and send it again",
        "文件中有链接指向网页、邮件地址和文件自身以外的位置（如共享文件夹），请删除该链接后再上传",
    ),
    "field": InBoth(
        "it has a field of Word that is not accepted, since it may load a file or start a program: send it as a PDF",
        "Word 文件中有不接受的域（可能读取其他文件或启动程序），请另存为 PDF 后再上传",
    ),
    "formula": InBoth(
        "a formula in it calls a function that is not accepted, or names another file or program: replace it by its "
        "value, or send the table as a PDF",
        "表格中有不接受的公式（使用了不接受的函数，或引用了其他文件、程序），请把公式改为数值，或另存为 PDF 后再上传",
    ),
    "action": InBoth(
        "the PDF does something when it is opened or clicked that is not accepted: print it to a new PDF and send that",
        "PDF 中有打开或点击时执行的操作，不予接收，请重新打印为 PDF 后再上传",
    ),
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
