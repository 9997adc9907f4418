"""P1 `platform`: steps that several courses share."""

from __future__ import annotations

from tests.clauses.behaviour.steps import Step

ACCEPT = Step(
    "screener",
    "accept",
    {"responsible": "@handler"},
    "investigating",
    {"complainant": ["您的投诉 {} 已受理。"], "handler": ["投诉 {} 已受理并指派，请作为责任方迅速处理。"]},
)
LAPSED = {"handler": ["投诉 {} 的举证期限已过，未收到投诉人提交的证据。"]}
"""The complainant gave no evidence after the filing."""
WAIT = Step("complainant", "wait", {"until": "2026-11-28T09:00:00+08:00"}, "investigating", LAPSED)
DECIDE = Step(
    "handler",
    "decide",
    {"opinion": "商家退款。", "outcome": "upheld", "sanctions": ["penalty"]},
    "decided",
    {
        "complainant": ["您的投诉 {} 已作出处理决定：投诉成立。"],
        "seller": ["针对您的投诉 {} 经核实成立，如有警告、处罚，请见该投诉的办理记录。"],
    },
)
FILE = Step(
    "complainant",
    "file",
    {"unit": "seller"},
    "registered",
    {
        "complainant": [
            "您的投诉 {} 已登记。",
            "您的投诉 {} 需要您提供证据，请于2026-11-28（周六）09:00前（北京时间）提交。",
        ],
        "screener": ["投诉 {} 已登记。"],
    },
)
CLOSED = {"archivist": ["投诉 {} 已结案。"], "complainant": ["您的投诉 {} 已结案。"]}
AGAIN = [
    Step(
        "director",
        "reopen",
        {"reason": "新证据。", "responsible": "@second"},
        "re_examining",
        {
            "complainant": ["您的投诉 {} 现予复核，由未参与原处理决定的人员办理。"],
            "handler": ["投诉 {} 已改由其他人员承办，请知悉，无需继续办理。"],
            "second": ["投诉 {} 需要复核，现已指派，请作为责任方迅速处理。"],
            "seller": ["针对您的投诉 {} 现予复核，由未参与原处理决定的人员办理。"],
        },
    ),
    Step("second", "classify", {"severity": "general"}, "re_examining", {}),
    Step(
        "second",
        "demand_evidence",
        {"of": "respondent", "kinds": ["screenshot"]},
        "re_examining",
        {"seller": ["针对您的投诉 {} 需要您提供证据，请于2026-12-01（周二）18:00前（北京时间）提交。"]},
    ),
    Step("second", "receive_evidence", {"received": "发货单。"}, "re_examining", {}),
    Step("second", "inspect", {"findings": "不实。", "done_at": "2026-11-27T10:00:00+08:00"}, "re_examining", {}),
    Step(
        "second",
        "decide",
        {"opinion": "证据不足。", "outcome": "not_upheld"},
        "now_not_upheld",
        {
            "complainant": ["您的投诉 {} 的复核已完成：复核认定投诉不成立。"],
            "director": ["投诉 {} 的复核已完成：复核认定投诉不成立。"],
            "seller": ["针对您的投诉 {} 的复核已完成：复核认定投诉不成立。如有警告、处罚，以该投诉的办理记录为准。"],
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
            "complainant": ["您的投诉 {} 现予复核，由未参与原处理决定的人员办理。"],
            "handler": ["投诉 {} 已改由其他人员承办，请知悉，无需继续办理。"],
            "second": ["投诉 {} 需要复核，现已指派，请作为责任方迅速处理。"],
        },
    ),
    Step("screener", "classify", {"severity": "general"}, "re_inquiring", {}),
    Step(
        "second",
        "demand_evidence",
        {"kinds": ["transaction"]},
        "re_inquiring",
        {"second": ["投诉 {} 的被投诉方不在系统内，请将举证链接转交被投诉方，并记录要求举证的方式和答复情况。"]},
    ),
    Step("second", "receive_evidence", {"received": "发货单。"}, "re_inquiring", {}),
    Step("second", "inspect", {"findings": "属实。"}, "re_inquiring", {}),
    Step(
        "second",
        "notify",
        {"asked_how": "电话。", "came_back": "承认。", "done_at": "2026-11-27T10:00:00+08:00"},
        "re_inquiring",
        {
            "owner": ["投诉 {} 的被投诉方无法通过系统联系，要求其提供证据的方式和答复情况已记录。"],
            "second": ["投诉 {} 的被投诉方无法通过系统联系，要求其提供证据的方式和答复情况已记录。"],
        },
    ),
    Step(
        "second",
        "decide",
        {"opinion": "商家退款。", "outcome": "upheld", "sanctions": ["warning"]},
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
