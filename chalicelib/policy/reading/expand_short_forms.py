"""Short forms written out: what people may write, turned into the full form of `model`.

A value of an unexpected shape passes unchanged, so that the decoder says what is wrong with it and where.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.policy.reading.expand_examples import example

Raw = Any
_STAGE_PARTS = {"name", "guidance", "shelf"}


def write_out(document: dict[str, Raw]) -> dict[str, Raw]:
    """The full form of a document (`language`, `name`, … as they are)."""
    full = dict(document)
    _in(full, "name", label)
    _in(full, "people", _each(label))
    _in(full, "tiers", _every(_tier))
    _in(full, "intake", _intake)
    _in(full, "severity", _severity)
    _in(full, "fields", _each(_fact))
    _in(full, "stages", _each(_stage))
    _in(full, "clocks", _each(_clock))
    _in(full, "tasks", _each(_task))
    _in(full, "points", _points)
    _in(full, "wording", _each(label))
    _in(full, "holds", _list)
    _in(full, "examples", _every(example))
    _in(full, "confidentiality", _confidentiality)
    _in(full, "amendment", lambda raw: _part(raw, ("comments", _list)))
    return full


def label(raw: Raw) -> Raw:
    """A text alone is Chinese; where only the English is given, it stands for both."""
    if isinstance(raw, str):
        return {"zh": raw}
    return {"zh": raw["en"], **raw} if isinstance(raw, dict) and "en" in raw and "zh" not in raw else raw


def condition(raw: Raw) -> Raw:
    """`{severity: major}` → `{severity: [major]}`; `true`/`false` read as `yes`/`no`."""
    if not isinstance(raw, dict):
        return raw
    return {key: [_word(value) for value in _list(values)] for key, values in raw.items()}


def _conditions(raw: Raw) -> Raw:
    return [condition(one) for one in _list(raw)]


def _word(value: Raw) -> Raw:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _list(raw: Raw) -> Raw:
    return raw if isinstance(raw, list) else [raw]


def _in(holder: dict[str, Raw], key: str, change: Callable[[Raw], Raw]) -> None:
    if holder.get(key) is not None:
        holder[key] = change(holder[key])


def _each(change: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return {key: change(value) for key, value in raw.items()} if isinstance(raw, dict) else raw

    return changed


def _every(change: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return [change(value) for value in raw] if isinstance(raw, list) else raw

    return changed


def _named(raw: Raw) -> Raw:
    """A list of keys becomes a map from key to label; a map's labels are written out."""
    if isinstance(raw, list):
        return {key: label(key) for key in raw} if all(isinstance(key, str) for key in raw) else raw
    return _each(label)(raw)


def _labelled(raw: Raw) -> Raw:
    """`{zh, en, when}` → `{name: {zh, en}, when}`."""
    if isinstance(raw, str):
        return {"name": label(raw)}
    if isinstance(raw, dict) and ("zh" in raw or "en" in raw) and "name" not in raw:
        rest = {key: value for key, value in raw.items() if key not in ("zh", "en")}
        return {"name": label({key: raw[key] for key in ("zh", "en") if key in raw}), **rest}
    return _part(raw, ("name", label))


def _part(raw: Raw, *changes: tuple[str, Callable[[Raw], Raw]]) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = dict(raw)
    for key, change in changes:
        _in(full, key, change)
    return full


def _tier(raw: Raw) -> Raw:
    return _part(raw, ("roles", _list))


def _fact(raw: Raw) -> Raw:
    if raw in ("required", "optional"):
        return {"required": raw == "required"}
    return _part(_labelled(raw), ("choices", _choices))


def _choices(raw: Raw) -> Raw:
    return _each(lambda choice: _part(choice, ("when", condition)))(_named(raw))


def _evidence_kind(raw: Raw) -> Raw:
    return _part(_labelled(raw), ("types", _list), ("shown_to", _list))


def _ground(raw: Raw) -> Raw:
    return _part(_labelled(raw), ("when", condition), ("needs", _list))


def _tells(raw: Raw) -> Raw:
    return [_tell(one) for one in _list(raw)]


def _tell(raw: Raw) -> Raw:
    if isinstance(raw, str):
        return {"to": [raw]}
    return _part(raw, ("to", _list), ("when", condition), ("encloses", _list))


