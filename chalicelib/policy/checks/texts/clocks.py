"""Texts about limits and clocks."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "no-limit": FaultText(
        "`{name}` is not a valid limit: {reason}",
        "`{name}` 不是正确的时限：{reason_zh}",
        'write "24 hours", "4 working hours", "5 working days", "30 calendar days", "8 calendar weeks", '
        '"1 calendar month", "2 calendar years", "same working day", "same day", "until 31 January", '
        '"later of 24 hours, 1 working day" or "none"; at most ten years. '
        "Inside braces, put a limit with a comma in quotes, or write `{{later of: [24 hours, 1 working day]}}`",
        "请写 24 hours、4 working hours、5 working days、30 calendar days、8 calendar weeks、1 calendar month、"
        "2 calendar years、same working day、same day、"
        '"until 31 January"、"later of 24 hours, 1 working day" 或 none，最长十年。花括号内含逗号的时限须加引号，'
        "或写 `{{later of: [24 hours, 1 working day]}}`",
    ),
    "repeats-too-often": FaultText(
        "`{name}` is too short for a repeating interval",
        "`{name}` 作为重复间隔过短",
        "write at least 1 hour; where clocks start one another, for all of them together",
        "请至少写 1 hour；若多个时限互相启动，则合计至少 1 hour",
    ),
    "never-again": FaultText(
        "with the interval `none` this would never repeat",
        "间隔为 none 时不会再次发生",
        "write the time between repetitions, such as 1 working day, or leave it out",
        "请写间隔时间，例如 1 working day，或删去此项",
    ),
    "starts-again-at-once": FaultText(
        "what happens when this clock is due starts it again: after the stated time this never ends",
        "该时限到期后产生的事件又会启动该时限；若载明的时间已过，将循环不止",
        "write `within`, at least 1 hour, or `missed: record`, or let it start from another event",
        "请改写 `within`（至少 1 hour），或写 `missed: record`，或改由其他事件启动",
    ),
    "too-much-at-once": FaultText(
        "`{name}` can cause {count} events at once; at most {most} can be recorded together",
        "`{name}` 一次最多会产生 {count} 个事件，而一次最多记录 {most} 个",
        "open fewer tasks on the same event, or list several recipients in one entry of `tells`",
        "请减少由同一事件产生的任务，或在 `tells` 的一项中写多个对象",
    ),
    "no-warning": FaultText(
        "`{name}` is not a valid warning: {reason}",
        "`{name}` 不是正确的预警",
        'write "1 hour before", "2 working days before" or "80 %"',
        "请写 1 hour before、2 working days before 或 80 %",
    ),
    "never-starts": FaultText(
        "no event starts this clock",
        "没有事件启动该时限",
        "name the event that starts it under `from`",
        "请在 `from` 中写明启动它的事件",
    ),
    "never-stops": FaultText(
        "no event stops this clock",
        "没有事件终止该时限",
        "name the event that stops it under `until`",
        "请在 `until` 中写明终止它的事件",
    ),
    "cannot-happen": FaultText(
        "no act of this policy causes `{name}`",
        "本制度没有操作会产生 `{name}`",
        "add the act to a stage, or use an event that can happen: {known}",
        "请在阶段中加入相应操作，或改用会发生的事件：{known}",
    ),
    "event-without-field": FaultText(
        "the event `{of}` never has the field `{name}`",
        "事件 `{of}` 没有字段 `{name}`",
        "let the act of `{of}` need or take `{name}`, or ask for one of: {known}",
        "请让产生 `{of}` 的操作填写 `{name}`，或改用：{known}",
    ),
    "no-field-of-event": FaultText(
        "the event `{of}` never has the field `{name}`",
        "事件 `{of}` 没有字段 `{name}`",
        "leave the field out, or ask for one of: {known}",
        "请删去该字段，或改用：{known}",
    ),
    "act-states-no-time": FaultText(
        "`{of}` opens the task `{task}`, whose due time is `{name}`, but does not give it: it would always be refused",
        "`{of}` 会开启任务 `{task}`，其到期时间由 `{name}` 确定，但该操作不填写 `{name}`，因此始终无法执行",
        "list `{name}` in `needs`, or open the task by another event",
        "请把 `{name}` 列入 `needs`，或改由其他事件开启该任务",
    ),
    "never-stated": FaultText(
        "no event that starts this gives `{name}`",
        "起算的事件都不填写 `{name}`",
        "list `{name}` in the `needs` of an act that starts it, or write `within`",
        "请把 `{name}` 列入起算操作的 `needs`，或改写 `within`",
    ),
    "silent-event": FaultText(
        "`{name}` cannot start or stop anything",
        "`{name}` 不能启动或终止任何时限",
        "use an event of the case; if a missed clock escalates, the event is `escalated`",
        "请写案件上发生的事件；超期升级的事件是 `escalated`",
    ),
    "limit-or-stated": FaultText(
        "a clock needs either `within` or `stated`; this one has {count} of the two",
        "时限要么有期限，要么由事件载明时间，二者择一",
        "keep exactly one of `within` and `stated`",
        "请写 `within` 或 `stated` 之一",
    ),
    "no-tiers": FaultText(
        "`{name}` escalates, but the policy has no tiers",
        "`{name}` 会升级，但制度没有层级",
        "write `tiers`, or `missed: record`",
        "请写 `tiers`，或写 `missed: record`",
    ),
    "no-limit-for-case": FaultText(
        "there is no limit for {count} case(s), such as {case}",
        "有 {count} 种情形没有期限，例如 {case}",
        "add a limit for it; write `limit: none` if there is no time limit",
        "请补上期限；不设期限时写 `limit: none`",
    ),
    "two-limits": FaultText(
        "{count} case(s), such as {case}, have two limits: this one and an earlier one",
        "有 {count} 种情形出现两个期限，例如 {case}：本条与前面的一条",
        "restrict the `when` of one of the two",
        "请收窄其中一条的 `when`",
    ),
    "too-many-cases": FaultText(
        "{count} cases have to be distinguished here; at most {most} are allowed",
        "此处须区分 {count} 种情形，超过 {most} 种",
        "use fewer conditions, fewer values, or fewer events in `after`",
        "请减少条件、取值或 `after` 中的事件",
    ),
}
