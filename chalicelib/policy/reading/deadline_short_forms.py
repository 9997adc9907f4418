"""Expands the short forms of clocks, tasks, tiers and points."""

from __future__ import annotations

from chalicelib.policy.reading.expansion import (
    Raw,
    as_list,
    change_members,
    each_item,
    each_value,
    expand_condition,
    expand_label,
    expand_limit,
    renamed,
    triggers,
    with_name,
)
from chalicelib.policy.reading.stage_short_forms import notification_rules


def tier(raw: Raw) -> Raw:
    return change_members(raw, ("roles", as_list), ("within", expand_limit), ("again", expand_limit))


def clock(raw: Raw) -> Raw:
    return change_members(
        renamed(raw, "from", "start"),
        ("name", expand_label),
        ("start", _starts),
        ("until", triggers),
        ("when", expand_condition),
        ("within", lambda rules: [_limit_rule(one) for one in as_list(rules)]),
        ("warn", as_list),
        ("missed", _missed),
        ("paused_in", as_list),
        ("survives", as_list),
        ("public_name", expand_label),
        ("public_actor", expand_label),
    )


def _starts(raw: Raw) -> Raw:
    """`{fact: complained_on}` is the registration, from which the run counts from that fact."""
    return [start for one in as_list(raw) for start in (_start(one) or triggers([one]))]


def _start(raw: Raw) -> list[Raw]:
    return [{"event": "registered", **raw}] if isinstance(raw, dict) and raw.keys() == {"fact"} else []


def _limit_rule(raw: Raw) -> Raw:
    limit = expand_limit(raw)
    if isinstance(limit, str):
        return {"limit": limit}
    return change_members(raw, ("when", expand_condition), ("limit", expand_limit))


def _missed(raw: Raw) -> Raw:
    return change_members(raw, ("fields", each_value(_constant)))


def _constant(raw: Raw) -> Raw:
    """A text in one language only is a plain text, which stands for both."""
    texts = [raw[key] for key in ("zh", "en") if raw.get(key, "") != ""] if isinstance(raw, dict) else []
    return texts[0] if len(texts) == 1 and raw.keys() <= {"zh", "en"} else raw


def task(raw: Raw) -> Raw:
    scheduled = ("due", expand_limit), ("stages", as_list)
    return change_members(
        with_name(renamed(raw, "for", "role")),
        ("on", triggers),
        ("when", _conditions),
        ("within", expand_limit),
        ("every", expand_limit),
        ("needs", as_list),
        ("takes", as_list),
        ("tells", notification_rules),
        ("until", as_list),
        ("approval", as_list),
        ("monthly", lambda one: change_members(one, ("stages", as_list))),
        ("quarterly", lambda one: change_members(one, *scheduled)),
        ("yearly", lambda one: change_members(one, *scheduled)),
    )


def _conditions(raw: Raw) -> Raw:
    return [expand_condition(one) for one in as_list(raw)]


def points(raw: Raw) -> Raw:
    return change_members(raw, ("on", triggers), ("when", _conditions), ("window", expand_limit), ("at", _thresholds))


def _thresholds(raw: Raw) -> Raw:
    """`{3: report, 5: {task: survey, for: office}}`, or the list of them."""
    if isinstance(raw, dict):
        return [{"reached": _parse_number(reached), **_threshold(value)} for reached, value in raw.items()]
    return each_item(_threshold)(raw)


def _threshold(raw: Raw) -> Raw:
    return renamed(raw, "for", "role") if isinstance(raw, dict) else {"task": raw}


def _parse_number(key: Raw) -> Raw:
    """The number in a map's key, which is text in JSON."""
    return int(key) if isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < 10 else key
