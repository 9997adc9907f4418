"""Texts about stages, acts and tiers."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "tier-empty": FaultText(
        "a tier needs at least one role",
        "该层级没有任何角色",
        "name the roles of this tier, write `acting: true`, or remove the tier",
        "请写出该层级的角色，或写 `acting: true`，或删去该层级",
    ),
    "tier-without-end": FaultText(
        "this tier has no time limit, so the alarm would stop here: the next tier is never notified",
        "该层级没有时限，提醒到此为止，不再通知下一层级",
        "write the time limit of this tier, or leave `within` out to use the missed clock's own limit again",
        "请写明本层级的时限，或删去 `within`：届时重新计算原时限",
    ),
    "again-below-top": FaultText(
        "only the top tier repeats its alarm; this tier is followed by another one",
        "只有最高层级会重复提醒；本层级之后是下一层级",
        "move `again` to the last tier",
        "请把 `again` 移到最后一个层级",
    ),
    "no-act": FaultText(
        "`{name}` is not an act that a stage can list",
        "本语言没有可列于阶段的操作 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "no-act-of-stage": FaultText(
        "`{name}` is not an act that a stage can list",
        "本语言没有可列于阶段的操作 `{name}`",
        "use one of: {known}; besides acts, a stage has only the keys `name`, `guidance` and `shelf`",
        "请改用：{known}；除操作外，阶段只有 `name`、`guidance`、`shelf` 三个键",
    ),
    "stage-closed-in": FaultText(
        "no act leads out of the stage `{name}`",
        "阶段 `{name}` 无法离开：没有操作通向其他阶段",
        "add `to: <stage>` to one of its acts; a stage without acts is an end",
        "请给其中一个操作加上 `to: <阶段>`；没有操作的阶段即为终点",
    ),
    "endless": FaultText(
        "the stage `{name}` cannot reach an end: {known} only lead to each other",
        "从阶段 `{name}` 无法到达终点：{known} 只相互通向",
        "let an act lead to a stage without acts, or end the case by close, refuse, transfer, withdraw or archive",
        "请让某个操作通向没有操作的阶段，或以 close、refuse、transfer、withdraw、archive 结束投诉",
    ),
    "stage-unreachable": FaultText(
        "no complaint can reach the stage `{name}`",
        "没有投诉能进入阶段 `{name}`",
        "let an act of a reachable stage lead there (`to: {name}`), or remove the stage",
        "请让可达阶段的某个操作通向它（`to: {name}`），或删去",
    ),
    "act-by-nobody": FaultText(
        "no one may perform this act",
        "没有人可以做此操作",
        "name the roles that may perform it under `by`",
        "请在 `by` 中写明谁可以做",
    ),
    "nobody-assigned": FaultText(
        "this concerns only assigned people, but no act assigns `{name}`",
        "此处只涉及被指派者，但没有任何操作指派 `{name}`",
        "add `assigns: {{role: field}}` to an act, or name a role instead",
        "请给某个操作加上 `assigns: {{角色: 字段}}`，或改写为某个角色",
    ),
    "never-before": FaultText(
        "`{name}` cannot happen before this act",
        "`{name}` 不可能发生在此操作之前",
        "let an earlier act cause `{name}`, or remove it from `after`",
        "请让更早的操作产生 `{name}`，或从 `after` 中删去",
    ),
    "refuse-without-grounds": FaultText(
        "a refusal needs grounds",
        "不予受理必须有理由",
        "name them under `intake.refusals`, or remove `refuse`",
        "请在 `intake.refusals` 中写出理由，或删去 `refuse`",
    ),
    "refuse-needs-ground": FaultText(
        "`refuse` needs the field `ground`",
        "不予受理必须填写 `ground`",
        "write `needs: ground`",
        "请写 `needs: ground`",
    ),
    "classify-needs-severity": FaultText(
        "`classify` needs the field `severity` and severity classes to choose from, or a category",
        "确定类别必须填写 `severity` 且须有可选等级，或填写一个分类",
        "write `needs: severity`, and `severity: {{classes: […]}}` in the policy; or a category in `needs`",
        "请写 `needs: severity`，并在制度中写 `severity: {{classes: […]}}`；或在 `needs` 中写一个分类",
    ),
    "classify-takes-sign": FaultText(
        "some classes need a sign, but this act cannot give one",
        "有的等级必须写明特征，但此操作无法填写",
        "write `takes: sign`, or remove `needs_sign`",
        "请写 `takes: sign`，或删去 `needs_sign`",
    ),
}
