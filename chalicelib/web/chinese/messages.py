"""Texts about mails and webhooks."""

TEXTS = {
    "There is no such mail.": "没有这封邮件。",
    "The mail has not failed.": "该邮件并未发送失败。",
    "The request does not identify a mail.": "根据该请求无法确定是哪封邮件。",
    "The webhook is not valid.": "Webhook 不正确。",
    "is not a type of event": "不是事件类型",
    "The organisation has no such webhook.": "该机构没有这个 Webhook。",
    "This webhook has no such delivery.": "该 Webhook 没有这次投递。",
    "The webhook is disabled. Enable it first.": "该 Webhook 已停用，请先启用。",
    "The request does not say what to send again.": "请求没有写明要重新投递的内容。",
    "give either event with recorded_at, or since": "请填写 event 和 recorded_at，或只填写 since",
    "Only owners may see webhooks.": "只有机构管理员可以查看 Webhook。",
    "Only owners can test webhooks.": "只有机构管理员可以测试 Webhook。",
    "must be at most {most} ASCII characters without blanks": "最多 {most} 个 ASCII 字符，不能有空格",
    "is not a URL": "不是 URL",
    "must start with https:// and have a host": "须以 https:// 开头，并写明主机",
    "must have no user and no fragment": "不能含有用户名和片段标识",
    "must have port {usual}, or a port from {least} on": "端口须为 {usual}，或不小于 {least}",
    "must not lead to a private address": "不能指向内部地址",
}
