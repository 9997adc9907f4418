"""Expands the short forms of stages, acts and notifications."""

from __future__ import annotations

from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.facts import BY
from chalicelib.policy.reading.expansion import (
    Raw,
    as_list,
    change_members,
    each_item,
    each_value,
    expand_condition,
    expand_label,
    expand_limit,
    flag_text,
)

_OF_APPROVAL = {"by", "when"}
_ATTEMPT = "attempt"
_STAGE_PARTS = {"name", "guidance", "shelf"}


def stage(raw: Raw) -> Raw:
    if not isinstance(raw, dict) or "acts" in raw:
        return change_members(raw, ("acts", _acts), ("name", expand_label))
    acts = _acts({key: value for key, value in raw.items() if key not in _STAGE_PARTS})
    parts = {key: value for key, value in raw.items() if key in _STAGE_PARTS}
    return {**change_members(parts, ("name", expand_label), ("guidance", each_item(expand_label))), "acts": acts}


def _acts(raw: Raw) -> Raw:
    """Each attempt says how it was made, and whether it reached the complainant: a policy need not list the fields."""
    full = each_value(_act)(raw)
    attempt = full.get(_ATTEMPT) if isinstance(full, dict) else None
    if not isinstance(attempt, dict) or not isinstance(needs := attempt.get("needs", []), list):
        return full
    return {**full, _ATTEMPT: {**attempt, "needs": [*(one for one in (BY, REACHED) if one not in needs), *needs]}}


def _act(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("by", selectors),
        ("to", _targets),
        ("needs", as_list),
        ("takes", as_list),
        ("after", as_list),
        ("names", as_list),
        ("undoes", as_list),
        ("when", expand_condition),
        ("tells", notification_rules),
        ("approval", _approvals),
        ("assigns", each_value(_excluding)),
        ("sets", each_value(flag_text)),
        ("within", expand_limit),
        ("most", expand_limit),
        ("most_total", expand_limit),
    )


def _targets(raw: Raw) -> Raw:
    """A stage, `{when, stage}`, or a list of these."""
    if isinstance(raw, str):
        return raw
    return [
        {"stage": one} if isinstance(one, str) else change_members(one, ("when", expand_condition))
        for one in as_list(raw)
    ]


def selectors(raw: Raw) -> Raw:
    return [{"role": one} if isinstance(one, str) else _excluding(one) for one in as_list(raw)]


def _excluding(raw: Raw) -> Raw:
    return change_members(raw, ("not", as_list))


def _people(raw: Raw) -> Raw:
    """Role names stay text. Only a restriction needs the long form."""
    return [_excluding(one) for one in as_list(raw)]


def _approvals(raw: Raw) -> Raw:
    """A list with `by` or `when` in its entries is one of approvals. Any other list is of the people of one."""
    if isinstance(raw, list) and any(isinstance(one, dict) and not one.keys().isdisjoint(_OF_APPROVAL) for one in raw):
        return [approval(one) if isinstance(one, dict) and not _is_selector(one) else one for one in raw]
    return approval(raw)


def approval(raw: Raw) -> Raw:
    full = raw if isinstance(raw, dict) and not _is_selector(raw) else {"by": raw}
    return change_members(full, ("by", _people), ("when", expand_condition))


def _is_selector(raw: dict[str, Raw]) -> bool:
    """A `when` beside `role` was meant for the approval; then the fault is `role`."""
    return "role" in raw and raw.keys().isdisjoint(_OF_APPROVAL)


def notification_rules(raw: Raw) -> Raw:
    return [_notification_rule(one) for one in as_list(raw)]


def _notification_rule(raw: Raw) -> Raw:
    if isinstance(raw, str):
        return {"to": [raw]}
    return change_members(raw, ("to", _people), ("when", expand_condition), ("encloses", as_list), ("way", as_list))
