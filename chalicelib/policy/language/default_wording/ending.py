"""Texts about the end of a complaint, its reopening, publication and switch to another version."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "closed": wording(
        complainant=("您的投诉 {number} 已结案[：{outcome}]。", "Your complaint {number} is closed[: {outcome}]."),
        respondent=(
            "针对您的投诉 {number} 已结案[：{outcome}]。",
            "Complaint {number} about you is closed[: {outcome}].",
        ),
        staff=("投诉 {number} 已结案[：{outcome}]。", "Complaint {number} is closed[: {outcome}]."),
    ),
    "archived": wording(
        complainant=("您的投诉 {number} 已归档。", "Your complaint {number} is archived."),
        respondent=("针对您的投诉 {number} 已归档。", "Complaint {number} about you is archived."),
        staff=("投诉 {number} 已归档。", "Complaint {number} is archived."),
    ),
    "reopened": wording(
        complainant=(
            "您的投诉 {number} 现重新处理。",
            "Your complaint {number} has been reopened.",
        ),
        respondent=(
            "针对您的投诉 {number} 现重新处理。",
            "Complaint {number} about you has been reopened.",
        ),
        staff=(
            "投诉 {number} 现重新处理[，最近的期限：{until}]。",
            "Complaint {number} has been reopened[; the next step is due {until}].",
        ),
    ),
    "withdrawn": wording(
        complainant=("您的投诉 {number} 已撤回。", "Your complaint {number} is withdrawn."),
        respondent=("针对您的投诉 {number} 已撤回。", "Complaint {number} about you is withdrawn."),
        staff=("投诉 {number} 已撤回。", "Complaint {number} is withdrawn."),
    ),
    "published": wording(
        complainant=(
            "您的投诉 {number} 的办理情况已公示。",
            "The handling of your complaint {number} has been published.",
        ),
        respondent=(
            "针对您的投诉 {number} 的办理情况已公示。",
            "The handling of complaint {number} about you has been published.",
        ),
        staff=("投诉 {number} 的办理情况已公示。", "The handling of complaint {number} has been published."),
    ),
    "unpublished": wording(
        complainant=(
            "您的投诉 {number} 的办理情况已撤销公示。",
            "The handling of your complaint {number} is no longer published.",
        ),
        respondent=(
            "针对您的投诉 {number} 的办理情况已撤销公示。",
            "The handling of complaint {number} about you is no longer published.",
        ),
        staff=("投诉 {number} 的办理情况已撤销公示。", "The handling of complaint {number} is no longer published."),
    ),
    "switched": wording(
        complainant=(
            "您的投诉 {number} 现改按新版制度办理[，期限：{by}]。",
            "Your complaint {number} now follows the new version of our procedure[; it is due {by}].",
        ),
        respondent=(
            "针对您的投诉 {number} 现改按新版制度办理[，期限：{by}]。",
            "Complaint {number} about you now follows the new version of the procedure[; it is due {by}].",
        ),
        staff=(
            "投诉 {number} 现改按新版制度办理[，期限：{by}]。",
            "Complaint {number} now follows the new version of the procedure[; it is due {by}].",
        ),
    ),
}
