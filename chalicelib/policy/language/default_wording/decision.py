"""Texts about offers, decisions, approvals and replies."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "offered": wording(
        complainant=(
            "您的投诉 {number} 有新的处理方案[：{outcome}]，请您答复。",
            "There is an offer for you in your complaint {number}[: {outcome}]. Please reply to it.",
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
            "Your complaint {number} has been decided[: {outcome}].",
        ),
        respondent=(
            "针对您的投诉 {number} 已作出处理决定[：{outcome}]。",
            "Complaint {number} about you has been decided[: {outcome}].",
        ),
        staff=("投诉 {number} 已作出处理决定[：{outcome}]。", "Complaint {number} has been decided[: {outcome}]."),
    ),
    "confirmed": wording(
        complainant=(
            "您的投诉 {number} 的处理已审核通过。",
            "The handling of your complaint {number} has been confirmed.",
        ),
        respondent=(
            "针对您的投诉 {number} 的处理已审核通过。",
            "The handling of complaint {number} about you has been confirmed.",
        ),
        staff=("投诉 {number} 的处理已审核通过。", "The handling of complaint {number} has been confirmed."),
    ),
    "objected": wording(
        complainant=(
            "您的投诉 {number} 已被退回，将重新处理。",
            "Your complaint {number} was sent back to be handled again.",
        ),
        respondent=(
            "针对您的投诉 {number} 已被退回，将重新处理。",
            "Complaint {number} about you was sent back to be handled again.",
        ),
        staff=(
            "投诉 {number} 有异议，已退回。",
            "Complaint {number} was sent back with an objection.",
        ),
    ),
    "signed": wording(
        complainant=("您的投诉 {number} 的处理文件已签署。", "The papers of your complaint {number} have been signed."),
        respondent=(
            "针对您的投诉 {number} 的处理文件已签署。",
            "The papers of complaint {number} about you have been signed.",
        ),
        staff=("投诉 {number} 的处理文件已签署。", "The papers of complaint {number} have been signed."),
    ),
    "proposed": wording(
        complainant=(
            "您的投诉 {number} 有事项正在审批。",
            "A step in your complaint {number} is waiting for approval.",
        ),
        respondent=(
            "针对您的投诉 {number} 有事项等待您审批。",
            "A step in complaint {number} about you is waiting for your approval.",
        ),
        staff=("投诉 {number} 有事项待审批，请审批。", "A step in complaint {number} is waiting for your approval."),
    ),
    "approved": wording(
        complainant=(
            "您的投诉 {number} 待审批的事项已获批准。",
            "A step in your complaint {number} has been approved.",
        ),
        respondent=(
            "您在投诉 {number} 中提议的事项已获批准。",
            "What you proposed in complaint {number} has been approved.",
        ),
        staff=(
            "投诉 {number}：所提议的事项已获批准。",
            "What you proposed in complaint {number} has been approved.",
        ),
    ),
    "rejected": wording(
        complainant=(
            "您的投诉 {number} 待审批的事项未获批准。",
            "A step in your complaint {number} has not been approved.",
        ),
        respondent=(
            "您在投诉 {number} 中提议的事项未获批准。",
            "What you proposed in complaint {number} has not been approved.",
        ),
        staff=(
            "投诉 {number}：所提议的事项未获批准。",
            "What you proposed in complaint {number} has not been approved.",
        ),
    ),
    "voided": wording(
        complainant=(
            "您的投诉 {number} 情况已变更，待审批的事项已失效。",
            "Your complaint {number} has changed. The step that was waiting for approval is void.",
        ),
        respondent=(
            "投诉 {number} 情况已变更，您提议的事项已失效。如仍需要，请您重新提议。",
            "Complaint {number} has changed. What you proposed in it is void. Propose it again if it is still needed.",
        ),
        staff=(
            "投诉 {number} 情况已变更，所提议的事项已失效。如仍需要，请重新提议。",
            "Complaint {number} has changed. What you proposed in it is void. Propose it again if it is still needed.",
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
        complainant=("您已接受投诉 {number} 的处理意见。", "You have accepted the outcome of complaint {number}."),
        respondent=(
            "针对您的投诉 {number}：投诉人已接受处理意见。",
            "The complainant has accepted the outcome of complaint {number} about you.",
        ),
        staff=(
            "投诉 {number}：投诉人已接受处理意见。",
            "The complainant has accepted the outcome of complaint {number}.",
        ),
    ),
    "disputed": wording(
        complainant=(
            "您对投诉 {number} 的处理意见提出的异议已记录。",
            "We have recorded that you do not accept the outcome of complaint {number}.",
        ),
        respondent=(
            "针对您的投诉 {number}：投诉人不接受处理意见。",
            "The complainant does not accept the outcome of complaint {number} about you.",
        ),
        staff=(
            "投诉 {number}：投诉人不接受处理意见。",
            "The complainant does not accept the outcome of complaint {number}.",
        ),
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
        complainant=(
            "感谢您对投诉 {number} 的办理作出评价。",
            "Thank you for rating the handling of your complaint {number}.",
        ),
        respondent=(
            "针对您的投诉 {number}：投诉人已作出评价。",
            "The complainant has rated the handling of complaint {number} about you.",
        ),
        staff=("投诉 {number}：投诉人已作出评价。", "The complainant has rated the handling of complaint {number}."),
    ),
}
