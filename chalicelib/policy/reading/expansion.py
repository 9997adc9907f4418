"""Helpers of `short_forms`, and the full forms of values that many parts have: labels, conditions, limits and triggers.

Each takes a part of a document and leaves a value of an unexpected shape unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Raw = Any


def as_list(raw: Raw) -> Raw:
    return raw if isinstance(raw, list) else [raw]


def change(holder: dict[str, Raw], key: str, expand: Callable[[Raw], Raw]) -> None:
    if holder.get(key) is not None:
        holder[key] = expand(holder[key])


def change_members(raw: Raw, *changes: tuple[str, Callable[[Raw], Raw]]) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = dict(raw)
    for key, expand in changes:
        change(full, key, expand)
    return full


def each_value(expand: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return {key: expand(value) for key, value in raw.items()} if isinstance(raw, dict) else raw

    return changed


def each_item(expand: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return [expand(value) for value in raw] if isinstance(raw, list) else raw

    return changed


def renamed(raw: Raw, written: str, full: str) -> Raw:
    """Replaces the word that authors write with the key of the full form."""
    return {(full if key == written else key): value for key, value in raw.items()} if isinstance(raw, dict) else raw


def expand_label(raw: Raw) -> Raw:
    """A plain text is Chinese. An English text without a Chinese one is used for both languages."""
    if isinstance(raw, str):
        return {"zh": raw}
    lacking = isinstance(raw, dict) and raw.get("en") and raw.get("zh", "") == ""
    return {**raw, "zh": raw["en"]} if lacking else raw


def expand_condition(raw: Raw) -> Raw:
    """`{severity: major}` → `{severity: [major]}`; `true` and `false` become `yes` and `no`."""
    if not isinstance(raw, dict):
        return raw
    return {key: [flag_text(value) for value in as_list(values)] for key, values in raw.items()}


def flag_text(value: Raw) -> Raw:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def expand_limit(raw: Raw) -> Raw:
    """`{later of: [24 hours, 1 working day]}` → `later of 24 hours, 1 working day`."""
    if not isinstance(raw, dict) or len(raw) != 1:
        return raw
    which, limits = next(iter(raw.items()))
    if which not in ("later of", "earlier of") or not isinstance(limits, list):
        return raw
    return f"{which} {', '.join(limits)}" if all(isinstance(one, str) for one in limits) else raw


def label_map(raw: Raw) -> Raw:
    """A list of keys becomes a map from key to label; the labels of a map are expanded."""
    if isinstance(raw, list):
        return {key: expand_label(key) for key in raw} if all(isinstance(key, str) for key in raw) else raw
    return each_value(expand_label)(raw)


def with_name(raw: Raw) -> Raw:
    """`{zh, en, when}` → `{name: {zh, en}, when}`."""
    if isinstance(raw, str):
        return {"name": expand_label(raw)}
    if isinstance(raw, dict) and ("zh" in raw or "en" in raw) and "name" not in raw:
        rest = {key: value for key, value in raw.items() if key not in ("zh", "en")}
        return {"name": expand_label({key: raw[key] for key in ("zh", "en") if key in raw}), **rest}
    return change_members(raw, ("name", expand_label))


def triggers(raw: Raw) -> Raw:
    return [trigger for one in as_list(raw) for trigger in _trigger(one)]


def _trigger(raw: Raw) -> list[Raw]:
    """`accepted` or `{forwarded: {to: management}}`."""
    if isinstance(raw, str):
        return [{"event": raw}]
    if isinstance(raw, dict) and "event" not in raw:
        return [{"event": event, "fields": expand_condition(fields)} for event, fields in raw.items()]
    return [change_members(raw, ("fields", expand_condition))]
