"""Texts about points and their thresholds."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "points-without-units": FaultText(
        "points are counted per unit, but complaints under this policy have no unit",
        "计分以单位为准，而本制度的投诉不涉及单位",
        "write `unit: optional` or `unit: required` in `intake`, or remove `points`",
        "请在 `intake` 中写 `unit: optional` 或 `unit: required`，或删去 `points`",
    ),
    "never-scores": FaultText(
        "no event scores points",
        "没有事件会计分",
        "name the event under `on`, such as `decided`",
        "请在 `on` 中写明计分的事件，例如 `decided`",
    ),
    "class-without-points": FaultText(
        "these severity classes have no points: {known}",
        "没有写明这些等级的分值：{known}",
        "write a number for each severity class; 0 if it does not count",
        "请为每个等级写明分值；不计分的写 0",
    ),
    "points-below-zero": FaultText(
        "points must not be negative: {count}",
        "分数不得小于零：{count}",
        "write 0 or more",
        "请写 0 或更大的数",
    ),
    "threshold-never": FaultText(
        "every severity class has 0 points, so no threshold can be reached",
        "所有等级都计 0 分，永远达不到任何分数线",
        "give at least one severity class 1 or more points, or remove `points`",
        "请让某个等级计 1 分以上，或删去 `points`",
    ),
    "no-window": FaultText(
        "points need a window; with `none` they would count for ever",
        "计分需要统计期：`none` 永不结束",
        "write, for example, `window: 1 month`",
        "请写例如 `window: 1 month`",
    ),
    "no-thresholds": FaultText(
        "these points have no thresholds, so they have no effect",
        "计分没有分数线，因此不起作用",
        "write, for example, `at: {{3: {{task: …}}}}`, or remove `points`",
        "请写例如 `at: {{3: {{task: …}}}}`，或删去 `points`",
    ),
    "threshold-too-low": FaultText(
        "a threshold of {count} points is reached before any event scores",
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
        "two thresholds open the task `{name}`, which can be opened only once in a window",
        "两条分数线产生同一任务 `{name}`，而它在统计期内只产生一次",
        "use a different task for each threshold",
        "请为每条分数线写各自的任务",
    ),
    "threshold-task-how": FaultText(
        "the task `{name}` uses the calendar, an approval or a stated time, which tasks of units cannot have",
        "任务 `{name}` 由日历、审批或载明的时间决定，而单位没有这些",
        "use a task that has only `within`, `needs` and `takes`",
        "请改用只有 `within`、`needs`、`takes` 的任务",
    ),
}
