"""A shop whose policy uses one kind wherever a kind can stand, and what its routes and pages answer."""

from __future__ import annotations

from typing import Any

from chalicelib.policy.language.values.fact_kinds import FactKind
from tests.across.made_up.rows import Values

LINES = ["told", "complainant.told", {"shows": "found", "all": True}]


STAGES = {
    "registered": {
        "name": {"en": "Registered"},
        "decide": {"by": "agent", "to": "decided", "needs": ["found"], "tells": "complainant"},
    },
    "decided": {
        "name": {"en": "Decided"},
        "dispute": {"by": "complainant", "to": "registered", "takes": ["reason", "found"], "tells": "agent"},
        "close": {"by": "agent", "to": "closed", "takes": ["found"], "tells": "complainant"},
    },
    "closed": {"name": {"en": "Closed"}},
}


def policy_of(kind: str, row: FactKind, values: Values) -> dict[str, Any]:
    """The kind is that of facts, of fields of acts by people and by time, and of values that conditions compare."""
    fact = {"kind": kind, **(values.more or {})}
    this, other = values.compared or ("", "")
    single = bool(this) and not row.is_list
    return {
        "language": 1,
        "name": {"en": "A shop"},
        "calendar": {"timezone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}},
        "people": {"agent": {"en": "Agent"}},
        "tiers": [{"roles": "agent"}],
        "intake": {
            "channels": {"email": {"en": "E-mail"}},
            "facts": {
                "content": {"en": "What happened", "required": True},
                "told": {"en": "Told to us", **fact, "required": True},
                "complainant.told": {"en": "Told about oneself", **fact},
                "more": {"en": "More", "required": {"when": {"told": other}} if single else False},
            },
            "subject": ["told"],
        },
        "fields": {
            "found": {"en": "Found by us", **fact},
            "reason": {"en": "Reason", "required": {"when": {"found": this}} if single else False},
        },
        "stages": STAGES,
        "clocks": {**_clocks(this, values), **(_FROM_FACT if row.is_time else {})},
        "publicity": {"results": {"on": ["decided", "closed"], "shows": ["channel", *_published(row)]}},
        "forms": {"note": {"en": "Note", "sections": [{"lines": LINES}]}},
        "sample": {"channel": "email", "facts": {"content": "It broke.", "told": values.given}},
    }


_FROM_FACT = {
    "known": {"name": {"en": "Known"}, "from": {"fact": "told"}, "until": ["decided", "closed"], "within": "9 days"}
}


def _clocks(this: str, values: Values) -> dict[str, Any]:
    """`this`: the value that starts the second one, as conditions spell it. Time then gives a constant of the kind."""
    return {
        "answer": {
            "name": {"en": "Answer"},
            "from": "registered",
            "until": ["decided", "closed"],
            "within": "5 working days",
        },
        "silence": {
            "name": {"en": "Silence"},
            "from": {"decided": {"found": this}} if this else "decided",
            "until": ["disputed", "closed"],
            "within": "10 working days",
            "missed": {"act": "close", "fields": {"found": values.given}},
        },
    }


def _published(row: FactKind) -> list[str]:
    return ["found"] if row.is_public or row.is_free_text else []
