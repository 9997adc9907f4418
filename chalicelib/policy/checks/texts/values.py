"""Texts about values: bands, required facts and categories, receipt and limitation."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "bands-without-number": FaultText(
        "only a number can have bands",
        "只有数字可以分段",
        "write `kind: number`, or remove `bands`",
        "请写 `kind: number`，或删去 `bands`",
    ),
    "least-without-number": FaultText(
        "only a number can have `least`",
        "只有数字可以有 `least`",
        "write `kind: number`, or remove `least`",
        "请写 `kind: number`，或删去 `least`",
    ),
    "time-gives-elsewhere": FaultText(
        "time alone gives `{name}`, so only acts of a stage can take it, and none can need it",
        "`{name}` 只由时间给出，因此只能是阶段中操作的选填字段（`takes`）",
        "list it in the `takes` of an act, or remove `given_by`",
        "请列入操作的 `takes`，或删去 `given_by`",
    ),
    "time-never-gives": FaultText(
        "no clock gives `{name}`, so it never has a value",
        "没有时钟给出 `{name}`，它永远没有值",
        "give it in a clock's `missed: {{act, fields}}`, or remove `given_by`",
        "请在时钟的 `missed: {{act, fields}}` 中给出，或删去 `given_by`",
    ),
    "band-hides-others": FaultText(
        "the band `{name}` has no `most`, so the bands after it never apply",
        "分段 `{name}` 没有 `most`，其后的分段永不适用",
        "write its `most`, or move it to the end",
        "请写出其 `most`，或移到最后",
    ),
    "bands-not-ascending": FaultText(
        "`most: {most}` does not lie above `most: {below}` of the band before it",
        "`most: {most}` 不大于前一分段的 `most: {below}`",
        "list the bands from the smallest to the largest",
        "请由小到大列出分段",
    ),
    "bands-without-end": FaultText(
        "larger numbers are in no band: the last one, `{name}`, has a `most`",
        "更大的数不属于任何分段：最后的分段 `{name}` 有 `most`",
        "remove the `most` of the last band, or add a band without `most`",
        "请删去最后一段的 `most`，或加一个没有 `most` 的分段",
    ),
    "band-twice": FaultText(
        "two bands are named `{name}`",
        "有两个分段名为 `{name}`",
        "give each band its own name",
        "请为每个分段取不同的名称",
    ),
    "field-required-always": FaultText(
        "the condition is empty, so the field `{name}` is always required",
        "条件为空，等于字段 `{name}` 始终必填",
        "list the field in the act's `needs`, or write a condition",
        "请把该字段列入操作的 `needs`，或写出条件",
    ),
    "people-outside-acts": FaultText(
        "`{name}` names people, which only acts of a stage can do",
        "`{name}` 指定人员，只有阶段中的操作可以这样做",
        "use another kind here, or move the field to an act",
        "请在此改用其他类型，或把该字段移到操作中",
    ),
    "role-without-people": FaultText(
        "`role` is for fields of kind `people`; `{name}` is of another kind",
        "`role` 只用于 `people` 类型的字段，而 `{name}` 是其他类型",
        "remove `role`, or write `kind: people`",
        "请删去 `role`，或写 `kind: people`",
    ),
    "required-always": FaultText(
        "the condition is empty, so the fact is always required",
        "条件为空，等于始终必填",
        "write `required: true`, or a condition",
        "请写 `required: true`，或写出条件",
    ),
    "not-yet-known": FaultText(
        "`{name}` is not known when a complaint is filed",
        "提交投诉时还不知道 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "no-category": FaultText(
        "there is no category `{name}`",
        "没有分类 `{name}`",
        "use one of: {known}; or define `{name}` in `categories`",
        "请改用：{known}；或先在 `categories` 中定义 `{name}`",
    ),
    "category-without-choices": FaultText(
        "the required category `{name}` has nothing to choose",
        "必选的分类 `{name}` 没有可选项",
        "list its choices, or do not require it",
        "请列出其选项，或不要求填写",
    ),
    "received-any-time": FaultText(
        "with `none`, complaints could have arrived at any time in the past",
        "写 `none` 时，收到时间可以早至任何时候",
        "write a limit, such as 10 working days",
        "请写期限，例如 10 working days",
    ),
    "limitation-may-be-missing": FaultText(
        "none of these facts is given with every filing, so `in_time` can have no value",
        "并非每件投诉都填写这些登记事项，`in_time` 可能没有值",
        "write `required: true` for `{name}`",
        "请为 `{name}` 写 `required: true`",
    ),
    "limitation-from-nothing": FaultText(
        "the limitation starts at no time",
        "时效没有起算时间",
        "name at least one fact of kind `time` or `date` under `latest`",
        "请在 `latest` 中写出至少一个 `time` 或 `date` 类型的登记事项",
    ),
}
