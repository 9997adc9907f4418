"""Expands the short forms of publicity and supervision."""

from __future__ import annotations

from chalicelib.policy.reading.expanded_values import expand_condition, expand_limit, triggers
from chalicelib.policy.reading.expansion import Raw, as_list, change_members, renamed
from chalicelib.policy.reading.stage_short_forms import approval


def publicity(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("notices", _notices),
        ("results", lambda one: change_members(one, ("on", triggers), ("shows", as_list))),
        ("figures", lambda one: change_members(one, ("shows", as_list))),
    )


def _notices(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("when", expand_condition),
        ("on", triggers),
        ("delay", expand_limit),
        ("approval", approval),
        ("objection", lambda one: change_members(one, ("within", expand_limit))),
        ("shows", as_list),
    )


def supervision(raw: Raw) -> Raw:
    return change_members(
        raw, ("by", as_list), ("within", expand_limit), ("remind", expand_limit), ("inspection", _inspection)
    )


def _inspection(raw: Raw) -> Raw:
    return change_members(renamed(raw, "for", "role"), ("due", expand_limit), ("tells", as_list))
