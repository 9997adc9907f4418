"""Expands the short forms of the intake, and of facts and fields."""

from __future__ import annotations

from chalicelib.policy.reading.expanded_values import expand_condition, expand_limit, label_map, with_name
from chalicelib.policy.reading.expansion import Raw, as_list, change_members, each_item, each_value
from chalicelib.policy.reading.stage_short_forms import notification_rules


def intake(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("channels", label_map),
        ("filed_by", each_value(as_list)),
        ("facts", each_value(fact)),
        ("subject", as_list),
        ("email", as_list),
        ("categories", each_value(label_map)),
        ("required", as_list),
        ("received", lambda one: change_members(one, ("within", expand_limit), ("needs", as_list))),
        ("conditions", each_value(with_name)),
        ("refusals", each_value(_ground)),
        ("limitation", lambda one: change_members(one, ("within", expand_limit), ("latest", as_list))),
        ("evidence", each_value(_evidence_kind)),
        ("evidence_within", expand_limit),
        ("evidence_kept", expand_limit),
        ("tells", notification_rules),
        ("routing", each_item(lambda one: change_members(one, ("when", expand_condition)))),
    )


def fact(raw: Raw) -> Raw:
    if raw in ("required", "optional"):
        return {"required": raw == "required"}
    return change_members(
        with_name(raw),
        ("choices", _choices),
        ("bands", _bands),
        ("required", lambda one: change_members(one, ("when", expand_condition))),
    )


def _choices(raw: Raw) -> Raw:
    return each_value(lambda choice: change_members(choice, ("when", expand_condition)))(label_map(raw))


def _bands(raw: Raw) -> Raw:
    """`{small: {most: 500}, large: {}}` → a list, because canonical JSON sorts the keys of maps."""
    if not isinstance(raw, dict):
        return raw
    return [{"name": name, **band} if isinstance(band, dict) else band for name, band in raw.items()]


def _evidence_kind(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("types", as_list), ("shown_to", as_list))


def _ground(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("when", expand_condition), ("needs", as_list))
