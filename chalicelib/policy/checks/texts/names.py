"""Texts about names: of roles, fields, facts, values and wordings."""

from chalicelib.policy.checks.texts.fault_text import FaultText

_OTHER = ("use one of: {known}; or define `{name}`", "请改用：{known}；或先定义 `{name}`")


def _no(en: str, zh: str) -> FaultText:
    return FaultText(f"there is no {en} `{{name}}`", f"没有{zh} `{{name}}`", *_OTHER)


TEXTS = {
    "no-role": _no("role", "角色"),
    "no-stage": _no("stage", "阶段"),
    "no-channel": _no("channel", "渠道"),
    "no-field": _no("field", "字段"),
    "no-field-of-act": FaultText(
        "this act has no field `{name}`",
        "此操作没有字段 `{name}`",
        "add `{name}` to the act's `needs` or `takes`, or use one of: {known}",
        "请把 `{name}` 加入该操作的 `needs` 或 `takes`，或改用：{known}",
    ),
    "no-event": FaultText(
        "the language has no event `{name}`",
        "本语言没有事件 `{name}`",
        "use one of the language's events, such as: {known}",
        "请改用本语言的事件，例如：{known}",
    ),
    "act-for-event": FaultText(
        "the language has no event `{name}`; the act `{name}` causes the event `{event}`",
        "本语言没有事件 `{name}`；操作 `{name}` 产生的事件是 `{event}`",
        "write `{event}`",
        "请写 `{event}`",
    ),
    "no-class": _no("severity class", "等级"),
    "no-clock": _no("clock", "时限"),
    "no-task": _no("task", "任务"),
    "no-wording": FaultText(
        "there is no wording `{name}`",
        "没有文案 `{name}`",
        "define it: `wording: {{{name}: {{en: …}}}}`; without `wording` the built-in text is sent",
        "请先定义：`wording: {{{name}: {{zh: …}}}}`；不写 `wording` 则发送内置文案",
    ),
    "no-public-time": FaultText(
        "`{name}` is not a public time",
        "`{name}` 不是公开的时间",
        "use a fact or field of `kind: time` without `holder`; available: {known}",
        "请写一个 `kind: time` 且无 `holder` 的登记事项或字段；现有：{known}",
    ),
    "no-condition": FaultText(
        "a condition cannot use `{name}`",
        "条件中不能使用 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "no-value": FaultText(
        "`{of}` can never be `{name}`",
        "`{of}` 不可能是 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "reserved": FaultText(
        "the name `{name}` is reserved by the language",
        "名称 `{name}` 由本语言保留",
        "choose another name",
        "请换一个名称",
    ),
    "shadows": FaultText(
        "`{name}` already has a meaning in conditions",
        "条件已用 `{name}` 指每件投诉的固有属性",
        "choose another name",
        "请换一个名称",
    ),
    "never-sees": FaultText(
        "the respondent must never see the complainant's identity",
        "被投诉方不得获知投诉人身份",
        "remove `respondent`",
        "请删去 `respondent`",
    ),
    "role-unused": FaultText(
        "the policy gives the role `{name}` no permission, task or notification",
        "制度没有给角色 `{name}` 任何权限、任务或通知",
        "use it in an act, a tier, `tells`, `assigns`, `approval`, routing, a task or `confidentiality`, or remove it",
        "请在操作的 `by`、层级、`tells`、`assigns`、`approval`、分派、保密或任务中使用它，或删去",
    ),
}
