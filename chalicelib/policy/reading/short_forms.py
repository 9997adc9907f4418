"""Expands the short forms that authors may write into the full form of `language.model`.

A value of an unexpected shape is left unchanged, so that the decoder reports what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.policy.reading.example_short_forms import expand_example

Raw = Any
_STAGE_PARTS = {"name", "guidance", "shelf"}


def expand_document(document: dict[str, Raw]) -> dict[str, Raw]:
    """Returns the document in its full form; the argument is not changed."""
    full = dict(document)
    _change(full, "name", expand_label)
    _change(full, "people", _each_value(expand_label))
    _change(full, "tiers", _each_item(_tier))
    _change(full, "intake", _intake)
    _change(full, "severity", _severity)
    _change(full, "fields", _each_value(_fact))
    _change(full, "stages", _each_value(_stage))
    _change(full, "clocks", _each_value(_clock))
    _change(full, "tasks", _each_value(_task))
    _change(full, "points", _points)
    _change(full, "wording", _each_value(expand_label))
    _change(full, "holds", _as_list)
    _change(full, "examples", _each_item(expand_example))
    _change(full, "confidentiality", _confidentiality)
    _change(full, "amendment", lambda raw: _change_members(raw, ("comments", _as_list)))
    return full


def expand_label(raw: Raw) -> Raw:
    """A plain text is Chinese. An English text without a Chinese one is used for both languages."""
    if isinstance(raw, str):
        return {"zh": raw}
    return {"zh": raw["en"], **raw} if isinstance(raw, dict) and "en" in raw and "zh" not in raw else raw


def expand_condition(raw: Raw) -> Raw:
    """`{severity: major}` → `{severity: [major]}`; `true` and `false` become `yes` and `no`."""
    if not isinstance(raw, dict):
        return raw
    return {key: [_flag_text(value) for value in _as_list(values)] for key, values in raw.items()}


def _conditions(raw: Raw) -> Raw:
    return [expand_condition(one) for one in _as_list(raw)]


def _flag_text(value: Raw) -> Raw:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _as_list(raw: Raw) -> Raw:
    return raw if isinstance(raw, list) else [raw]


def _change(holder: dict[str, Raw], key: str, change: Callable[[Raw], Raw]) -> None:
    if holder.get(key) is not None:
        holder[key] = change(holder[key])


def _each_value(change: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return {key: change(value) for key, value in raw.items()} if isinstance(raw, dict) else raw

    return changed


def _each_item(change: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return [change(value) for value in raw] if isinstance(raw, list) else raw

    return changed


def _label_map(raw: Raw) -> Raw:
    """A list of keys becomes a map from key to label; the labels of a map are expanded."""
    if isinstance(raw, list):
        return {key: expand_label(key) for key in raw} if all(isinstance(key, str) for key in raw) else raw
    return _each_value(expand_label)(raw)


def _with_name(raw: Raw) -> Raw:
    """`{zh, en, when}` → `{name: {zh, en}, when}`."""
    if isinstance(raw, str):
        return {"name": expand_label(raw)}
    if isinstance(raw, dict) and ("zh" in raw or "en" in raw) and "name" not in raw:
        rest = {key: value for key, value in raw.items() if key not in ("zh", "en")}
        return {"name": expand_label({key: raw[key] for key in ("zh", "en") if key in raw}), **rest}
    return _change_members(raw, ("name", expand_label))


def _change_members(raw: Raw, *changes: tuple[str, Callable[[Raw], Raw]]) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = dict(raw)
    for key, change in changes:
        _change(full, key, change)
    return full


def _tier(raw: Raw) -> Raw:
    return _change_members(raw, ("roles", _as_list))


def _fact(raw: Raw) -> Raw:
    if raw in ("required", "optional"):
        return {"required": raw == "required"}
    return _change_members(_with_name(raw), ("choices", _choices))


def _choices(raw: Raw) -> Raw:
    return _each_value(lambda choice: _change_members(choice, ("when", expand_condition)))(_label_map(raw))


def _evidence_kind(raw: Raw) -> Raw:
    return _change_members(_with_name(raw), ("types", _as_list), ("shown_to", _as_list))


def _ground(raw: Raw) -> Raw:
    return _change_members(_with_name(raw), ("when", expand_condition), ("needs", _as_list))


def _notification_rules(raw: Raw) -> Raw:
    return [_notification_rule(one) for one in _as_list(raw)]


def _notification_rule(raw: Raw) -> Raw:
    if isinstance(raw, str):
        return {"to": [raw]}
    return _change_members(raw, ("to", _as_list), ("when", expand_condition), ("encloses", _as_list))


def _intake(raw: Raw) -> Raw:
    return _change_members(
        raw,
        ("channels", _label_map),
        ("facts", _each_value(_fact)),
        ("subject", _as_list),
        ("email", _as_list),
        ("categories", _each_value(_label_map)),
        ("conditions", _each_value(_with_name)),
        ("refusals", _each_value(_ground)),
        ("limitation", lambda one: _change_members(one, ("latest", _as_list))),
        ("evidence", _each_value(_evidence_kind)),
        ("tells", _notification_rules),
        ("routing", _each_item(lambda one: _change_members(one, ("when", expand_condition)))),
    )


def _severity(raw: Raw) -> Raw:
    full = _change_members(
        raw,
        ("classes", _label_map),
        ("signs", _each_value(_label_map)),
        ("ageing", lambda ages: [_change_members(one, ("until", _as_list)) for one in _as_list(ages)]),
    )
    if isinstance(full, dict) and isinstance(full.get("classes"), dict):
        full.setdefault("order", list(full["classes"]))
    return full


def _stage(raw: Raw) -> Raw:
    if not isinstance(raw, dict) or "acts" in raw:
        return _change_members(raw, ("acts", _each_value(expand_act)), ("name", expand_label))
    acts = {key: expand_act(value) for key, value in raw.items() if key not in _STAGE_PARTS}
    parts = {key: value for key, value in raw.items() if key in _STAGE_PARTS}
    return {**_change_members(parts, ("name", expand_label), ("guidance", _each_item(expand_label))), "acts": acts}


def expand_act(raw: Raw) -> Raw:
    return _change_members(
        raw,
        ("by", _selectors),
        ("needs", _as_list),
        ("takes", _as_list),
        ("after", _as_list),
        ("when", expand_condition),
        ("tells", _notification_rules),
        ("approval", _approval),
        ("sets", _each_value(_flag_text)),
    )


def _selectors(raw: Raw) -> Raw:
    return [{"role": one} if isinstance(one, str) else one for one in _as_list(raw)]


def _confidentiality(raw: Raw) -> Raw:
    return _change_members(raw, ("complainant", _selectors), ("content", _selectors), ("auditors", _as_list))


def _approval(raw: Raw) -> Raw:
    full = raw if isinstance(raw, dict) else {"by": raw}
    return _change_members(full, ("by", _as_list), ("when", expand_condition))


def _triggers(raw: Raw) -> Raw:
    return [trigger for one in _as_list(raw) for trigger in _trigger(one)]


def _trigger(raw: Raw) -> list[Raw]:
    """`accepted` or `{forwarded: {to: management}}`."""
    if isinstance(raw, str):
        return [{"event": raw}]
    if isinstance(raw, dict) and "event" not in raw:
        return [{"event": event, "fields": expand_condition(fields)} for event, fields in raw.items()]
    return [_change_members(raw, ("fields", expand_condition))]


def _limit_rule(raw: Raw) -> Raw:
    return {"limit": raw} if isinstance(raw, str) else _change_members(raw, ("when", expand_condition))


def _clock(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = {("start" if key == "from" else key): value for key, value in raw.items()}
    return _change_members(
        full,
        ("name", expand_label),
        ("start", _triggers),
        ("until", _triggers),
        ("when", expand_condition),
        ("within", lambda rules: [_limit_rule(one) for one in _as_list(rules)]),
        ("warn", _as_list),
        ("paused_in", _as_list),
        ("survives", _as_list),
    )


def _task(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = {("role" if key == "for" else key): value for key, value in raw.items()}
    return _change_members(
        _with_name(full),
        ("on", _triggers),
        ("when", _conditions),
        ("needs", _as_list),
        ("takes", _as_list),
        ("until", _as_list),
        ("approval", _as_list),
        ("monthly", lambda one: _change_members(one, ("stages", _as_list))),
    )


def _points(raw: Raw) -> Raw:
    return _change_members(raw, ("on", _triggers), ("when", _conditions), ("at", _thresholds))


def _thresholds(raw: Raw) -> Raw:
    """`{3: report, 5: {task: survey, for: office}}`, or the list of them."""
    if isinstance(raw, dict):
        return [{"reached": _parse_number(reached), **_threshold(value)} for reached, value in raw.items()]
    return _each_item(_threshold)(raw)


def _threshold(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return {"task": raw}
    return {("role" if key == "for" else key): value for key, value in raw.items()}


def _parse_number(key: Raw) -> Raw:
    """The number in a map's key, which is text in JSON."""
    return int(key) if isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < 10 else key
