"""Texts about the options of acts, and about the people and stages that acts lead to."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "party-restricted": FaultText(
        "`not` and `same` select people of a role; `{name}` is not a role",
        "`not` 与 `same` 只用于角色，而 `{name}` 不是角色",
        "remove `not` and `same` here",
        "请在此处删去 `not` 与 `same`",
    ),
    "nobody-causes": FaultText(
        "no person causes `{name}`, so nobody is selected by it",
        "`{name}` 不由任何人产生，无法据以选人",
        "use the event of an act: {known}",
        "请改用某项操作的事件：{known}",
    ),
    "not-and-same": FaultText(
        "`{name}` excludes the same person that it selects",
        "`{name}` 既选定又排除同一人",
        "keep `{name}` under `not` or under `same`",
        "请只在 `not` 或 `same` 之一中保留 `{name}`",
    ),
    "no-targets": FaultText(
        "the list of targets is empty",
        "目标列表为空",
        "write a stage, or a list of `{{when, stage}}`",
        "请写一个阶段，或 `{{when, stage}}` 的列表",
    ),
    "two-targets": FaultText(
        "{count} case(s), such as {case}, have two targets: this one and an earlier one",
        "有 {count} 种情形出现两个目标，例如 {case}：本条与前面的一条",
        "restrict the `when` of one of the two",
        "请收窄其中一条的 `when`",
    ),
    "no-target-for-case": FaultText(
        "there is no target for {count} case(s), such as {case}",
        "有 {count} 种情形没有目标，例如 {case}",
        "add a target for it; a target may be the present stage",
        "请为其补上目标；目标可以是当前阶段",
    ),
    "all-of-one": FaultText(
        "`all` requires several roles, each of them once; this act has one, or names one twice",
        "`all` 需要多个角色，每个角色只写一次；而此操作只有一个角色，或重复写了同一角色",
        "name every role once in `by`, or remove `all`",
        "请在 `by` 中写出各个角色，每个一次，或删去 `all`",
    ),
    "no-effect": FaultText(
        "`{name}` has no effect on `{of}`",
        "`{name}` 对 `{of}` 不起作用",
        "remove `{name}`, or use one of these acts: {known}",
        "请删去 `{name}`，或改用以下操作：{known}",
    ),
    "undoes-nothing": FaultText(
        "no act has `{name}` in `after`, so nothing waits for it to happen again",
        "没有操作的 `after` 要求 `{name}`，撤销它不起作用",
        "remove it from `undoes`, or use one of these events: {known}",
        "请从 `undoes` 中删去，或改用以下事件：{known}",
    ),
    "most-of-nothing": FaultText(
        "this act states no time that `most` could limit",
        "此操作没有载明 `most` 可以限制的时间",
        "let `extend` need `clock` and `until`, let `promise` need a field that a clock has in `stated`, or remove it",
        "请让 `extend` 填写 `clock` 与 `until`，或让 `promise` 填写某时限 `stated` 的字段；或删去 `most`",
    ),
    "extend-needs-both": FaultText(
        "an extension has fields for both the clock and its new due time",
        "延期须同时有时限与新的到期时间两个字段",
        "let it need or take both `clock` and `until`",
        "请在 `needs` 或 `takes` 中同时写 `clock` 与 `until`",
    ),
    "extends-nothing": FaultText(
        "this `extend` extends nothing",
        "此 `extend` 没有延长任何期限",
        "let it need `clock` and `until`, or let it set a value such as `in_time`",
        "请在 `needs` 中写 `clock` 与 `until`，或用 `sets` 设置 `in_time` 等值",
    ),
    "redefined": FaultText(
        "`{of}` cannot use the policy's own field `{name}` of the kind `{known}`",
        "`{of}` 不能使用类型为 `{known}` 的自定义字段 `{name}`",
        "give the field another name; for `until`, the kinds `time` and `date` are possible",
        "请为该字段另取名称；`until` 可为 `time` 或 `date` 类型",
    ),
    "never-late": FaultText(
        "`{of}` changes no running clock here, so it is never late",
        "`{of}` 在此不改变任何运行中的时限，不存在逾期",
        "remove `late`, or let the act change a clock",
        "请删去 `late`，或让此操作改变某个时限",
    ),
    "names-no-people": FaultText(
        "the field `{name}` names no people",
        "字段 `{name}` 不是人员",
        "use a field without `kind` and `choices`",
        "请改用没有 `kind` 和 `choices` 的字段",
    ),
    "flag-without-values": FaultText(
        "conditions cannot ask for a flag from `{name}`, whose values are not listed",
        "字段 `{name}` 没有列出取值，条件无法据此判断",
        "use a choice, a flag or a number with `bands`, or write the value itself: `sets: {{urgent: yes}}`",
        "请改用选项、是否或带 `bands` 的数字，或直接写值：`sets: {{urgent: yes}}`",
    ),
    "approved-by-proposer": FaultText(
        "no person can approve their own proposal",
        "任何人不得批准自己提出的事项",
        "remove `same: proposed`; with `not: [proposed]` another person approves",
        "请删去 `same: proposed`；写 `not: [proposed]` 表示由其他人批准",
    ),
    "no-party": FaultText(
        "evidence cannot be demanded from `{name}`, which is no party to a complaint",
        "`{name}` 不是投诉的当事人，不能要求其举证",
        "use only these choices for `of`: {known}; ask others by another act, such as `note`",
        "`of` 的选项只能是：{known}；向其他人取证请用其他操作，例如 `note`",
    ),
    "respondent-unreachable": FaultText(
        "the respondent cannot be reached: complaints have no unit, and no fact names the respondent",
        "无法联系被投诉方：投诉不涉及单位，也没有指明被投诉方的登记事项",
        "if the complainant is meant, let the act need the field `of`, and define it: "
        "`of: {{en: Of whom, kind: choice, choices: [complainant]}}`; otherwise write `unit: optional` in `intake`, "
        "or add a fact such as `respondent.address`",
        "如要投诉人举证，请让此操作填写字段 `of`，并定义 `of: {{zh: 举证人, kind: choice, choices: [complainant]}}`；"
        "否则请在 `intake` 中写 `unit: optional`，或加入 `respondent.address` 等登记事项",
    ),
    "never-holds": FaultText(
        "no case has one of these values for `{name}`",
        "没有任何案件的 `{name}` 会是这些值",
        "use one of: {known}; or remove the condition",
        "请改用：{known}；或删去该条件",
    ),
    "act-not-offered": FaultText(
        "no stage offers the act `{name}`",
        "没有阶段提供操作 `{name}`",
        "list the act in a stage, or use another one",
        "请在某个阶段中列出该操作，或改用其他操作",
    ),
    "act-lacks-field": FaultText(
        "time cannot perform `{name}`: it needs {known}",
        "到期时无法执行 `{name}`：缺少 {known}",
        "give the fields under `fields`, or do not need them",
        "请在 `fields` 中写出这些字段，或不要求填写",
    ),
    "act-never-due": FaultText(
        "`{name}` is never possible when this clock is due, by stage: {case}",
        "该时限到期时 `{name}` 始终无法执行，各阶段的原因：{case}",
        "change what is in brackets, a condition or a field, or use another act; `stage`: the clock has ended or is "
        "paused there; at its due time the clock itself is `running`",
        "请修改括号内的条件或字段，或改用其他操作；`stage` 表示时限在该阶段已终止或暂停；到期时该时限本身为 `running`",
    ),
    "constant": FaultText(
        "this is not a constant for `{name}`",
        "此处不是 `{name}` 的正确常量",
        "write {expected}",
        "请写{expected_zh}",
    ),
    "stage-depends-on-omitted": FaultText(
        "no person can act in the stage `{name}` in a case that a filing may bring: {case}",
        "阶段 `{name}` 中有无人可以操作的情形，而提交时可能出现：{case}",
        "let filings require what is missing, or add an act for this case",
        "请要求提交时填写所缺内容，或为该情形加入操作",
    ),
    "stage-depends-on-assignment": FaultText(
        "no person can act in the stage `{name}` while none is assigned",
        "尚未指派人员时，阶段 `{name}` 中无人可以操作",
        "let an earlier act need the field under `assigns`, or add an act that does not depend on an assignment",
        "请让更早的操作必填 `assigns` 中的字段，或加入不依赖指派的操作",
    ),
    "stands-still": FaultText(
        "a case can stand still in the stage `{name}` for good after {way} ({case}): "
        "neither the organisation nor time can end it",
        "案件经过 {way} 之后可能在阶段 `{name}` 永远停滞（{case}）：机构与时间都无法使其终结",
        "let a clock act here (`missed: {{act: close}}`), or let a role of the organisation lead it on",
        "请让时限在此执行操作（`missed: {{act: close}}`），或让机构的某个角色推进",
    ),
}