def _intake(raw: Raw) -> Raw:
    return _part(
        raw,
        ("channels", _named),
        ("facts", _each(_fact)),
        ("subject", _list),
        ("email", _list),
        ("categories", _each(_named)),
        ("conditions", _each(_labelled)),
        ("refusals", _each(_ground)),
        ("limitation", lambda one: _part(one, ("latest", _list))),
        ("evidence", _each(_evidence_kind)),
        ("tells", _tells),
        ("routing", _every(lambda one: _part(one, ("when", condition)))),
    )


def _severity(raw: Raw) -> Raw:
    full = _part(
        raw,
        ("classes", _named),
        ("signs", _each(_named)),
        ("ageing", lambda ages: [_part(one, ("until", _list)) for one in _list(ages)]),
    )
    if isinstance(full, dict) and isinstance(full.get("classes"), dict):
        full.setdefault("order", list(full["classes"]))
    return full


def _stage(raw: Raw) -> Raw:
    if not isinstance(raw, dict) or "acts" in raw:
        return _part(raw, ("acts", _each(act)), ("name", label))
    acts = {key: act(value) for key, value in raw.items() if key not in _STAGE_PARTS}
    parts = {key: value for key, value in raw.items() if key in _STAGE_PARTS}
    return {**_part(parts, ("name", label), ("guidance", _every(label))), "acts": acts}


def act(raw: Raw) -> Raw:
    return _part(
        raw,
        ("by", _doers),
        ("needs", _list),
        ("takes", _list),
        ("after", _list),
        ("when", condition),
        ("tells", _tells),
        ("approval", _approval),
        ("sets", _each(_word)),
    )


def _doers(raw: Raw) -> Raw:
    return [{"role": one} if isinstance(one, str) else one for one in _list(raw)]


def _confidentiality(raw: Raw) -> Raw:
    return _part(raw, ("complainant", _doers), ("content", _doers), ("auditors", _list))


def _approval(raw: Raw) -> Raw:
    full = raw if isinstance(raw, dict) else {"by": raw}
    return _part(full, ("by", _list), ("when", condition))


def _triggers(raw: Raw) -> Raw:
    return [trigger for one in _list(raw) for trigger in _trigger(one)]


def _trigger(raw: Raw) -> list[Raw]:
    """`accepted` or `{forwarded: {to: management}}`."""
    if isinstance(raw, str):
        return [{"event": raw}]
    if isinstance(raw, dict) and "event" not in raw:
        return [{"event": event, "fields": condition(fields)} for event, fields in raw.items()]
    return [_part(raw, ("fields", condition))]


def _rule(raw: Raw) -> Raw:
    return {"limit": raw} if isinstance(raw, str) else _part(raw, ("when", condition))


def _clock(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = {("start" if key == "from" else key): value for key, value in raw.items()}
    return _part(
        full,
        ("name", label),
        ("start", _triggers),
        ("until", _triggers),
        ("when", condition),
        ("within", lambda rules: [_rule(one) for one in _list(rules)]),
        ("warn", _list),
        ("paused_in", _list),
        ("survives", _list),
    )


def _task(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = {("role" if key == "for" else key): value for key, value in raw.items()}
    return _part(
        _labelled(full),
        ("on", _triggers),
        ("when", _conditions),
        ("needs", _list),
        ("takes", _list),
        ("until", _list),
        ("approval", _list),
        ("monthly", lambda one: _part(one, ("stages", _list))),
    )


def _points(raw: Raw) -> Raw:
    return _part(raw, ("on", _triggers), ("when", _conditions), ("at", _thresholds))


def _thresholds(raw: Raw) -> Raw:
    """`{3: report, 5: {task: survey, for: office}}`, or the list of them."""
    if isinstance(raw, dict):
        return [{"reached": _number(reached), **_threshold(said)} for reached, said in raw.items()]
    return _every(_threshold)(raw)


def _threshold(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return {"task": raw}
    return {("role" if key == "for" else key): value for key, value in raw.items()}


def _number(key: Raw) -> Raw:
    """A map's key, which is text in JSON."""
    return int(key) if isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < 10 else key
