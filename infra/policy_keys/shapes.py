"""The types of values: expressions such as `one or more event`, as JSON Schema and in words.

An expression is a name of `NAMED` or of a part, `choice`, or one of `one or more X`, `list of X`, `map of X`, `X | Y`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.policy.language.vocabulary import CLOCK_STATES, EVENT_OF_ACT, EVENTS, LISTABLE_ACTS
from chalicelib.policy.worktime.calendars.day_entries import DATE, FROM_EASTER, MONTH_DAY, OF_MONTH, WEEKDAYS
from chalicelib.policy.worktime.calendars.holidays import countries
from infra.policy_keys import limit_patterns
from infra.policy_keys.parts import all_parts

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
_FLAG_TEXT: Schema = {"type": ["string", "boolean"]}
_TIME = r"\s*(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)\s*"
_DAYS: Schema = {
    "type": "string",
    "pattern": rf"^(?:{DATE}(?:\.\.{DATE})?|{MONTH_DAY}(?:\.\.{MONTH_DAY})?|{OF_MONTH}|{FROM_EASTER})$",
    "examples": ["2026-12-24", "2026-12-24..2027-01-03", "12-25", "12-20..01-20", "2nd sat", "easter + 1"],
}
_DAY = rf"\s*(?:{'|'.join(WEEKDAYS)})(?:-(?:{'|'.join(WEEKDAYS)}))?\s*"
ONE_OR_MORE = "one or more "
NAMES = (
    *("role", "stage", "field", "fact", "channel", "category", "class", "calendar", "clock", "task", "wording"),
    "recipient",
)
"""What texts name that the policy itself defines."""


def reference(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name.replace(' ', '_')}"}


def one_of(values: Iterable[Any]) -> Schema:
    return {"enum": list(values)}


def map_of(values: Schema, **more: Any) -> Schema:
    return {"type": "object", "additionalProperties": values, **more}


def any_of(*choices: Schema) -> Schema:
    return choices[0] if len(choices) == 1 else {"anyOf": list(choices)}


_INTERVALS: Schema = {
    "type": "array",
    "maxItems": 12,
    "items": any_of(
        {"type": "string", "pattern": f"^{_TIME}-{_TIME}$"},
        {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string", "pattern": f"^{_TIME}$"}},
    ),
}
_EVENT_TIME = any_of(TEXT, {"type": "object", "properties": {"at": TEXT}, "required": ["at"]})
_EVENT_TIMES = map_of(_EVENT_TIME, propertyNames=one_of(sorted(EVENTS)))

_VALUES = any_of(_FLAG_TEXT, {"type": "array", "items": _FLAG_TEXT})
_NAMES: dict[str, Schema] = {
    name: {"description": meaning, **_VALUES}
    for name, meaning in {
        "channel": "The channel of the filing.",
        "stage": "The stage of the complaint.",
        "severity": "The severity class.",
        "unit": "`yes` or `no`: whether the complaint names a unit.",
        "reachable": "`yes`, or `no` after `mark_unreachable`.",
        "hours": "Limits of clocks only. `open` or `closed`: the clock's calendar when the clock starts.",
        "in_time": "`yes` or `no`: whether the filing kept the `limitation`.",
        "filed_by": "`complainant`, or the role of the member who filed.",
        "repeat": "`first`, `second`, `third` or later: complaints about the matter (`intake.repeats`).",
        "demand": "`open`, `answered`, `lapsed` or `none`: the latest demand for evidence.",
    }.items()
}
"""The names that the language gives to conditions. Categories, facts, fields and flags of the policy come besides."""

DEFINED: dict[str, Schema] = {
    "event": one_of(sorted(EVENTS)),
    "act name": one_of(sorted(EVENT_OF_ACT)),
    "limit text": {
        "type": "string",
        "pattern": limit_patterns.LIMIT,
        "patternErrorMessage": f"A limit is written {limit_patterns.LIMIT_EXAMPLES}.",
        "examples": ["24 hours", "3 working days", "30 calendar days", "1 month", "same day", "until 31 January"],
    },
    "condition": map_of(_VALUES, properties=_NAMES),
    "short trigger": any_of(
        reference("event"),
        map_of(map_of(_VALUES), propertyNames=reference("event")),
    ),
}
"""Shapes that the schema defines once. They are not described: an editor shows the description of the key."""

NAMED: dict[str, tuple[str, Schema]] = {
    "text": ("text", TEXT),
    "number": ("number", {"type": "number"}),
    "whole number": ("whole number", {"type": "integer"}),
    "flag": ("`true` or `false`", {"type": "boolean"}),
    "value": ("any value", {}),
    "names": (
        "names: a list, or a map with labels",
        any_of({"type": "array", "items": TEXT}, map_of(reference("label"))),
    ),
    "event": ("event", reference("event")),
    "part taken": (
        "event, or `assigned.` and a role",
        any_of(reference("event"), {"type": "string", "pattern": r"^assigned\..", "examples": ["assigned.mediator"]}),
    ),
    "approvals": (
        "*approval*, or a list of these with `by`",
        any_of(
            reference("approval"),
            {"type": "array", "items": {"allOf": [reference("approval"), {"type": "object", "required": ["by"]}]}},
        ),
    ),
    "act name": ("act", reference("act name")),
    "condition": ("condition", reference("condition")),
    "simple limit": ("limit", reference("limit text")),
    "limit": ("limit", any_of(reference("limit text"), reference("joint limit"))),
    "warning": (
        "warning",
        {
            "type": "string",
            "pattern": limit_patterns.WARNING,
            "patternErrorMessage": "A warning is written `2 hours before` or `80 %`.",
            "examples": ["2 hours before", "80 %"],
        },
    ),
    "trigger": ("event, with or without values", any_of(reference("short trigger"), reference("trigger"))),
    "acts": ("map from acts: *act*", reference("acts")),
    "flags": ("map: text", map_of(_FLAG_TEXT)),
    "thresholds": (
        "map from numbers: threshold",
        any_of(
            {
                "type": "object",
                "patternProperties": {"^[0-9]+$": reference("threshold")},
                "additionalProperties": False,
            },
            {"type": "array", "items": reference("threshold")},
        ),
    ),
    "clock state": ("clock state", one_of(CLOCK_STATES)),
    "media type": ("media type", {"type": "string", "examples": sorted(FILE_TYPES)}),
    "time": ("time", TEXT),
    "days": ("date, range or rule", _DAYS),
    "time zone": ("time zone", {"type": "string", "examples": ["Europe/London", "Asia/Shanghai", "UTC"]}),
    "weekday": ("weekday", {"enum": [*WEEKDAYS, None]}),
    "holiday table": (" ".join(f"`{name}`" for name in countries()), one_of([*countries(), None])),
    "opening hours": (
        "map from weekdays: list of open times",
        map_of(
            _INTERVALS, propertyNames={"pattern": rf"^{_DAY}(?:,{_DAY})*$"}, examples=[{"mon-fri": ["09:00-17:00"]}]
        ),
    ),
    "special days": ("map from dates, ranges or rules: list of open times", map_of(_INTERVALS, propertyNames=_DAYS)),
    "example events": (
        "map: time",
        any_of(_EVENT_TIMES, {"type": "array", "items": any_of(reference("example event"), _EVENT_TIMES)}),
    ),
    **{f"{name} name": (f"name of a {name}", TEXT) for name in NAMES},
}
"""Each with its words."""


def schema_of(shape: str, choices: tuple[Any, ...] = ()) -> Schema:
    alternatives = shape.split(" | ")
    if len(alternatives) > 1:
        return any_of(*(schema_of(one, choices) for one in alternatives))
    for prefix, wrap in _WRAPPED.items():
        if shape.startswith(prefix):
            item = shape.removeprefix(prefix)
            return wrap(schema_of(item, choices) if prefix == ONE_OR_MORE else _item(item, choices))
    if shape == "choice":
        return one_of(choices)
    return NAMED[shape][1] if shape in NAMED else reference(shape)


def _item(shape: str, choices: tuple[Any, ...]) -> Schema:
    """An item of a list or map is described by its part, because no key of the language leads to it."""
    schema = schema_of(shape, choices)
    part = all_parts().get(shape)
    return {"description": part.about, "allOf": [schema]} if part else schema


def list_of(values: Schema) -> Schema:
    return {"type": "array", "items": values}


_WRAPPED: dict[str, Callable[[Schema], Schema]] = {
    ONE_OR_MORE: lambda inner: any_of(inner, list_of(inner)),
    "list of ": list_of,
    "map of ": map_of,
}


def words_of(shape: str, choices: tuple[Any, ...] = ()) -> str:
    """For the table: `one or more: event`."""
    alternatives = shape.split(" | ")
    if len(alternatives) > 1:
        return ", or ".join(words_of(one, choices) for one in alternatives)
    for prefix in _WRAPPED:
        if shape.startswith(prefix):
            return f"{prefix.removesuffix(' ').removesuffix(' of')}: {words_of(shape.removeprefix(prefix), choices)}"
    if shape == "choice":
        return ", ".join(f"`{one}`" for one in choices)
    return NAMED[shape][0] if shape in NAMED else f"*{shape}*"


ACTS = tuple(act for act in EVENT_OF_ACT if act in LISTABLE_ACTS)
"""The acts that stages can list, in the vocabulary's order."""
