"""Faulty policies: a small good one, each with one fault, and the path at which it is reported."""

from __future__ import annotations

import copy
from typing import Any

GOOD: dict[str, Any] = {
    "language": 1,
    "name": "好",
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-12:00", "13:30-18:00"]}},
    "people": {"ann": "安", "bob": "鲍"},
    "tiers": [{"roles": "ann"}, {"roles": "bob", "within": "1 working day"}],
    "intake": {
        "channels": ["phone", "letter"],
        "categories": {"kind": ["goods", "service"]},
        "facts": {
            "content": "required",
            "size": {"zh": "大小", "kind": "choice", "choices": ["s", "l"], "required": True},
            "when": {"zh": "何时", "kind": "time"},
        },
        "conditions": {"ours": {"zh": "属于"}},
        "refusals": {"late": {"zh": "超期"}},
        "limitation": {"within": "2 days", "latest": "when"},
        "tells": "ann",
    },
    "severity": {"classes": ["low", "high"], "ageing": {"after": "1 month", "until": "decided", "to": "high"}},
    "fields": {"who": {"zh": "谁"}, "until": {"zh": "何时", "kind": "time"}, "amount": {"zh": "数", "kind": "number"}},
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
                "takes": "amount",
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
        "promised": {"from": "promised", "until": "decided", "stated": "until", "missed": "record"},
    },
    "tasks": {"report": {"zh": "报告", "on": "classified", "for": "bob", "within": "1 working day", "needs": "amount"}},
    "wording": {"result": {"zh": "{number} 已有结果", "en": "{number} is decided"}},
}
GONE = object()
"""In place of a value: the key is left out."""
DECISION = ("clocks", "decision")
OPEN = ("stages", "open", "acts")

