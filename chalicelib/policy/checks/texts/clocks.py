"""Texts about limits, clocks and tasks."""

from chalicelib.policy.checks.texts.row import FaultText

TEXTS = {
    "no-limit": FaultText(
        "`{name}` is no limit: {reason}",
        "`{name}` 不是正确的时限",
        'write "24 hours", "1 month", "5 working days", "same working day" or "none"; at most ten years',
        "请写 24 hours、1 month、5 working days、same working day 或 none，最长十年",
    ),
    "repeats-too-often": FaultText(
        "`{name}` is too short for what comes again and again",
        "`{name}` 作为重复间隔过短",
        "write at least 1 hour",
        "请至少写 1 hour",
    ),
    "never-again": FaultText(
        "what is to come again never would after `none`",
        "间隔为 none 时不会再次发生",
        "write how long after it comes again, such as 1 working day, or leave it out",
        "请写间隔时间，例如 1 working day，或删去此项",
    ),
    "starts-again-at-once": FaultText(
        "an escalation starts this clock, and its miss escalates: where the stated time is over it would never stop",
        "该时限由升级启动，超期又会升级；若载明的时间已过，将循环不止",
        "write `within`, at least 1 hour, or `missed: record`",
        "请改写 `within`（至少 1 hour），或写 `missed: record`",
    ),
    "too-much-at-once": FaultText(
        "`{name}` can cause {count} events at once, and at most {most} are recorded together",
        "`{name}` 一次最多会产生 {count} 个事件，而一次最多记录 {most} 个",
        "open fewer tasks by one event, or name several people in one entry of `tells`",
        "请减少由同一事件产生的任务，或在 `tells` 的一项中写多个对象",
    ),
    "no-warning": FaultText(
        "`{name}` is no warning: {reason}",
        "`{name}` 不是正确的预警",
        'write "1 hour before", "2 working days before" or "80 %"',
        "请写 1 hour before、2 working days before 或 80 %",
    ),
    "never-starts": FaultText(
        "nothing starts this clock",
        "没有事件启动该时限",
        "name the event that starts it in `from`",
        "请在 `from` 中写明启动它的事件",
    ),
    "never-stops": FaultText(
        "nothing stops this clock",
        "没有事件终止该时限",
        "name the event that ends it in `until`",
        "请在 `until` 中写明终止它的事件",
    ),
    "cannot-happen": FaultText(
        "no act of this policy leads to `{name}`",
        "本制度没有操作会产生 `{name}`",
        "give a stage the act, or name an event that can happen: {known}",
        "请在阶段中加入相应操作，或改用会发生的事件：{known}",
    ),
    "silent-event": FaultText(
        "nothing starts or stops by `{name}`",
        "`{name}` 不能启动或终止任何时限",
        "name what happened to the case; a miss that escalates is `escalated`",
        "请写案件上发生的事件；超期升级的事件是 `escalated`",
    ),
    "limit-or-stated": FaultText(
        "a clock has either limits or a stated time, and this has {count} of the two",
        "时限要么有期限，要么由事件载明时间，二者择一",
        "write `within` or `stated`",
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
        "add a limit for it; say `limit: none` where there is to be none",
        "请补上期限；不设期限时写 `limit: none`",
    ),
    "two-limits": FaultText(
        "there are two limits for {count} case(s), such as {case}: this one and an earlier one",
        "有 {count} 种情形出现两个期限，例如 {case}：本条与前面的一条",
        "narrow the `when` of one of the two",
        "请收窄其中一条的 `when`",
    ),
    "too-many-cases": FaultText(
        "the limits tell apart {count} cases, more than {most}",
        "期限区分了 {count} 种情形，超过 {most} 种",
        "ask for fewer things in one clock, or split it into several",
        "请减少一个时限中的条件，或拆成几个",
    ),
    "task-named-like-clock": FaultText(
        "a clock has the name `{name}` already, and a task's limit opens a clock of its name",
        "已有时限名为 `{name}`，而任务的期限会产生同名时限",
        "give the task another name",
        "请给任务换一个名称",
    ),
    "task-opened-how": FaultText(
        "a task is opened by an event, by the calendar, or at a threshold of `points`",
        "任务由事件、日历或 `points` 的分数线产生",
        "write `on` or `monthly`, not both, or name it in `points.at`",
        "请写 `on` 或 `monthly` 之一，或在 `points.at` 中写明该任务",
    ),
    "opens-no-task": FaultText(
        "tasks are not opened by `{name}`",
        "`{name}` 不会产生任务",
        "name the event of an act, `registered` or `reclassified`",
        "请写某项操作的事件、`registered` 或 `reclassified`",
    ),
    "task-due-how": FaultText(
        "a task is due in one way only",
        "任务的期限只能有一种",
        "keep one of `within`, `stated` and `monthly`",
        "请保留 `within`、`stated`、`monthly` 之一",
    ),
    "approved-again": FaultText(
        "nobody is asked again about a task that comes again and again",
        "重复任务每次产生时不再征求批准",
        "leave `approval` out, or have an event open the task",
        "请去掉 `approval`，或改由事件产生任务",
    ),
    "never-ends": FaultText(
        "a task that comes again and again needs an event that ends it",
        "重复任务必须有结束它的事件",
        "write `until`",
        "请写 `until`",
    ),
    "monthly-days": FaultText(
        "days lie between 1 and 28, the due day not before the day of opening",
        "日期在 1 至 28 之间，且到期日不早于产生日",
        "write such as `day: 1`, `due_day: 5`",
        "请写例如 `day: 1`、`due_day: 5`",
    ),
}
