"""Texts of the published figures."""

from __future__ import annotations

TEXTS = {
    "figures.title": ("公布的统计数据", "Published figures"),
    "figures.period": ("{first}至{last}", "{first} to {last}"),
    "figures.none": ("还没有公布统计数据。", "No figures have been published yet."),
    "figures.off": ("本单位的制度没有规定公布统计数据。", "The procedure of this organisation publishes no figures."),
    "figures.corrected": ("有更正", "corrected"),
    "figures.corrects": ("第 {edition} 版，更正了上一版：{why}", "Edition {edition} corrects the one before it: {why}"),
    "figures.left_out": (
        "为保护个人信息，较小的数目（1 至 9）以及可以推算出它们的数目不公布，以“–”表示。",
        "To protect people, small counts (1 to 9) and counts from which they follow are left out (–).",
    ),
    "figures.hidden": ("–", "–"),
    "figures.proof": (
        "单位自身记录中的内容摘要（SHA-256）：",
        "The digest of these figures on the organisation's record (SHA-256):",
    ),
    "figures.total": ("合计", "Total"),
    "figures.by_channel": ("按投诉渠道", "By channel"),
    "figures.by_week": ("按周", "By week"),
    "figures.by_category": ("按类别", "By category"),
    "figures.rate": ("按时率", "In time"),
    "figures.meaning": ("指标说明（英文）", "What is counted"),
    "figures.data": ("数据（JSON 或 CSV）", "The data (JSON or CSV)"),
    "org.figures": ("查看统计数据", "Published figures"),
    "org.figures_how": (
        "收到的投诉数量和按时办结情况。",
        "How many complaints there were, and how many were handled in time.",
    ),
}
