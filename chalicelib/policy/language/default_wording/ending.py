"""Texts about the end of a complaint, its reopening, publication and switch to another version."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "closed": wording(
        topic=("已结案", "closed"),
        complainant=("您的投诉 {number} 已结案[：{outcome}]。", "Your complaint {number} is closed[: {outcome}]."),
        respondent=(
            "针对您的投诉 {number} 已结案[：{outcome}]。",
            "Complaint {number} about you is closed[: {outcome}].",
        ),
        staff=("投诉 {number} 已结案[：{outcome}]。", "Complaint {number} is closed[: {outcome}]."),
    ),
    "archived": wording(
        topic=("已归档", "archived"),
        complainant=("您的投诉 {number} 已归档。", "Your complaint {number} is archived."),
        respondent=("针对您的投诉 {number} 已归档。", "Complaint {number} about you is archived."),
        staff=("投诉 {number} 已归档。", "Complaint {number} is archived."),
    ),
    "reopened": wording(
        topic=("现重新处理", "reopened"),
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
        topic=("已撤回", "withdrawn"),
        complainant=("您的投诉 {number} 已撤回。", "Your complaint {number} is withdrawn."),
        respondent=("针对您的投诉 {number} 已撤回。", "Complaint {number} about you is withdrawn."),
        staff=("投诉 {number} 已撤回。", "Complaint {number} is withdrawn."),
    ),
    "notice_prepared": wording(
        topic=("办理情况拟公示", "publication planned"),
        complainant=(
            "您的投诉 {number} 的办理情况拟公示。请您查看拟公示的内容，并告知是否同意。",
            "The handling of your complaint {number} is to be published. Please look at the text and say whether you "
            "agree.",
        ),
        respondent=(
            "针对您的投诉 {number} 的办理情况拟公示。请您查看拟公示的内容[，如有异议请于{by}提出]。",
            "The handling of complaint {number} about you is to be published. Please look at the text[ and object {by} "
            "if you disagree].",
        ),
        staff=(
            "投诉 {number} 的办理情况拟公示，请查看拟公示的内容，批准或退回。",
            "The handling of complaint {number} is to be published. Please look at the text, and approve or reject it.",
        ),
    ),
    "notice_changed": wording(
        topic=("拟公示的内容有修改", "text for publication changed"),
        complainant=(
            "您的投诉 {number} 拟公示的内容有修改，您此前的意见不再有效。请您对照修改前后的内容，重新告知是否同意。",
            "The text that is to be published about your complaint {number} has changed, so an earlier answer does not "
            "count. Please compare the texts and say again whether you agree.",
        ),
        respondent=(
            "针对您的投诉 {number} 拟公示的内容有修改。请您对照修改前后的内容[，如有异议请于{by}提出]。",
            "The text that is to be published about complaint {number} about you has changed. Please compare the texts"
            "[ and object {by} if you disagree].",
        ),
        staff=(
            "投诉 {number} 拟公示的内容有修改，正在重新征求当事人意见。",
            "The text that is to be published about complaint {number} has changed. The parties are asked again.",
        ),
    ),
    "notice_objected": wording(
        topic=("对公示有异议", "objection to the publication"),
        complainant=(
            "对您的投诉 {number} 拟公示的内容有异议。",
            "There is an objection to the publication of your complaint {number}.",
        ),
        respondent=(
            "对针对您的投诉 {number} 拟公示的内容有异议。",
            "There is an objection to the publication of complaint {number} about you.",
        ),
        staff=(
            "对投诉 {number} 拟公示的内容有异议，请处理。",
            "There is an objection to the publication of complaint {number}. Please decide about it.",
        ),
    ),
    "notice_recorded_for_you": wording(
        topic=("公示意见已代为登记", "statement recorded"),
        complainant=(
            "您的投诉 {number}：我们已代您登记对公示的意见。如非您的本意，请尽快与我们联系。",
            "Your complaint {number}: we have recorded on your behalf what you say about its publication. "
            "If you did not say so, please tell us.",
        ),
        respondent=(
            "针对您的投诉 {number}：已代投诉人登记其对公示的意见。",
            "Complaint {number} about you: the complainant's answer about its publication has been recorded.",
        ),
        staff=(
            "投诉 {number}：已代投诉人登记其对公示的意见。",
            "Complaint {number}: the complainant's answer about its publication has been recorded.",
        ),
    ),
    "published": wording(
        topic=("办理情况已公示", "published"),
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
        topic=("已撤销公示", "no longer published"),
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
        topic=("改按新版制度办理", "new version of the procedure"),
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
