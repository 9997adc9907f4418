"""Texts about points and their thresholds."""

from chalicelib.policy.checks.texts.row import FaultText

TEXTS = {
    "points-without-units": FaultText(
        "points count against units, and no complaint of this policy concerns one",
        "计分以管理处等单位为准，而本制度的投诉不涉及单位",
        "write `unit: optional` or `unit: required` in `intake`, or take `points` out",
        "请在 `intake` 中写 `unit: optional` 或 `unit: required`，或删去 `points`",
    ),
    "never-scores": FaultText(
        "no event scores",
        "没有事件会计分",
        "name the event in `on`, such as `decided`",
        "请在 `on` 中写明计分的事件，例如 `decided`",
    ),
    "class-without-points": FaultText(
        "it is not said what these classes count: {known}",
        "没有写明这些等级的分值：{known}",
        "say a number for each; 0 where one is not to count",
        "请为每个等级写明分值；不计分的写 0",
    ),
    "points-below-zero": FaultText(
        "points only add up: {count} is below zero",
        "分数只能累加：{count} 小于零",
        "write 0 or more",
        "请写 0 或更大的数",
    ),
    "threshold-never": FaultText(
        "every class counts 0, so no threshold is ever reached",
        "所有等级都计 0 分，永远达不到任何分数线",
        "let a class count 1 or more, or take `points` out",
        "请让某个等级计 1 分以上，或删去 `points`",
    ),
    "no-window": FaultText(
        "points need a window: within `none` they would never end",
        "计分需要统计期：`none` 永不结束",
        "write such as `window: 1 month`",
        "请写例如 `window: 1 month`",
    ),
    "no-thresholds": FaultText(
        "nothing follows from these points",
        "计分没有任何后果",
        "write such as `at: {{3: {{task: …}}}}`, or take `points` out",
        "请写例如 `at: {{3: {{task: …}}}}`，或删去 `points`",
    ),
    "threshold-too-low": FaultText(
        "a threshold of {count} points is reached before anything has scored",
        "{count} 分的分数线在计分之前就已达到",
        "write 1 or more",
        "请写 1 或更大的数",
    ),
    "threshold-twice": FaultText(
        "there are two thresholds of {count} points",
        "有两条 {count} 分的分数线",
        "keep one of them",
        "请保留其中一条",
    ),
    "threshold-task-twice": FaultText(
        "two thresholds open the task `{name}`, which is owed once in a window",
        "两条分数线产生同一任务 `{name}`，而它在统计期内只产生一次",
        "give each threshold a task of its own",
        "请为每条分数线写各自的任务",
    ),
    "threshold-task-how": FaultText(
        "the task `{name}` is opened by the calendar, on approval or until a stated time: a unit has none of these",
        "任务 `{name}` 由日历、审批或载明的时间决定，而单位没有这些",
        "name a task with nothing but `within`, `needs` and `takes`",
        "请改用只有 `within`、`needs`、`takes` 的任务",
    ),
}
