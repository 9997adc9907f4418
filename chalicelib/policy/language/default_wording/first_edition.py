"""Default texts for policies of the first edition of the language: one per event, for every reader."""

from __future__ import annotations

from chalicelib.policy.language.parts import Label


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


FIRST_EDITION: dict[str, Label] = {
    "registered": _label("投诉 {number} 已登记。", "Complaint {number} is registered."),
    "supplemented": _label("投诉 {number} 已补充材料。", "Complaint {number} has been supplemented."),
    "accepted": _label("投诉 {number} 已受理。", "Complaint {number} is accepted."),
    "refused": _label(
        "投诉 {number} 不予受理，理由见案卷。", "Complaint {number} is refused; the ground is in the record."
    ),
    "transferred": _label("投诉 {number} 已转送其他机构。", "Complaint {number} has been transferred to another body."),
    "classified": _label("投诉 {number} 的类别已变更。", "Complaint {number} has been classified."),
    "reclassified": _label("投诉 {number} 已自动升级类别。", "Complaint {number} has been reclassified by itself."),
    "assigned": _label("投诉 {number} 已指派给您。", "Complaint {number} is assigned to you."),
    "receipt_exposed": _label(
        "已离开的人员持有投诉 {number} 的回执。请为投诉人换发。",
        "Somebody who has left has the receipt of complaint {number}: give the complainant a new one.",
    ),
    "forwarded": _label("投诉 {number} 已送达，请处理。", "Complaint {number} has been forwarded to you."),
    "evidence_demanded": _label("投诉 {number} 需要您提供证据。", "Evidence is demanded in complaint {number}."),
    "evidence_received": _label("投诉 {number} 收到证据。", "Evidence has come in for complaint {number}."),
    "inspected": _label("投诉 {number} 已核实。", "Complaint {number} has been inspected."),
    "liability_found": _label("投诉 {number} 已认定责任。", "Liability has been found in complaint {number}."),
    "offered": _label("投诉 {number} 有新的处理方案。", "There is an offer in complaint {number}."),
    "decided": _label("投诉 {number} 已作出处理决定。", "Complaint {number} is decided."),
    "confirmed": _label("投诉 {number} 已复核通过。", "Complaint {number} has been confirmed."),
    "objected": _label("投诉 {number} 被退回。", "There is an objection in complaint {number}."),
    "signed": _label("投诉 {number} 已签署。", "Complaint {number} has been signed."),
    "proposed": _label("投诉 {number} 有事项等待您审核。", "Something in complaint {number} awaits your approval."),
    "approved": _label("投诉 {number} 的事项已审核通过。", "What you proposed in complaint {number} is approved."),
    "rejected": _label("投诉 {number} 的事项未通过审核。", "What you proposed in complaint {number} is rejected."),
    "replied": _label("投诉 {number} 已答复。", "Complaint {number} has been answered."),
    "notified": _label("投诉 {number} 有新的通知。", "There is a notice in complaint {number}."),
    "agreed": _label("投诉 {number}：投诉人接受处理意见。", "The complainant agrees in complaint {number}."),
    "disputed": _label("投诉 {number}：投诉人不接受处理意见。", "The complainant disputes in complaint {number}."),
    "parked": _label("投诉 {number} 转为未了事宜。", "Complaint {number} is parked as a pending matter."),
    "resumed": _label("投诉 {number} 恢复处理。", "Complaint {number} is resumed."),
    "unreachable": _label("投诉 {number}：未能联系上投诉人。", "The complainant of {number} could not be reached."),
    "promised": _label("投诉 {number}：将于 {due} 前反馈。", "Complaint {number}: you will hear by {due}."),
    "extended": _label("投诉 {number} 的期限已延长。", "A limit in complaint {number} has been extended."),
    "executed": _label(
        "投诉 {number} 的处理意见已执行。", "What was decided in complaint {number} has been carried out."
    ),
    "rated": _label("投诉 {number} 已评价。", "Complaint {number} has been rated."),
    "ticked": _label(
        "投诉 {number} 的办理指引有一项已勾选。", "A line of the guidance of complaint {number} has been ticked."
    ),
    "noted": _label("投诉 {number} 有新的备注。", "There is a new note in complaint {number}."),
    "task_opened": _label("投诉 {number} 有待办事项：{task}。", "There is a task in complaint {number}: {task}."),
    "warned": _label("投诉 {number} 的期限将于 {due} 届满。", "A deadline of complaint {number} is near: {due}."),
    "escalated": _label(
        "投诉 {number} 已超过期限，上升至您处理。", "Complaint {number} is overdue and has been escalated to you."
    ),
    "missed": _label(
        "投诉 {number} 已超过最高层级的期限，仍未处理。", "Complaint {number} is overdue on the highest tier too."
    ),
    "tier_vacant": _label(
        "投诉 {number} 的期限无人看管：第 {tier} 级没有任何人。请尽快为该级的角色指定人员。",
        "Nobody stands on tier {tier}, where complaint {number} is: give somebody one of its roles.",
    ),
    "role_vacant": _label(
        "“{number}”有事项等待“{role}”处理，但没有人担任该角色。请尽快指定人员。",
        "Something about {number} waits for the {role}, and nobody has this role: give it to somebody.",
    ),
    "closed": _label("投诉 {number} 已结案。", "Complaint {number} is closed."),
    "archived": _label("投诉 {number} 已归档。", "Complaint {number} is archived."),
    "reopened": _label("投诉 {number} 重新处理。", "Complaint {number} is reopened."),
    "published": _label("投诉 {number} 已公开。", "Complaint {number} is published."),
    "unpublished": _label("投诉 {number} 已撤销公开。", "Complaint {number} is no longer published."),
    "switched": _label(
        "投诉 {number} 改按新版制度办理，期限为 {due}。", "Complaint {number} now goes by the new version; due {due}."
    ),
    "webhook_off": _label(
        "Webhook {number} 无法送达或已被接收方取消，现已停用。",
        "Webhook {number} cannot be reached or is not wanted any more; it has been disabled.",
    ),
    "webhook_missed": _label(
        "Webhook {number} 三天内未能接收某些事件，这些事件不再投递；其他事件照常送达。失败的投递见投递清单。",
        "Webhook {number} could not take some events for three days; these were given up, and others arrive. They are "
        "among the effects that failed.",
    ),
    "withdrawn": _label("投诉 {number} 已撤回。", "Complaint {number} is withdrawn."),
    "unit_task_opened": _label(
        "{unit} 近期有效投诉累计 {points} 分，有待办事项：{task}。",
        "Valid complaints about {unit} add up to {points} points; there is a task: {task}.",
    ),
    "unit_escalated": _label(
        "{unit} 的待办事项“{clock}”已超过期限，上升至您处理。",
        "A task of {unit} is overdue and has been escalated to you: {clock}.",
    ),
    "unit_missed": _label(
        "{unit} 的待办事项“{clock}”已超过最高层级的期限，仍未完成。",
        "A task of {unit} is overdue on the highest tier too: {clock}.",
    ),
}
