"""Texts of the public register."""

from __future__ import annotations

TEXTS = {
    "register.title": ("公示", "Public register"),
    "register.lead": (
        "本单位公示的投诉处理情况，最新的在前。公示不含当事人的姓名等个人信息。",
        "What the organisation publishes about its complaints, newest first. It names no parties.",
    ),
    "register.notice": ("投诉公示", "Notice about a complaint"),
    "register.result": ("投诉处理结果", "Result of a complaint"),
    "register.kind": ("公示的种类", "Kind"),
    "register.outcome": ("处理结果", "Outcome"),
    "register.all": ("全部", "All"),
    "register.filter": ("筛选", "Filter"),
    "register.from": ("公示日期，从", "Published from"),
    "register.to": ("公示日期，到", "Published until"),
    "register.day": ("请填写日期，例如 2026-11-27", "Enter a day, for example 2026-11-27"),
    "register.show": ("显示", "Show"),
    "register.reset": ("清除筛选", "Clear the filter"),
    "register.published": ("公示日期：{day}", "Published on {day}"),
    "register.corrected": ("已于 {day} 更正", "Corrected on {day}"),
    "register.withdrawn": ("已于 {day} 撤销公示：", "Withdrawn on {day}:"),
    "register.corrections": ("更正记录", "Corrections"),
    "register.field": ("项目", "Field"),
    "register.was": ("更正前", "Before"),
    "register.now": ("更正后", "After"),
    "register.concealed": ("（不再公开）", "(no longer shown)"),
    "register.removed": ("（已删除）", "(removed)"),
    "register.more": ("更早的公示", "Earlier notices"),
    "register.none": ("还没有公示。", "Nothing has been published yet."),
    "register.no_match": ("没有符合条件的公示。", "No notice fits the filter."),
    "register.none_left": ("这一页没有公示。", "There are no notices on this page."),
    "register.off": ("本单位的制度没有规定公示。", "The procedure of this organisation publishes nothing."),
    "register.feed": ("订阅公示（Atom）", "Subscribe to the register (Atom)"),
    "register.proof": (
        "案卷中记录的内容摘要（SHA-256）：",
        "The digest of this content on the case's record (SHA-256):",
    ),
    "org.register": ("查看公示", "Public register"),
    "org.register_how": ("本单位公示的投诉处理结果。", "What the organisation publishes about complaints."),
    "org.report": ("举报投诉处理部门或人员", "Report the complaints office"),
    "org.report_how": (
        "由没有参与办理的监督人员处理，可以匿名。",
        "Independent supervisors handle it. You can stay anonymous.",
    ),
}
