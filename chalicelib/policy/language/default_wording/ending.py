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
        complainant=("您的投诉 {number} 重新处理。", "Your complaint {number} is reopened."),
        respondent=("针对您的投诉 {number} 重新处理。", "Complaint {number} about you is reopened."),
        staff=(
            "投诉 {number} 重新处理[，最近的期限：{until}]。",
            "Complaint {number} is reopened[; the next step is due {until}].",
        ),
    ),
    "withdrawn": wording(
        complainant=("您的投诉 {number} 已撤回。", "Your complaint {number} is withdrawn."),
        respondent=("针对您的投诉 {number} 已撤回。", "Complaint {number} about you is withdrawn."),
        staff=("投诉 {number} 已撤回。", "Complaint {number} is withdrawn."),
    ),
    "published": wording(
        complainant=("您的投诉 {number} 的办理情况已公开。", "Your complaint {number} is published."),
        respondent=("针对您的投诉 {number} 的办理情况已公开。", "Complaint {number} about you is published."),
        staff=("投诉 {number} 已公开。", "Complaint {number} is published."),
    ),
    "unpublished": wording(
        complainant=("您的投诉 {number} 已撤销公开。", "Your complaint {number} is no longer published."),
        respondent=("针对您的投诉 {number} 已撤销公开。", "Complaint {number} about you is no longer published."),
        staff=("投诉 {number} 已撤销公开。", "Complaint {number} is no longer published."),
    ),
    "switched": wording(
        complainant=(
            "您的投诉 {number} 改按新版制度办理[，期限：{by}]。",
            "Your complaint {number} now goes by the new version of our procedure[; due {by}].",
        ),
        respondent=(
            "针对您的投诉 {number} 改按新版制度办理[，期限：{by}]。",
            "Complaint {number} about you now goes by the new version of the procedure[; due {by}].",
        ),
        staff=(
            "投诉 {number} 改按新版制度办理[，期限：{by}]。",
            "Complaint {number} now goes by the new version[; due {by}].",
        ),
    ),
}
