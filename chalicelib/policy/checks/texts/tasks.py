"""Texts about tasks: their openings, times and ends."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "task-named-like-clock": FaultText(
        "a clock is already named `{name}`, and a task with a limit opens a clock of the same name",
        "已有时限名为 `{name}`，而任务的期限会产生同名时限",
        "give the task another name",
        "请给任务换一个名称",
    ),
    "task-opened-how": FaultText(
        "a task opens in exactly one way: `on`, `monthly`, `quarterly`, `yearly`, or a threshold of `points`",
        "任务只能有一种产生方式：`on`、`monthly`、`quarterly`、`yearly`，或 `points` 的分数线",
        "keep one of these keys, or name the task in `points.at`",
        "请只保留其中一个键，或在 `points.at` 中写明该任务",
    ),
    "opens-no-task": FaultText(
        "`{name}` cannot open a task",
        "`{name}` 不会产生任务",
        "use the event of an act, `registered` or `reclassified`",
        "请写某项操作的事件、`registered` 或 `reclassified`",
    ),
    "task-due-how": FaultText(
        "a task can have only one kind of due time",
        "任务的期限只能有一种",
        "keep one of `within`, `stated`, `monthly`, `quarterly` and `yearly`",
        "请保留 `within`、`stated`、`monthly`、`quarterly`、`yearly` 之一",
    ),
    "approved-again": FaultText(
        "a recurring task cannot need approval",
        "重复任务每次产生时不再征求批准",
        "remove `approval`, or let an event open the task",
        "请去掉 `approval`，或改由事件产生任务",
    ),
    "never-ends": FaultText(
        "a recurring task needs an event that ends it",
        "重复任务必须有结束它的事件",
        "write `until`",
        "请写 `until`",
    ),
    "monthly-days": FaultText(
        "both days must be from 1 to 28, and `due_day` must not be before `day`",
        "日期在 1 至 28 之间，且到期日不早于产生日",
        "write, for example, `day: 1`, `due_day: 5`",
        "请写例如 `day: 1`、`due_day: 5`",
    ),
    "schedule-day": FaultText(
        "the day must be from 1 to {most}: a month in which the task opens, in some year, has no later day",
        "日期应为 1 至 {most}：产生任务的月份在某些年份没有更后的日期",
        "write, for example, `day: 1`",
        "请写例如 `day: 1`",
    ),
    "schedule-month": FaultText(
        "the month must be from 1 to 12",
        "月份应为 1 至 12",
        "write, for example, `month: 4`",
        "请写例如 `month: 4`",
    ),
    "schedule-never-due": FaultText(
        "with `none` this would never be due",
        "期限为 none 时永不到期",
        "write, for example, `due: 10 working days`",
        "请写例如 `due: 10 working days`",
    ),
    "schedule-without-stages": FaultText(
        "a task of the {of} belongs to no complaint, and so to no stage",
        "该任务不属于任何投诉，也就没有阶段（`of: {of}`）",
        "remove `stages`, or remove `of`",
        "请删去 `stages`，或删去 `of`",
    ),
    "of-without-schedule": FaultText(
        "`of: {of}` needs a task that opens quarterly or yearly",
        "`of: {of}` 只用于按季或按年产生的任务",
        "write `quarterly` or `yearly`, or remove `of`",
        "请写 `quarterly` 或 `yearly`，或删去 `of`",
    ),
    "unit-calendar-of-no-unit": FaultText(
        "the organisation as a whole is no unit that has a calendar",
        "整个机构不是单位，没有单位日历",
        "remove `calendar`, or name one of `calendars`",
        "请删去 `calendar`，或写 `calendars` 中的名称",
    ),
    "task-of-no-unit": FaultText(
        "complaints under this policy have no unit",
        "本制度的投诉不涉及单位",
        "write `unit: optional` or `unit: required` in `intake`, or use another `of`",
        "请在 `intake` 中写 `unit: optional` 或 `unit: required`，或改写 `of`",
    ),
    "condition-of-no-complaint": FaultText(
        "a task of the {of} belongs to no complaint that could meet a condition",
        "该任务不属于任何投诉，无法适用条件（`of: {of}`）",
        "remove `when`, or remove `of`",
        "请删去 `when`，或删去 `of`",
    ),
}
