"""P1 `platform`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step
from tests.clauses.offices.marketplace import ASKED_FOR

ACCEPTED = {
    "complainant": ["您的投诉 {} 已受理，我们将于 2026年12月2日（周三）18:00 前作出处理决定，并将处理结果告知您。"],
    "handler": ["投诉 {} 已受理并指派，请作为责任方迅速处理，处理决定应于 2026年12月2日（周三）18:00 前作出。"],
}
ACCEPT = Step(
    "screener",
    "accept",
    {"responsible": "@handler"},
    "investigating",
    ACCEPTED,
)
LAPSED = {"handler": ["投诉 {} 的举证期限已过，未收到投诉人提交的证据。"]}
"""The complainant gave no evidence after the filing."""
WAIT = Step("complainant", "wait", {"until": "2026-11-28T09:00:00+08:00"}, "investigating", LAPSED)
DECIDE = Step(
    "handler",
    "decide",
    {"opinion": "商家退款。", "outcome": "upheld", "sanctions": "penalty"},
    "decided",
    {
        "complainant": ["您的投诉 {} 已作出处理决定：投诉成立。"],
        "seller": ["针对您的投诉 {} 经核实成立，现对您给予处罚。"],
    },
)
HEARD_OUT = {"handler": ["投诉 {} 给予被投诉方提出异议的时间已过，请继续办理。"]}
MOVED = {"complainant": ["您的投诉 {} 的期限有变动。"]}
"""The complainant was told until when the complaint is decided; the time to object does not count (X.2)."""
RECORD = [
    Step(
        "handler",
        "receive_evidence",
        {"received": "发货单。"},
        "hearing",
        {
            "seller": [
                "针对您的投诉 {}，承办人员已代为记录您的答复和证据材料，您无需另行提交。"
                "如有异议，请您于 2026年12月1日（周二）18:00 前提出。"
            ]
        },
    ),
    Step("complainant", "wait", {"until": "2026-12-01T18:00:00+08:00"}, "investigating", {**MOVED, **HEARD_OUT}),
]
"""What staff record in the respondent's place, and the time to object."""
PASS_ON = {"handler": ["投诉 {} 的被投诉方不在系统内，请将举证链接转交被投诉方，并告知其应在记录后两个工作日内答复。"]}
ASK_OUTSIDE = [
    Step(
        "handler", "demand_evidence", {**ASKED_FOR, "asked_how": "电话。", "contact": "reached"}, "inquiring", PASS_ON
    ),
    Step(
        "complainant",
        "wait",
        {"until": "2026-12-01T18:00:00+08:00"},
        "inquiring",
        {
            "handler": [
                "投诉 {} 的举证期限已过，未收到投诉人提交的证据。",
                "投诉 {} 即将到期，请于2026年12月2日（周三）18:00前（北京时间）完成。",
                "投诉 {} 的举证期限已过，尚无被投诉方答复的记录。如已收到或后续收到答复，请登记。",
            ],
            "screener": ["投诉 {} 即将到期，请于2026年12月2日（周三）18:00前（北京时间）完成。"],
        },
    ),
]
FILE = Step(
    "complainant",
    "file",
    {"unit": "seller"},
    "registered",
    {
        "complainant": [
            "您的投诉 {} 已登记，我们将于 2026年11月28日（周六）09:00 前完成初步审核，并告知您是否受理。",
            "为核实您的投诉 {}，需要您提供证据，请您于2026年11月28日（周六）09:00前（北京时间）提交。",
        ],
        "screener": ["投诉 {} 已登记，请于 2026年11月28日（周六）09:00 前完成初步审核。"],
    },
)
CLOSED = {"archivist": ["投诉 {} 已结案，请归档。"], "complainant": ["您的投诉 {} 已结案。"]}
AGAIN_BY = (
    "您的投诉 {} 现予复核，由未参与原处理决定的人员办理，我们将于 2026年12月4日（周五）18:00 前将复核结果告知您。"
)
AGAIN = [
    Step(
        "director",
        "reopen",
        {"reason": "新证据。", "responsible": "@second"},
        "re_examining",
        {
            "complainant": [AGAIN_BY],
            "handler": ["投诉 {} 已改由其他人员承办，请知悉，无需继续办理。"],
            "second": ["投诉 {} 需要复核，现已指派，请作为责任方迅速处理。"],
            "seller": ["针对您的投诉 {} 现予复核，由未参与原处理决定的人员办理。"],
        },
    ),
    Step("second", "classify", {"severity": "general"}, "re_examining", {}),
    Step(
        "second",
        "demand_evidence",
        {**ASKED_FOR, "of": "respondent", "kinds": ["screenshot"]},
        "re_examining",
        {"seller": ["为核实针对您的投诉 {}，需要您提供证据，请您于2026年12月3日（周四）18:00前（北京时间）提交。"]},
    ),
    Step(
        "second",
        "receive_evidence",
        {"received": "发货单。"},
        "re_hearing",
        {
            "seller": [
                "针对您的投诉 {}，承办人员已代为记录您的答复和证据材料，您无需另行提交。"
                "如有异议，请您于 2026年12月3日（周四）18:00 前提出。"
            ]
        },
    ),
    Step(
        "seller",
        "object",
        {"objection": "不是本店的。"},
        "re_examining",
        {"second": ["投诉 {} 的被投诉方对所作记录提出异议，请予核实。"]},
    ),
    Step("second", "inspect", {"findings": "不实。", "done_at": "2026-11-27T10:00:00+08:00"}, "re_examining", {}),
    Step(
        "second",
        "decide",
        {"opinion": "证据不足。", "outcome": "not_upheld"},
        "now_not_upheld",
        {
            "complainant": ["您的投诉 {} 的复核已完成：复核认定投诉不成立。"],
            "director": ["投诉 {} 的复核已完成：复核认定投诉不成立。"],
            "seller": ["针对您的投诉 {} 的复核已完成：复核认定投诉不成立。"],
        },
    ),
    Step(
        "complainant",
        "wait",
        {"until": "2026-12-01T18:01:00+08:00"},
        "now_not_upheld",
        {
            "complainant": ["现告知您：投诉 {} 经复核不成立，原处理决定作出的处罚予以解除。"],
            "seller": ["现告知您：投诉 {} 经复核不成立，原处理决定作出的处罚予以解除。"],
        },
    ),
    Step("second", "notify", {"told_how": "电话告知。"}, "now_not_upheld", {}),
    Step("second", "close", {"summary": "改判。", "summary_for_public": "改判。"}, "closed", CLOSED),
    Step("archivist", "archive", {}, "archived", {}),
]
"""The re-examination of an upheld complaint, which changes the outcome."""
AGAIN_ELSEWHERE = [
    Step("handler", "notify", {"told_how": "挂号信。"}, "decided", {}),
    Step("handler", "close", {"summary": "已警告。"}, "closed", CLOSED),
    Step("archivist", "archive", {}, "archived", {}),
    Step(
        "director",
        "reopen",
        {"reason": "新证据。", "responsible": "@second"},
        "re_inquiring",
        {
            "complainant": [AGAIN_BY],
            "handler": ["投诉 {} 已改由其他人员承办，请知悉，无需继续办理。"],
            "second": ["投诉 {} 需要复核，现已指派，请作为责任方迅速处理。"],
        },
    ),
    Step("screener", "classify", {"severity": "general"}, "re_inquiring", {}),
    Step(
        "second",
        "demand_evidence",
        {**ASKED_FOR, "asked_how": "电话。", "contact": "reached", "done_at": "2026-11-27T10:00:00+08:00"},
        "re_inquiring",
        {"second": PASS_ON["handler"]},
    ),
    Step("second", "receive_evidence", {"received": "发货单。", "told_back": "电话。"}, "re_hearing_outside", {}),
    Step(
        "complainant",
        "wait",
        {"until": "2026-12-03T18:00:00+08:00"},
        "re_inquiring",
        {**MOVED, "second": HEARD_OUT["handler"]},
    ),
    Step("second", "inspect", {"findings": "属实。"}, "re_inquiring", {}),
    Step(
        "second",
        "decide",
        {"opinion": "商家退款。", "outcome": "upheld", "sanctions": "warning"},
        "outcome_kept",
        {
            "complainant": ["您的投诉 {} 的复核已完成：复核维持原结论。"],
            "director": ["投诉 {} 的复核已完成：复核维持原结论。"],
        },
    ),
    Step("second", "close", {"summary": "维持。", "told_how": "挂号信。"}, "closed", CLOSED),
    Step("archivist", "archive", {}, "archived", {}),
]
"""The end of the handling of an upheld complaint, and its re-examination, which keeps the outcome."""
