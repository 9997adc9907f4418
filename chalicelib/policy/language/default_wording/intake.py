"""Texts about the intake of a complaint: registered, accepted or refused, classified, passed on."""

from chalicelib.policy.language.default_wording.reader_wording import Texts, wording

_ASSIGNED: dict[str, Texts] = {
    "topic": ("已指派承办人", "assigned"),
    "complainant": (
        "您的投诉 {number} 已指派承办人。",
        "Your complaint {number} has been assigned to a person who handles it.",
    ),
    "respondent": (
        "针对您的投诉 {number} 已指派承办人。",
        "Complaint {number} about you has been assigned to a person who handles it.",
    ),
}
"""For parties: also if the message to staff is for others than those to whom it is assigned."""
TEXTS = {
    "registered": wording(
        topic=("已登记", "registered"),
        complainant=("您的投诉 {number} 已登记。", "Your complaint {number} is registered."),
        respondent=("针对您的投诉 {number} 已登记。", "Complaint {number} about you is registered."),
        staff=("投诉 {number} 已登记。", "Complaint {number} is registered."),
    ),
    "supplemented": wording(
        topic=("已补充材料", "more information"),
        complainant=("您的投诉 {number} 已补充材料。", "More information has been added to your complaint {number}."),
        respondent=(
            "针对您的投诉 {number} 已补充材料。",
            "More information has been added to complaint {number} about you.",
        ),
        staff=("投诉 {number} 已补充材料。", "More information has been added to complaint {number}."),
    ),
    "accepted": wording(
        topic=("已受理", "accepted"),
        complainant=("您的投诉 {number} 已受理。", "Your complaint {number} is accepted."),
        respondent=("针对您的投诉 {number} 已受理。", "Complaint {number} about you is accepted."),
        staff=("投诉 {number} 已受理。", "Complaint {number} is accepted."),
    ),
    "refused": wording(
        topic=("不予受理", "refused"),
        complainant=(
            "您的投诉 {number} 不予受理[，理由：{outcome}]。",
            "Your complaint {number} has been refused[ on this ground: {outcome}].",
        ),
        respondent=(
            "针对您的投诉 {number} 不予受理[，理由：{outcome}]。",
            "Complaint {number} about you has been refused[ on this ground: {outcome}].",
        ),
        staff=(
            "投诉 {number} 不予受理[，理由：{outcome}]。",
            "Complaint {number} has been refused[ on this ground: {outcome}].",
        ),
    ),
    "transferred": wording(
        topic=("已转送其他机构", "transferred to another body"),
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
        topic=("类别已确定", "classified"),
        complainant=("您的投诉 {number} 的类别已确定。", "Your complaint {number} has been classified."),
        respondent=("针对您的投诉 {number} 的类别已确定。", "Complaint {number} about you has been classified."),
        staff=("投诉 {number} 的类别已确定。", "Complaint {number} has been classified."),
    ),
    "reclassified": wording(
        topic=("类别已调高", "in a higher class"),
        complainant=(
            "您的投诉 {number} 因办理时间较长，已自动调高类别。",
            "Your complaint {number} has been open for a long time and is now in a higher class.",
        ),
        respondent=(
            "针对您的投诉 {number} 因办理时间较长，已自动调高类别。",
            "Complaint {number} about you has been open for a long time and is now in a higher class.",
        ),
        staff=(
            "投诉 {number} 因办理时间较长，已自动调高类别。",
            "Complaint {number} has been open for a long time and is now in a higher class.",
        ),
    ),
    "assigned": wording(  # to people: those to whom it is assigned
        **_ASSIGNED,
        staff=(
            "投诉 {number} 已指派，请承办[；因有人回避，以下工作须重新进行：{repeat}]。",
            "Complaint {number} is assigned to you[; because a person has withdrawn, please repeat: {repeat}].",
        ),
    ),
    "assigned_to_others": wording(  # to a role
        **_ASSIGNED,
        staff=(
            "投诉 {number} 已完成指派，请知悉[；因有人回避，以下工作须重新进行：{repeat}]。",
            "For your information: complaint {number} has been assigned to a person who handles it[; because a person "
            "has withdrawn, this is to be repeated: {repeat}].",
        ),
    ),
    "assigned_without_work": wording(
        topic=("已指派承办人", "assigned"),
        complainant=(
            "您的投诉 {number} 已另行指派承办人。",
            "Your complaint {number} has been assigned to another person.",
        ),
        respondent=(
            "针对您的投诉 {number} 已另行指派承办人。",
            "Complaint {number} about you has been assigned to another person.",
        ),
        staff=(
            "投诉 {number} 已指派至名下，目前无须办理。",
            "Complaint {number} is assigned to you. There is nothing for you to do in it at present.",
        ),
    ),
    "forwarded": wording(
        topic=("已转交", "forwarded"),
        complainant=(
            "您的投诉 {number} 已转交承办部门。",
            "Your complaint {number} has been forwarded to the department that handles it.",
        ),
        respondent=(
            "针对您的投诉 {number} 已送达，请您处理。",
            "Complaint {number} about you has been forwarded to you. Please handle it.",
        ),
        staff=("投诉 {number} 已送达，请处理。", "Complaint {number} has been forwarded to you. Please handle it."),
    ),
    "forwarded_without_work": wording(
        topic=("已转交", "forwarded"),
        complainant=("您的投诉 {number} 已转交。", "Your complaint {number} has been forwarded."),
        respondent=("针对您的投诉 {number} 已转交。", "Complaint {number} about you has been forwarded."),
        staff=("投诉 {number} 已转交，请知悉。", "For your information: complaint {number} has been forwarded."),
    ),
}