FAULTS: dict[str, tuple[str, Any, tuple[str | int, ...]]] = {
    "no language": ("language", GONE, ()),
    "a language to come": ("language", 2, ("language",)),
    "an unknown part": ("extras", {}, ()),
    "an unknown part of a stage's act": ("stages/open/decide/colour", "red", ("stages",)),
    "a time zone that is none": ("calendar/timezone", "Asia/Atlantis", ("calendar", "timezone")),
    "hours that end before they begin": ("calendar/hours/mon-fri", ["12:00-09:00"], ("calendar", "hours")),
    "a reserved role": ("people/owner", "主", ("people", "owner")),
    "a tier with nobody on it": ("tiers/0/roles", [], ("tiers", 0, "roles")),
    "a tier of an unknown role": ("tiers/1/roles", "eve", ("tiers", 1, "roles")),
    "a tier's limit that is none": ("tiers/1/within", "soon", ("tiers", 1, "within")),
    "no channel": ("intake/channels", [], ("intake", "channels")),
    "a first stage that is none": ("intake/first", "limbo", ("intake", "first")),
    "a choice without choices": ("intake/facts/size/choices", [], ("intake", "facts", "size", "choices")),
    "a fact required on no channel": ("intake/facts/when/required", ["fax"], ("intake", "facts", "when", "required")),
    "a ground on a condition that is none": (
        "intake/refusals/late/when",
        {"moon": "full"},
        ("intake", "refusals", "late", "when", "moon"),
    ),
    "a ground that needs no field": ("intake/refusals/late/needs", "stars", ("intake", "refusals", "late", "needs")),
    "a limitation that is none": ("intake/limitation/within", "2 moons", ("intake", "limitation", "within")),
    "a limitation from a text": ("intake/limitation/latest", "content", ("intake", "limitation", "latest")),
    "a limitation from a private time": ("intake/facts/when/holder", "internal", ("intake", "limitation", "latest")),
    "telling nobody that exists": ("intake/tells", "eve", ("intake", "tells", 0, "to")),
    "a fact named like the stage": ("intake/facts/stage", "optional", ("intake", "facts", "stage")),
    "a category named like the channel": ("intake/categories/channel", ["x"], ("intake", "categories", "channel")),
    "an ageing into no class": ("severity/ageing/to", "worst", ("severity", "ageing", 0, "to")),
    "an ageing until no event": ("severity/ageing/until", "doomsday", ("severity", "ageing", 0, "until")),
    "an ageing limit that is none": ("severity/ageing/after", "a while", ("severity", "ageing", 0, "after")),
    "a field with a reserved name": ("fields/approvers", {"zh": "x"}, ("fields", "approvers")),
    "a private field that names people": ("fields/who/holder", "internal", ("fields", "who", "holder")),
    "an act that the language has not": ("stages/open/dance", {"by": "ann", "to": "end"}, (*OPEN, "dance")),
    "an act of the language itself": ("stages/open/approve", {"by": "ann", "to": "end"}, (*OPEN, "approve")),
    "an act that nobody may do": ("stages/open/decide/by", [], (*OPEN, "decide", "by")),
    "an act by an unknown role": ("stages/open/decide/by", "eve", (*OPEN, "decide", "by")),
    "an act that leads nowhere": ("stages/open/decide/to", "limbo", (*OPEN, "decide", "to")),
    "an act after no event": ("stages/open/decide/after", "sunset", (*OPEN, "decide", "after")),
    "an assignment to no role": ("stages/open/assign/assigns", {"eve": "who"}, (*OPEN, "assign", "assigns")),
    "an assignment by a field that is not asked": (
        "stages/open/assign/assigns",
        {"ann": "amount"},
        (*OPEN, "assign", "assigns"),
    ),
    "an approval by an unknown role": ("stages/open/decide/approval/by", "eve", (*OPEN, "decide", "approval", "by")),
    "a condition with a value that is none": (
        "stages/open/decide/approval/when",
        {"severity": "huge"},
        (*OPEN, "decide", "approval", "when", "severity"),
    ),
    "a wording that is none": ("stages/open/decide/tells/wording", "song", (*OPEN, "decide", "tells", 0, "wording")),
    "a flag named like the class": (
        "stages/open/decide/sets",
        {"severity": "low"},
        (*OPEN, "decide", "sets", "severity"),
    ),
    "a refusal without grounds": ("intake/refusals", {}, ("stages", "registered", "acts", "refuse")),
    "a refusal that names no ground": (
        "stages/registered/refuse/needs",
        [],
        ("stages", "registered", "acts", "refuse", "needs"),
    ),
    "classes, but none of them": ("severity/classes", [], ("stages", "registered", "acts", "classify", "needs")),
    "a stage that nobody can leave": ("stages/open/decide/to", GONE, ("stages", "open")),
    "a clock that nothing starts": ("clocks/decision/from", [], (*DECISION, "from")),
    "a clock that nothing stops": ("clocks/decision/until", [], (*DECISION, "until")),
    "a clock started by no event": ("clocks/decision/from", "dawn", (*DECISION, "from", 0)),
    "a clock started by what cannot happen": ("clocks/decision/from", "forwarded", (*DECISION, "from", 0)),
    "a clock stopped by a miss": ("clocks/decision/until", "missed", (*DECISION, "until", 0)),
    "a limit that is none": ("clocks/decision/within/0/limit", "5 banking days", (*DECISION, "within", 0, "limit")),
    "a limit for a value that is none": (
        "clocks/decision/within/0/when",
        {"severity": "tiny"},
        (*DECISION, "within", 0, "when", "severity"),
    ),
    "no limit for a case": ("clocks/decision/within/1", GONE, (*DECISION, "within")),
    "no limit where there is no category": (
        "clocks/decision/within",
        [{"when": {"kind": ["goods", "service"]}, "limit": "1 day"}],
        (*DECISION, "within"),
    ),
    "two limits for a case": ("clocks/decision/within/0/when", {}, (*DECISION, "within")),
    "a warning that is none": ("clocks/decision/warn", ["at noon"], (*DECISION, "warn", 0)),
    "a pause in no stage": ("clocks/decision/paused_in", "limbo", (*DECISION, "paused_in")),
    "surviving no event": ("clocks/decision/survives", "the flood", (*DECISION, "survives")),
    "neither limit nor stated time": ("clocks/promised/stated", GONE, ("clocks", "promised")),
    "both limit and stated time": ("clocks/promised/within", "1 day", ("clocks", "promised")),
    "a time stated by a number": ("clocks/promised/stated", "amount", ("clocks", "promised", "stated")),
    "an escalation without tiers": ("tiers", [], (*DECISION, "missed")),
    "a task named like a clock": (
        "tasks/decision",
        {"zh": "x", "on": "classified", "for": "bob"},
        ("tasks", "decision"),
    ),
    "a task of an unknown role": ("tasks/report/for", "eve", ("tasks", "report", "role")),
    "a task opened by what cannot happen": ("tasks/report/on", "forwarded", ("tasks", "report", "on", 0)),
    "a task's limit that is none": ("tasks/report/within", "soon", ("tasks", "report", "within")),
    "a placeholder that is none": ("wording/result/en", "{nmuber}", ("wording", "result", "en")),
}
"""What is wrong: the place in the short form, what is put there, and the path in the full form that is named."""


def faulty(place: str, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(GOOD)
    *way, last = (int(step) if step.isdigit() else step for step in place.split("/"))
    holder: Any = document
    for step in way:
        holder = holder[step]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return document
