"""Texts about the organisation's units, receipts and webhooks."""

from chalicelib.policy.language.default_wording.reader_wording import for_everybody, wording

TEXTS = {
    "receipt_exposed": wording(
        topic=("回执需要换发", "receipt to be replaced"),
        complainant=(
            "不再参与办理的人员持有您的投诉 {number} 的回执，请您申请换发新的回执。",
            "Somebody who no longer works on your complaint {number} has its receipt. Please ask for a new one.",
        ),
        respondent=(
            "不再参与办理的人员持有针对您的投诉 {number} 的回执。",
            "Somebody who no longer works on complaint {number} about you has its receipt.",
        ),
        staff=(
            "不再参与投诉 {number} 的人员持有其回执。请为投诉人换发。",
            "Somebody who no longer takes part in complaint {number} has its receipt. "
            "Please give the complainant a new one.",
        ),
    ),
    "receipt_reissued": wording(
        topic=("回执已换发", "receipt replaced"),
        complainant=(
            "我们已为您的投诉 {number} 换发回执，原回执不再有效。如您没有申请换发，请尽快与我们联系。",
            "We have replaced the receipt of your complaint {number}; the old one no longer works. "
            "If you did not ask for this, please tell us.",
        ),
        respondent=(
            "针对您的投诉 {number} 已换发回执。",
            "The receipt of complaint {number} about you has been replaced.",
        ),
        staff=("投诉 {number} 已换发回执。", "The receipt of complaint {number} has been replaced."),
    ),
    "webhook_off": for_everybody(
        ("已停用", "disabled"),
        "Webhook {number} 无法送达或已被接收方取消，现已停用。如仍需使用，请更正后重新启用。",
        "Webhook {number} has been disabled: it could not be reached, or its receiver has cancelled it. "
        "If you still need it, correct it and enable it again.",
    ),
    "webhook_missed": for_everybody(
        ("有事件未能送达", "events not delivered"),
        "Webhook {number} 三天内未能接收某些事件，这些事件不再投递；其他事件照常送达。请在投递清单中查看失败的投递。",
        "Webhook {number} could not receive some events for three days. They will not be sent again; other events are "
        "delivered. Please see the failed ones in the list of deliveries.",
    ),
    "unit_task_opened": for_everybody(
        ("有待办事项", "task"),
        "{unit} 近期有效投诉累计 {points} 分，有待办事项：{task}[，请于{by}完成]。",
        "Valid complaints about {unit} add up to {points} points. Please complete this task: {task}[, due {by}].",
    ),
    "unit_task_done": for_everybody(
        ("待办事项已完成", "task done"),
        "{unit} 的待办事项已完成：{task}，请查阅。",
        "A task of {unit} is done: {task}. Please read it.",
    ),
    "organisation_task_done": for_everybody(
        ("待办事项已完成", "task done"),
        "本机构的待办事项已完成：{task}，请查阅。",
        "A task of the organisation is done: {task}. Please read it.",
    ),
    "unit_escalated": for_everybody(
        ("待办事项已超过期限", "overdue task"),
        "{unit} 的待办事项“{clock}”已超过期限，升级至本层级，请处理。[原应于{by}完成。]",
        "A task of {unit} is overdue and has been escalated to you: {clock}. Please deal with it.[ It was due {by}.]",
    ),
    "unit_missed": for_everybody(
        ("待办事项已超过期限", "overdue task"),
        "{unit} 的待办事项“{clock}”已超过最高层级的期限，仍未完成，请处理。[原应于{by}完成。]",
        "A task of {unit} is still overdue on the highest tier: {clock}. Please deal with it.[ It was due {by}.]",
    ),
    "unit_overdue": for_everybody(
        ("待办事项已超过期限", "overdue task"),
        "{unit} 的待办事项“{clock}”已超过期限，请尽快完成。[原应于{by}完成。]",
        "A task of {unit} is overdue: {clock}. Please complete it.[ It was due {by}.]",
    ),
    "unit_task_scheduled": for_everybody(
        ("有定期待办事项", "regular task"),
        "{unit} 有定期待办事项：{task}[，请于{by}完成]。",
        "Please complete this regular task for {unit}: {task}[, due {by}].",
    ),
    "organisation_task_scheduled": for_everybody(
        ("有定期待办事项", "regular task"),
        "本机构有定期待办事项：{task}[，请于{by}完成]。",
        "Please complete this regular task for the organisation: {task}[, due {by}].",
    ),
    "organisation_inspection_made": for_everybody(
        ("检查报告已生成", "inspection report"),
        "检查报告[（{period}）]已生成，请查阅[，并于{by}完成评估]。",
        "The inspection report[ of {period}] is ready. Please read it[; its assessment is due {by}].",
    ),
    "organisation_inspection_known": for_everybody(
        ("检查报告已生成", "inspection report"),
        "检查报告[（{period}）]已生成，请查阅。",
        "The inspection report[ of {period}] is ready. Please read it.",
    ),
    "organisation_inspection_late": for_everybody(
        ("检查报告的评估已超过期限", "overdue assessment"),
        "检查报告[（{period}）]的评估已超过期限，仍未完成，请处理。[原应于{by}完成。]",
        "The assessment of the inspection report[ of {period}] is overdue. Please deal with it.[ It was due {by}.]",
    ),
    "organisation_improvement_given": for_everybody(
        ("交办改进措施", "improvement action"),
        "现交办一项改进措施，请查阅[，并于{by}完成]。",
        "You are responsible for an improvement action[, due {by}]. Please read it.",
    ),
    "organisation_improvement_overdue": for_everybody(
        ("改进措施已超过期限", "overdue improvement action"),
        "有一项改进措施已超过期限，仍未完成，请处理。[原应于{by}完成。]",
        "An improvement action is overdue. Please deal with it.[ It was due {by}.]",
    ),
    "organisation_improvement_returned": for_everybody(
        ("改进措施已重新打开", "improvement action open again"),
        "改进措施所针对的问题再次出现，该措施已重新打开，请查阅[，并于{by}完成]。",
        "The cause of an improvement action has returned. The action is open again[, due {by}]. Please read it.",
    ),
    "organisation_escalated": for_everybody(
        ("待办事项已超过期限", "overdue task"),
        "本机构的待办事项“{clock}”已超过期限，升级至本层级，请处理。[原应于{by}完成。]",
        "A task of the organisation is overdue and has been escalated to you: {clock}. "
        "Please deal with it.[ It was due {by}.]",
    ),
    "organisation_overdue": for_everybody(
        ("待办事项已超过期限", "overdue task"),
        "本机构的待办事项“{clock}”已超过期限，请尽快完成。[原应于{by}完成。]",
        "A task of the organisation is overdue: {clock}. Please complete it.[ It was due {by}.]",
    ),
    "organisation_missed": for_everybody(
        ("待办事项已超过期限", "overdue task"),
        "本机构的待办事项“{clock}”已超过最高层级的期限，仍未完成，请处理。[原应于{by}完成。]",
        "A task of the organisation is still overdue on the highest tier: {clock}. Please deal with it."
        "[ It was due {by}.]",
    ),
}
