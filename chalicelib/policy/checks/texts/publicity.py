"""Texts about publicity and supervision."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "never-published": FaultText(
        "nothing leads to publication here",
        "此处永远不会公示",
        "name an event, such as `closed`, or a time limit other than `none`",
        "请写出事件，例如 `closed`，或 `none` 以外的期限",
    ),
    "shows-nothing": FaultText(
        "this publishes nothing",
        "此处没有公示任何内容",
        "list at least one name under `shows`, or remove this part",
        "请在 `shows` 中至少列出一项，或删去此部分",
    ),
    "never-public": FaultText(
        "`{name}` is private, so it is never published",
        "`{name}` 是非公开内容，不得公示",
        "show a public choice, a date, or a text that staff write in an act",
        "请改为公示公开的选项、日期，或工作人员在操作中填写的文字",
    ),
    "cannot-be-shown": FaultText(
        "there is no `{name}` that could be published",
        "没有可公示的 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "consent-to-nothing": FaultText(
        "no notice shows `{name}`, so its consent has no effect",
        "公示不包括 `{name}`，其同意不起作用",
        "add `{name}` to `publicity.notices.shows`, or remove `consent`",
        "请把 `{name}` 加入 `publicity.notices.shows`，或删去 `consent`",
    ),
    "report-never-due": FaultText(
        "with `none` a report can be left alone for good",
        "期限为 none 时，举报可能一直无人处理",
        "write, for example, `10 working days`, or remove it",
        "请写例如 `10 working days`，或删去此项",
    ),
    "reminded-of-nothing": FaultText(
        "there is no limit of which supervisors could be reminded",
        "没有可供提醒的处理期限",
        "add `within` to `supervision`, or remove `remind`",
        "请在 `supervision` 中加入 `within`，或删去 `remind`",
    ),
    "reminded-too-late": FaultText(
        "the reminder does not come before the limit of `{name}`",
        "提醒不早于期限 `{name}`",
        "write a shorter limit under `remind`",
        "请在 `remind` 中写更短的期限",
    ),
    "supervised-by-nobody": FaultText(
        "no role supervises the office",
        "没有监督投诉部门的角色",
        "name the roles of people outside the office under `by`",
        "请在 `by` 中写出投诉部门以外人员的角色",
    ),
}
