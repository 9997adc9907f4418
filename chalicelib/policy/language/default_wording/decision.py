"""Texts about offers, decisions, approvals and replies."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "offered": wording(
        complainant=(
            "您的投诉 {number} 有新的处理方案[：{outcome}]，请您答复。",
            "There is an offer for you in complaint {number}[: {outcome}]. Please reply to it.",
        ),
        respondent=(
            "针对您的投诉 {number} 有新的处理方案[：{outcome}]。",
            "There is an offer in complaint {number} about you[: {outcome}].",
        ),
        staff=("投诉 {number} 有新的处理方案[：{outcome}]。", "There is an offer in complaint {number}[: {outcome}]."),
    ),
    "decided": wording(
        complainant=(
            "您的投诉 {number} 已作出处理决定[：{outcome}]。",
            "Your complaint {number} is decided[: {outcome}].",
        ),
        respondent=(
            "针对您的投诉 {number} 已作出处理决定[：{outcome}]。",
            "Complaint {number} about you is decided[: {outcome}].",
        ),
        staff=("投诉 {number} 已作出处理决定[：{outcome}]。", "Complaint {number} is decided[: {outcome}]."),
    ),
    "confirmed": wording(
        complainant=("您的投诉 {number} 已复核通过。", "Your complaint {number} has been confirmed."),
        respondent=("针对您的投诉 {number} 已复核通过。", "Complaint {number} about you has been confirmed."),
        staff=("投诉 {number} 已复核通过。", "Complaint {number} has been confirmed."),
    ),
    "objected": wording(
        complainant=(
            "您的投诉 {number} 被退回重新办理。",
            "Your complaint {number} was sent back to be handled again.",
        ),
        respondent=(
            "针对您的投诉 {number} 被退回重新办理。",
            "Complaint {number} about you was sent back to be handled again.",
        ),
        staff=("投诉 {number} 被退回。", "There is an objection in complaint {number}."),
    ),
    "signed": wording(
        complainant=("您的投诉 {number} 的处理文件已签署。", "The papers of your complaint {number} have been signed."),
        respondent=(
            "针对您的投诉 {number} 的处理文件已签署。",
            "The papers of complaint {number} about you have been signed.",
        ),
        staff=("投诉 {number} 已签署。", "Complaint {number} has been signed."),
    ),
    "proposed": wording(
        complainant=(
            "您的投诉 {number} 有事项正在审核。",
            "Something in your complaint {number} is waiting for approval.",
        ),
        respondent=(
            "针对您的投诉 {number} 有事项等待您审核。",
            "Something in complaint {number} about you awaits your approval.",
        ),
        staff=("投诉 {number} 有事项等待您审核。", "Something in complaint {number} awaits your approval."),
    ),
    "approved": wording(
        complainant=(
            "您的投诉 {number} 的事项已审核通过。",
            "What was proposed in your complaint {number} is approved.",
        ),
        respondent=(
            "您在投诉 {number} 中提议的事项已审核通过。",
            "What you proposed in complaint {number} is approved.",
        ),
        staff=("您在投诉 {number} 中提议的事项已审核通过。", "What you proposed in complaint {number} is approved."),
    ),
    "rejected": wording(
        complainant=(
            "您的投诉 {number} 的事项未通过审核。",
            "What was proposed in your complaint {number} is rejected.",
        ),
        respondent=(
            "您在投诉 {number} 中提议的事项未通过审核。",
            "What you proposed in complaint {number} is rejected.",
        ),
        staff=("您在投诉 {number} 中提议的事项未通过审核。", "What you proposed in complaint {number} is rejected."),
    ),
    "voided": wording(
        complainant=(
            "您的投诉 {number} 情况已变更，待审核的事项已失效。",
            "Your complaint {number} has changed. What was proposed in it is void.",
        ),
        respondent=(
            "投诉 {number} 情况已变更，您提议的事项已失效，请重新提议。",
            "Complaint {number} has changed. What you proposed in it is void: propose it again.",
        ),
        staff=(
            "投诉 {number} 情况已变更，您提议的事项已失效，请重新提议。",
            "Complaint {number} has changed. What you proposed in it is void: propose it again.",
        ),
    ),
    "replied": wording(
        complainant=(
            "您的投诉 {number} 已答复[：{outcome}]。",
            "Your complaint {number} has been answered[: {outcome}].",
        ),
        respondent=(
            "针对您的投诉 {number} 已答复[：{outcome}]。",
            "Complaint {number} about you has been answered[: {outcome}].",
        ),
        staff=("投诉 {number} 已答复[：{outcome}]。", "Complaint {number} has been answered[: {outcome}]."),
    ),
    "agreed": wording(
        complainant=("您已接受投诉 {number} 的处理意见。", "You have agreed in complaint {number}."),
        respondent=(
            "针对您的投诉 {number}：投诉人接受处理意见。",
            "The complainant agrees in complaint {number} about you.",
        ),
        staff=("投诉 {number}：投诉人接受处理意见。", "The complainant agrees in complaint {number}."),
    ),
    "disputed": wording(
        complainant=("您不接受投诉 {number} 的处理意见，已记录。", "Your dispute in complaint {number} is recorded."),
        respondent=(
            "针对您的投诉 {number}：投诉人不接受处理意见。",
            "The complainant disputes in complaint {number} about you.",
        ),
        staff=("投诉 {number}：投诉人不接受处理意见。", "The complainant disputes in complaint {number}."),
    ),
    "executed": wording(
        complainant=(
            "您的投诉 {number} 的处理意见已执行。",
            "What was decided in your complaint {number} has been carried out.",
        ),
        respondent=(
            "针对您的投诉 {number} 的处理意见已执行。",
            "What was decided in complaint {number} about you has been carried out.",
        ),
        staff=("投诉 {number} 的处理意见已执行。", "What was decided in complaint {number} has been carried out."),
    ),
    "rated": wording(
        complainant=("感谢您对投诉 {number} 的评价。", "Thank you for rating complaint {number}."),
        respondent=("针对您的投诉 {number} 已评价。", "Complaint {number} about you has been rated."),
        staff=("投诉 {number} 已评价。", "Complaint {number} has been rated."),
    ),
}
