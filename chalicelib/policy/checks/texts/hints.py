"""Texts of hints."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "elapsed-days": FaultText(
        "`{name}` is elapsed time: it ends at the time of day at which it began, on working days or not",
        "`{name}` 按实际经过的时间计算：在起算的同一时刻届满，不论是否为工作日",
        'write "calendar days", "calendar weeks" or "calendar months" if whole days are meant, as in most laws',
        "如指整日（多数法律如此），请写 calendar days、calendar weeks 或 calendar months",
    ),
    "survives-nothing": FaultText(
        "`{name}` ends no clock by itself, so `survives` has no effect for it",
        "`{name}` 本来就不会终止时限，`survives` 对它不起作用",
        "remove it; `survives` is for {known}",
        "请删去；`survives` 只用于 {known}",
    ),
    "warns-at-once": FaultText(
        "the warning `{name}` does not lie after the start of the limit `{limit}`",
        "预警 `{name}` 不晚于期限 `{limit}` 的起算时刻",
        "write a shorter time, or a percentage such as 80 %",
        "请写更短的时间，或百分比，例如 80 %",
    ),
    "done-by-hand": FaultText(
        "if a person does `{name}` before time, this clock goes on, and is missed when `{name}` is no longer possible",
        "如有人提前执行 `{name}`，此时限仍继续计时，到期时 `{name}` 已不能执行，便记为超时",
        "add `{event}` to `until`",
        "请在 `until` 中加上 `{event}`",
    ),
    "no-effect-on-kind": FaultText(
        "`{name}` has no effect on a value of `kind: {of}`",
        "`{name}` 对 `kind: {of}` 的值不起作用",
        "remove `{name}`; where only some values are allowed, write a `choice`",
        "请删去 `{name}`；如只允许某些值，请写成 `choice`",
    ),
    "keeps-metadata": FaultText(
        "the respondent gets no files of these types: {names}; they can say who made them, and this cannot be removed",
        "被投诉方得不到以下类型的文件：{names}；其中可能含有制作者的信息，且无法清除",
        "set `types` to some of: {known}",
        "请用 `types` 限定为：{known}",
    ),
    "no-respondent": FaultText(
        "`respondent` reaches no person, because complaints have no unit",
        "投诉没有涉及的单位，`respondent` 不指任何人",
        "write `unit: optional` or `unit: required` in `intake`; the respondent is the person with the role "
        "`respondent` for the complaint's unit",
        "请在 `intake` 中写 `unit: optional` 或 `unit: required`；被投诉方是在该单位具有 `respondent` 角色的人员",
    ),
    "recuses-party": FaultText(
        "`recuse` without `person` excludes the person who does it, which has no effect for the {name}",
        "没有 `person` 的 `recuse` 只排除操作人本人，对 `{name}` 不起作用",
        "let the act need `person`, or let a role of the organisation do it",
        "请让此操作填写 `person`，或改由机构的角色操作",
    ),
}
