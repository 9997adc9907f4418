"""Texts about the policy's own examples."""

from chalicelib.policy.checks.texts.fault_text import FaultText

_STATES = "running, paused, met, missed, cancelled, none"

TEXTS = {
    "example-says-nothing": FaultText(
        "an example must state the expected result",
        "示例没有写明预期结果",
        "write `then`",
        "请写 `then`",
    ),
    "example-events": FaultText(
        "an example needs 1 to {most} events; the first must be `registered`",
        "示例应有 1 至 {most} 个事件，第一个是 `registered`",
        "write `events`, beginning with `registered`",
        "请写 `events`，以 `registered` 开头",
    ),
    "example-not-received": FaultText(
        "the policy does not allow a time of receipt: its `intake` has no `received`",
        "制度的 `intake` 没有 `received`，不能填写收到时间",
        "remove `received`, or write, for example, `intake: {{received: {{within: 10 calendar days}}}}`",
        "请删去 `received`，或写例如 `intake: {{received: {{within: 10 calendar days}}}}`",
    ),
    "filing-lacks": FaultText(
        "such a complaint cannot be filed: `{name}` is missing",
        "这样的投诉无法提交：缺少 `{name}`",
        "add `{name}`, or do not require it",
        "请补上 `{name}`，或不要求填写",
    ),
    "sample-refused": FaultText(
        "the sample cannot be filed: `{name}` {reason}",
        "示例投诉无法提交：`{name}` 的值不被接受",
        "correct `{name}` in the sample",
        "请更正示例投诉中的 `{name}`",
    ),
    "example-kind": FaultText(
        "`{name}` must be {expected}",
        "`{name}` 必须是{expected_zh}",
        "write {expected}",
        "请写{expected_zh}",
    ),
    "example-no-clock": FaultText(
        "there is no clock `{name}`",
        "没有时限 `{name}`",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "example-state": FaultText(
        "`{name}` is not a state of a clock",
        "`{name}` 不是时限的状态",
        f"write one of: {_STATES}",
        f"请写：{_STATES}",
    ),
    "example-time": FaultText(
        "`{name}` is not a valid time: {reason}",
        "`{name}` 不是正确的时间",
        f"write day and time as 2026-11-27T10:00, or 2026-11-27T24:00 at the end of the day; in `then` also: {_STATES}",
        f"日期和时间请写成 2026-11-27T10:00，当日终了写 2026-11-27T24:00；`then` 中也可写：{_STATES}",
    ),
    "example-cannot-happen": FaultText(
        "this cannot happen: {reason}",
        "这不可能发生：{reason}",
        "correct the example, or the part of the policy that forbids it",
        "请更正示例，或更正禁止它的那部分制度",
    ),
    "example-fails": FaultText(
        "the example fails: expected {expected}, got {came}",
        "示例不成立：预期 {expected_zh}，结果是 {came_zh}",
        "correct the policy, or the expected result",
        "请更正制度，或更正示例的预期",
    ),
    "example-other-due": FaultText(
        "the example fails: expected {expected}, got {came}",
        "示例不成立：预期 {expected}，结果是 {came}",
        "correct the policy, or the expected result. The reason: {because}",
        "请更正制度，或更正示例的预期。理由：{because_zh}",
    ),
    "examples-too-much": FaultText(
        "this example was not run: the examples before it cause too many events",
        "示例产生的事件过多，本例无法试算",
        "use fewer or shorter examples, clocks and tasks",
        "请减少或缩短示例、时限与任务",
    ),
}
