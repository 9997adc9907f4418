"""Texts about the inquiry: evidence, findings, notes."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "evidence_demanded": wording(
        complainant=(
            "您的投诉 {number} 需要您提供证据[，请于{until}提交]。",
            "Please give evidence for your complaint {number}[ {until}].",
        ),
        respondent=(
            "针对您的投诉 {number} 需要您提供证据[，请于{until}提交]。",
            "Please give evidence about complaint {number}[ {until}].",
        ),
        staff=(
            "投诉 {number} 已要求当事人提供证据[，须于{until}提交]。",
            "Evidence is demanded in complaint {number}[, to be given {until}].",
        ),
    ),
    "evidence_received": wording(
        complainant=("您的投诉 {number} 收到了证据。", "Evidence has come in for your complaint {number}."),
        respondent=("针对您的投诉 {number} 收到了证据。", "Evidence has come in for complaint {number} about you."),
        staff=("投诉 {number} 收到证据。", "Evidence has come in for complaint {number}."),
    ),
    "inspected": wording(
        complainant=("您的投诉 {number} 已核实。", "Your complaint {number} has been inspected."),
        respondent=("针对您的投诉 {number} 已核实。", "Complaint {number} about you has been inspected."),
        staff=("投诉 {number} 已核实。", "Complaint {number} has been inspected."),
    ),
    "liability_found": wording(
        complainant=("您的投诉 {number} 已认定责任。", "Liability has been found in your complaint {number}."),
        respondent=("针对您的投诉 {number} 已认定责任。", "Liability has been found in complaint {number} about you."),
        staff=("投诉 {number} 已认定责任。", "Liability has been found in complaint {number}."),
    ),
    "mediated": wording(
        complainant=("您的投诉 {number} 已进行调解。", "Your complaint {number} has been mediated."),
        respondent=("针对您的投诉 {number} 已进行调解。", "Complaint {number} about you has been mediated."),
        staff=("投诉 {number} 已进行调解。", "Complaint {number} has been mediated."),
    ),
    "recused": wording(
        complainant=(
            "您的投诉 {number} 有一名办理人员回避。",
            "A person who handled your complaint {number} has withdrawn from it.",
        ),
        respondent=(
            "针对您的投诉 {number} 有一名办理人员回避。",
            "A person who handled complaint {number} about you has withdrawn from it.",
        ),
        staff=("投诉 {number} 有一人回避。", "A person is recused from complaint {number}."),
    ),
    "noted": wording(
        complainant=("您的投诉 {number} 有新的备注。", "There is a new note in your complaint {number}."),
        respondent=("针对您的投诉 {number} 有新的备注。", "There is a new note in complaint {number} about you."),
        staff=("投诉 {number} 有新的备注。", "There is a new note in complaint {number}."),
    ),
    "ticked": wording(
        complainant=("您的投诉 {number} 的办理有新进展。", "A step of your complaint {number} is done."),
        respondent=("针对您的投诉 {number} 的办理有新进展。", "A step of complaint {number} about you is done."),
        staff=(
            "投诉 {number} 的办理指引有一项已勾选。",
            "A line of the guidance of complaint {number} has been ticked.",
        ),
    ),
    "notified": wording(
        complainant=("您的投诉 {number} 有新的通知。", "There is a notice in your complaint {number}."),
        respondent=("针对您的投诉 {number} 有新的通知。", "There is a notice in complaint {number} about you."),
        staff=("投诉 {number} 有新的通知。", "There is a notice in complaint {number}."),
    ),
    "unreachable": wording(
        complainant=(
            "关于您的投诉 {number}，我们未能联系上您。",
            "We could not reach you about your complaint {number}.",
        ),
        respondent=(
            "针对您的投诉 {number}：未能联系上投诉人。",
            "Complaint {number} about you: the complainant could not be reached.",
        ),
        staff=("投诉 {number}：未能联系上投诉人。", "The complainant of {number} could not be reached."),
    ),
}
