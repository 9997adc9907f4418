"""Faulty policies: a small good one, each with one fault, and the path at which it is reported."""

from __future__ import annotations

import json
from typing import Any

GOOD: dict[str, Any] = {
    "language": 1,
    "name": "好",
    "contact": {"phone": "020 7946 0000"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-12:00", "13:30-18:00"]}},
    "people": {"ann": "安", "bob": "鲍"},
    "tiers": [{"roles": "ann"}, {"roles": "bob", "within": "1 working day"}],
    "intake": {
        "channels": ["phone", "letter"],
        "categories": {"kind": ["goods", "service"]},
        "facts": {
            "content": "required",
            "size": {"zh": "大小", "kind": "choice", "choices": ["s", "l"], "required": True},
            "when": {"zh": "何时", "kind": "time", "required": True},
        },
        "conditions": {"ours": {"zh": "属于"}},
        "refusals": {"late": {"zh": "超期"}},
        "limitation": {"within": "2 days", "latest": "when"},
        "tells": "ann",
        "unit": "optional",
    },
    "severity": {"classes": ["low", "high"], "ageing": {"after": "1 month", "until": "decided", "to": "high"}},
    "fields": {
        "who": {"zh": "谁"},
        "until": {"zh": "何时", "kind": "time"},
        "amount": {"zh": "数", "kind": "number"},
        "verdict": {"zh": "是否有效", "kind": "choice", "choices": ["valid", "void"]},
    },
    "stages": {
        "registered": {
            "accept": {"by": "ann", "to": "open", "needs": "conditions"},
            "refuse": {"by": "ann", "to": "end", "needs": "ground"},
            "classify": {"by": "ann", "needs": "severity"},
        },
        "open": {
            "assign": {"by": "bob", "needs": "who", "assigns": {"ann": "who"}, "tells": "assigned"},
            "promise": {"by": "ann", "needs": "until"},
            "decide": {
                "by": {"role": "ann", "of": "assigned"},
                "to": "end",
                "takes": ["amount", "verdict"],
                "after": "assigned",
                "approval": {"by": "bob", "when": {"severity": "high"}},
                "tells": {"to": "complainant", "wording": "result"},
                "sets": {"done": "yes"},
            },
        },
        "end": {},
    },
    "clocks": {
        "decision": {
            "from": "accepted",
            "until": "decided",
            "within": [
                {"when": {"severity": "low"}, "limit": "5 working days"},
                {"when": {"severity": "high"}, "limit": "6 hours"},
            ],
            "warn": ["1 hour before", "80 %"],
        },
        "promised": {"from": "promised", "until": "decided", "stated": "until", "missed": "record", "duty": "office"},
    },
    "tasks": {
        "report": {"zh": "报告", "on": "classified", "for": "bob", "within": "1 working day", "needs": "amount"},
        "letter": {"zh": "书面说明", "on": "classified", "for": "bob"},
        "survey": {"zh": "调研", "on": "classified", "for": "bob"},
    },
    "points": {
        "on": {"decided": {"verdict": "valid"}},
        "values": {"low": 1, "high": 2},
        "window": "1 month",
        "at": [{"reached": 2, "task": "letter"}, {"reached": 5, "task": "survey", "for": "ann"}],
    },
    "retention": {"closed": "5 calendar years"},
    "wording": {"result": {"zh": "{number} 已有结果", "en": "{number} is decided"}},
}
_GOOD = json.dumps(GOOD)
GONE = object()
"""In place of a value: the key is left out."""


def faulty(place: str, value: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_GOOD)  # a copy, in a tenth of the time of `deepcopy`
    *way, last = (int(step) if step.isdigit() else step for step in place.split("/"))
    holder: Any = document
    for step in way:
        holder = holder[step]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return document
