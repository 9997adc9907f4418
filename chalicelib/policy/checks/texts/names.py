"""Texts about names: of roles, fields, facts, values and wordings."""

from chalicelib.policy.checks.texts.row import FaultText

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
    "no-class": _no("severity class", "等级"),
    "no-clock": _no("clock", "时限"),
    "no-task": _no("task", "任务"),
    "no-wording": _no("wording", "文案"),
    "no-public-time": FaultText(
        "`{name}` is no public time",
        "`{name}` 不是公开的时间",
        "name a fact or field of `kind: time` without `holder`; there is: {known}",
        "请写一个 `kind: time` 且无 `holder` 的事实或字段；现有：{known}",
    ),
    "no-condition": FaultText(
        "a condition cannot ask for `{name}`",
        "条件中不能使用 `{name}`",
        "ask for one of: {known}",
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
        "conditions ask for `{name}` of every complaint already",
        "条件已用 `{name}` 指每件投诉的固有属性",
        "choose another name",
        "请换一个名称",
    ),
    "never-sees": FaultText(
        "the respondent never sees who complains",
        "被投诉方不得获知投诉人身份",
        "take `respondent` out",
        "请删去 `respondent`",
    ),
    "subject-identity": FaultText(
        "`{name}` says who complains, so it cannot be the subject",
        "`{name}` 表明投诉人身份，不能作为投诉对象",
        "take `{name}` out of `subject`; a customer is found by `phone` and `email`",
        "请从 `subject` 中删去 `{name}`；查找客户请用 `phone` 和 `email`",
    ),
    "role-unused": FaultText(
        "the role `{name}` is never given anything to do",
        "角色 `{name}` 从未获得任何权限或任务",
        "name it in an act, a tier, `tells`, `assigns`, `approval`, routing, a task or `confidentiality`, or drop it",
        "请在操作的 `by`、层级、`tells`、`assigns`、`approval`、分派、保密或任务中使用它，或删去",
    ),
    "no-channels": FaultText(
        "a procedure needs at least one channel",
        "至少需要一个渠道",
        "name the channels: `channels: [phone, email]`",
        "请写出渠道：`channels: [phone, email]`",
    ),
    "no-choices": FaultText(
        "a choice needs its choices",
        "选择项没有可选的值",
        "list them under `choices`",
        "请在 `choices` 下列出可选值",
    ),
    "no-length": FaultText(
        "nothing can be given: at most {most}",
        "无法填写：上限为 {most}",
        "let `most` be 1 or more",
        "`most` 至少为 1",
    ),
    "cannot-give": FaultText(
        "`{name}` is required by {channel}, and no choice can be taken there",
        "渠道 {channel} 要求填写 `{name}`，却没有可选的值",
        "let a choice hold for {channel}, or do not require `{name}` there",
        "请让某个选项适用于 {channel}，或不在该渠道要求 `{name}`",
    ),
    "no-file-type": FaultText(
        "files of type `{name}` are never taken",
        "不接受 `{name}` 类型的文件",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "no-file-size": FaultText(
        "a file has 1 to {most} megabytes",
        "文件大小应为 1 至 {most} 兆字节",
        "name a whole number of megabytes, or take the line out",
        "请写整数兆字节，或删去此行",
    ),
    "no-classes": FaultText(
        "there are no classes to choose from",
        "没有可选的等级",
        "list them from the lowest to the highest, or take `severity` out",
        "请由低到高列出等级，或删去 `severity`",
    ),
    "class-order": FaultText(
        "the order of the classes does not name each of them once",
        "等级的顺序没有把每个等级各列一次",
        "name from the lowest to the highest: {known}; or take `order` out, and the order of writing counts",
        "请由低到高列出：{known}；或删去 `order`，以书写顺序为准",
    ),
    "cannot-be-private": FaultText(
        "the procedure goes by `{name}`, so it cannot be private",
        "流程依赖 `{name}`，因此不能设为私密",
        "take `holder` out",
        "请删去 `holder`",
    ),
    "no-placeholder": FaultText(
        "there is no placeholder {name}",
        "没有占位符 {name}",
        "use one of: {known}",
        "请改用：{known}",
    ),
}
