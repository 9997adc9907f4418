"""Texts about printed forms."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "prints-nothing": FaultText(
        "nothing would be printed here",
        "此处没有可打印的内容",
        "add a line, such as `- number`, or remove this part",
        "请至少写一行，例如 `- number`，或删去此部分",
    ),
    "printed-by-nobody": FaultText(
        "no one may print this form",
        "没有人可以打印此表单",
        "name the roles, or remove `by`: then every member who may see the complaint can print it",
        "请写出角色，或删去 `by`：可查看投诉的成员均可打印",
    ),
    "cannot-be-printed": FaultText(
        "a case has no `{name}` that a form could show",
        "案件中没有可打印的 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "printed-twice": FaultText(
        "the form shows `{name}` twice",
        "表单重复打印 `{name}`",
        "remove one of the lines, or distinguish them by `on`",
        "请删去其中一行，或用 `on` 区分",
    ),
    "line-without-effect": FaultText(
        "this has no effect on `{name}`",
        "这对 `{name}` 不起作用",
        "remove it: `on` is for facts, fields and `events`, `all` for facts, fields, `clock.…` and `event.…`",
        "请删去：`on` 用于登记事项、字段和 `events`，`all` 用于登记事项、字段、`clock.…` 和 `event.…`",
    ),
    "never-given": FaultText(
        "none of these events gives `{name}`, so the line would always be empty",
        "这些事件都不会给出 `{name}`，此行将永远空白",
        "use one of: {known}; or let an act of such an event ask for `{name}`",
        "请改用：{known}；或让相应操作填写 `{name}`",
    ),
}
