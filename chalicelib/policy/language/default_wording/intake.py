"""Texts about the intake of a complaint: registered, accepted or refused, classified, passed on."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "registered": wording(
        complainant=("您的投诉 {number} 已登记。", "Your complaint {number} is registered."),
        respondent=("针对您的投诉 {number} 已登记。", "Complaint {number} about you is registered."),
        staff=("投诉 {number} 已登记。", "Complaint {number} is registered."),
    ),
    "supplemented": wording(
        complainant=("您的投诉 {number} 已补充材料。", "Your complaint {number} has been supplemented."),
        respondent=("针对您的投诉 {number} 已补充材料。", "Complaint {number} about you has been supplemented."),
        staff=("投诉 {number} 已补充材料。", "Complaint {number} has been supplemented."),
    ),
    "accepted": wording(
        complainant=("您的投诉 {number} 已受理。", "Your complaint {number} is accepted."),
        respondent=("针对您的投诉 {number} 已受理。", "Complaint {number} about you is accepted."),
        staff=("投诉 {number} 已受理。", "Complaint {number} is accepted."),
    ),
    "refused": wording(
        complainant=(
            "您的投诉 {number} 不予受理[，理由：{outcome}]。",
            "Your complaint {number} is refused[; the ground: {outcome}].",
        ),
        respondent=(
            "针对您的投诉 {number} 不予受理[，理由：{outcome}]。",
            "Complaint {number} about you is refused[; the ground: {outcome}].",
        ),
        staff=(
            "投诉 {number} 不予受理[，理由：{outcome}]。",
            "Complaint {number} is refused[; the ground: {outcome}].",
        ),
    ),
    "transferred": wording(
        complainant=(
            "您的投诉 {number} 已转送其他机构。",
            "Your complaint {number} has been transferred to another body.",
        ),
        respondent=(
            "针对您的投诉 {number} 已转送其他机构。",
            "Complaint {number} about you has been transferred to another body.",
        ),
        staff=("投诉 {number} 已转送其他机构。", "Complaint {number} has been transferred to another body."),
    ),
    "classified": wording(
        complainant=("您的投诉 {number} 的类别已确定。", "Your complaint {number} has been classified."),
        respondent=("针对您的投诉 {number} 的类别已确定。", "Complaint {number} about you has been classified."),
        staff=("投诉 {number} 的类别已变更。", "Complaint {number} has been classified."),
    ),
    "reclassified": wording(
        complainant=(
            "您的投诉 {number} 因时间较长，已自动升级类别。",
            "Your complaint {number} has become more urgent with time and was put in a higher class.",
        ),
        respondent=(
            "针对您的投诉 {number} 因时间较长，已自动升级类别。",
            "Complaint {number} about you has become more urgent with time and was put in a higher class.",
        ),
        staff=("投诉 {number} 已自动升级类别。", "Complaint {number} has been reclassified by itself."),
    ),
    "assigned": wording(
        complainant=("您的投诉 {number} 已指派承办人。", "Your complaint {number} has been assigned to a person."),
        respondent=("投诉 {number} 已指派给您。", "Complaint {number} is assigned to you."),
        staff=("投诉 {number} 已指派给您。", "Complaint {number} is assigned to you."),
    ),
    "forwarded": wording(
        complainant=("您的投诉 {number} 已转交承办部门。", "Your complaint {number} has been forwarded."),
        respondent=(
            "针对您的投诉 {number} 已送达，请处理。",
            "Complaint {number} about you has been forwarded to you.",
        ),
        staff=("投诉 {number} 已送达，请处理。", "Complaint {number} has been forwarded to you."),
    ),
}
