"""The JSON Schema (2020-12) of a deadline's `because`, which `because.explain` returns (X.2)."""

from __future__ import annotations

from typing import Any

from chalicelib.policy.worktime.explaining.schema import because_schema as calculation_schema

_TEXT = {"type": "string"}
_INSTANT = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"}
_WORDS = {"type": "object", "properties": {"zh": _TEXT, "en": _TEXT}, "required": ["zh", "en"]}
_OWN: dict[str, Any] = {
    "rule": {
        "type": "object",
        "properties": {
            "clock": _TEXT,
            "limit": _TEXT | {"description": "The limit text, or `stated`"},
            "when": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
            "hours": {"enum": ["open", "closed"], "description": "At the start"},
            "calendar": _TEXT | {"description": "If the policy has several: the name, or `calendar`"},
            "clause": _TEXT | {"description": "As the policy cites it"},
        },
        "required": ["clock", "limit", "when", "hours"],
        "additionalProperties": False,
    },
    "policy": _TEXT | {"description": "The policy's version"},
    "started_by": _TEXT | {"description": "The id of the event that started the run"},
    "event_at": _INSTANT | {"description": "The time of the event, if it counts as the next working day's opening"},
    "due_at_the_change": _INSTANT | {"description": "Where another limit came to apply whose time was past already"},
}
_EXTENDED = {"due_before": _INSTANT | {"description": "Where it was extended: the due time before that"}}
_STATED: dict[str, Any] = {
    "limit": {"enum": ["stated"]},
    "start": _INSTANT,
    "end": {"anyOf": [_INSTANT, {"type": "null"}]},
    "provisional": {"enum": [False]},
    "stretches": {"type": "array", "maxItems": 0},
    "text": _WORDS,
}


def because_schema() -> dict[str, Any]:
    """One schema for due times calculated from a limit, another for stated due times."""
    calculation = calculation_schema()
    return {
        "$schema": calculation["$schema"],
        "title": "Because: why a deadline is due when it is",
        "anyOf": [
            _joined(calculation["properties"], calculation["required"]),
            _joined(_STATED | _EXTENDED, list(_STATED)),
        ],
    }


def _joined(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**_OWN, **properties},
        "required": ["rule", "policy", "started_by", *required],
        "additionalProperties": False,
    }
