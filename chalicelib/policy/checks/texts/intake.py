"""Texts about intake: channels, choices, file types, severity classes, and what may be private."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "subject-identity": FaultText(
        "`{name}` identifies the complainant, so it cannot be the subject",
        "`{name}` 表明投诉人身份，不能作为投诉标的",
        "remove `{name}` from `subject`; use `phone` and `email` to find a customer",
        "请从 `subject` 中删去 `{name}`；查找客户请用 `phone` 和 `email`",
    ),
    "no-channels": FaultText(
        "at least one channel is required",
        "至少需要一个渠道",
        "name the channels: `channels: [phone, email]`",
        "请写出渠道：`channels: [phone, email]`",
    ),
    "no-choices": FaultText(
        "a choice needs at least one value",
        "选择项没有可选的值",
        "list them under `choices`",
        "请在 `choices` 下列出可选值",
    ),
    "no-length": FaultText(
        "the maximum of {most} allows no value",
        "无法填写：上限为 {most}",
        "set `most` to 1 or more",
        "`most` 至少为 1",
    ),
    "cannot-give": FaultText(
        "`{name}` is required on the channel {channel}, but none of its choices is allowed there",
        "渠道 {channel} 要求填写 `{name}`，却没有可选的值",
        "allow a choice on {channel}, or do not require `{name}` there",
        "请让某个选项适用于 {channel}，或不在该渠道要求 `{name}`",
    ),
    "no-file-type": FaultText(
        "files of type `{name}` are not accepted",
        "不接受 `{name}` 类型的文件",
        "use one of: {known}",
        "请改用：{known}",
    ),
    "no-file-size": FaultText(
        "the file size must be from 1 to {most} megabytes",
        "文件大小应为 1 至 {most} 兆字节",
        "write a whole number of megabytes, or remove the line",
        "请写整数兆字节，或删去此行",
    ),
    "no-classes": FaultText(
        "there are no severity classes to choose from",
        "没有可选的等级",
        "list them from the lowest to the highest, or remove `severity`",
        "请由低到高列出等级，或删去 `severity`",
    ),
    "class-order": FaultText(
        "the order must list each severity class exactly once",
        "等级的顺序没有把每个等级各列一次",
        "list from the lowest to the highest: {known}; or remove `order` to use the written order",
        "请由低到高列出：{known}；或删去 `order`，以书写顺序为准",
    ),
    "cannot-be-private": FaultText(
        "the procedure depends on `{name}`, so it cannot be private",
        "流程依赖 `{name}`，因此不能设为非公开内容",
        "remove `holder`",
        "请删去 `holder`",
    ),
    "topic-placeholder": FaultText(
        "a topic has no placeholders",
        "主题中不能有占位符",
        "write what has happened, without the number, which stands before it",
        "请只写发生了什么；编号已在主题之前",
    ),
    "no-placeholder": FaultText(
        "there is no placeholder {name}",
        "没有占位符 {name}",
        "use one of: {known}",
        "请改用：{known}",
    ),
}
