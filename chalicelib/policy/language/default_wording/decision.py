"""Texts about offers, decisions, approvals and replies."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "offered": wording(
        topic=("已有处理方案", "offer"),
        complainant=(
            "您的投诉 {number} 已有处理方案[：{outcome}]，请您答复。",
            "There is an offer for you in your complaint {number}[: {outcome}]. Please reply to it.",
        ),
        respondent=(
            "针对您的投诉 {number} 已有处理方案[：{outcome}]。",
            "There is an offer in complaint {number} about you[: {outcome}].",
        ),
        staff=("投诉 {number} 已有处理方案[：{outcome}]。", "There is an offer in complaint {number}[: {outcome}]."),
    ),
    "decided": wording(
        topic=("已作出处理决定", "decided"),
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
        topic=("处理已审核通过", "confirmed"),
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
        topic=("已退回重新处理", "sent back"),
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
        topic=("处理文件已签署", "papers signed"),
        complainant=("您的投诉 {number} 的处理文件已签署。", "The papers of your complaint {number} have been signed."),
        respondent=(
            "针对您的投诉 {number} 的处理文件已签署。",
            "The papers of complaint {number} about you have been signed.",
        ),
        staff=("投诉 {number} 的处理文件已签署。", "The papers of complaint {number} have been signed."),
    ),
    "proposed": wording(
        topic=("有事项待审批", "a step waits for approval"),
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
        topic=("事项已获批准", "step approved"),
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
        topic=("事项未获批准", "step not approved"),
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
        topic=("待审批的事项已失效", "proposal void"),
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
        topic=("已答复", "answered"),
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
        topic=("处理意见已获接受", "outcome accepted"),
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
        topic=("处理意见未获接受", "outcome not accepted"),
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
    "executed": wording(  # of what was decided, or of a test before a decision
        topic=("处理措施已执行", "measure carried out"),
        complainant=(
            "您的投诉 {number} 的处理措施已执行[：{outcome}]。",
            "A measure in your complaint {number} has been carried out[: {outcome}].",
        ),
        respondent=(
            "针对您的投诉 {number} 的处理措施已执行[：{outcome}]。",
            "A measure in complaint {number} about you has been carried out[: {outcome}].",
        ),
        staff=(
            "投诉 {number} 的处理措施已执行[：{outcome}]。",
            "A measure in complaint {number} has been carried out[: {outcome}].",
        ),
    ),
    "rated": wording(
        topic=("已评价", "rated"),
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
