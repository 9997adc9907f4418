"""Expands the short forms of printed forms."""

from __future__ import annotations

from chalicelib.policy.reading.expanded_values import triggers, with_name
from chalicelib.policy.reading.expansion import Raw, as_list, change_members, each_item
from chalicelib.policy.reading.stage_short_forms import selectors


def printed_form(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("by", selectors), ("sections", each_item(_section)))


def _section(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("lines", lambda lines: [_line(one) for one in as_list(lines)]))


def _line(raw: Raw) -> Raw:
    """`severity` → `{shows: severity}`."""
    if isinstance(raw, str):
        return {"shows": raw}
    return change_members(with_name(raw), ("on", triggers))
