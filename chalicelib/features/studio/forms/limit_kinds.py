"""Limits: one, and those of a deadline with their conditions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from chalicelib.features.studio.forms.kinds import InputKind, Typed, normal, one
from chalicelib.features.studio.forms.options import FieldWords
from chalicelib.features.studio.forms.written import ABSENT
from chalicelib.kit import canonical
from chalicelib.policy.reading.expansion import as_list, expand_limit
from chalicelib.policy.worktime import parse_limit
from chalicelib.policy.worktime.explaining.text import limit_text
from chalicelib.policy.worktime.limit_text import UNITS

FIXED = ("same working day", "same day", "none")
OTHER = "as text"
"""In place of a unit: the limit is written as text."""
ALWAYS = "{}"
NEW_ROW = "new"
_SIMPLE = re.compile(rf"([0-9]+) ({'|'.join(UNITS)})s?")


def _show_limit(written: Any) -> dict[str, list[str]]:
    text = expand_limit(written)
    if text is ABSENT or text is None:
        return {"number": [], "unit": [], "text": []}
    if text in FIXED:
        return {"number": [], "unit": [text], "text": []}
    simple = _SIMPLE.fullmatch(str(text))
    if simple is None:
        return {"number": [], "unit": [OTHER], "text": [str(text)]}
    return {"number": [simple[1]], "unit": [simple[2]], "text": []}


def _write_limit(typed: Typed, before: Any) -> Any:
    number, unit = one(typed, "number"), one(typed, "unit")
    if unit in FIXED:
        return unit
    if unit == OTHER:
        return one(typed, "text") or number or ABSENT  # the page has an input for the text once this unit was sent
    return f"{number} {unit}{'' if number == '1' or not unit else 's'}".strip() if number else ABSENT


def rules_of(written: Any) -> list[tuple[Mapping[str, Any], Any]]:
    """The condition and the limit of each rule of a deadline."""
    if written is ABSENT or written is None:
        return []
    found: list[tuple[Mapping[str, Any], Any]] = []
    for rule in as_list(written):
        if isinstance(rule, Mapping) and "limit" in rule:
            when = rule.get("when")
            found.append((when if isinstance(when, Mapping) else {}, rule["limit"]))
        else:
            found.append(({}, rule))
    return found


def condition_text(when: Mapping[str, Any]) -> str:
    return canonical.encode(dict(when)).decode()


def _show_rules(written: Any) -> dict[str, list[str]]:
    shown: dict[str, list[str]] = {}
    for row, (when, limit) in enumerate(rules_of(written)):
        shown[f"{row}.when"] = [condition_text(when)]
        shown |= {f"{row}.{name}": values for name, values in _show_limit(limit).items()}
    return shown


def _write_rules(typed: Typed, before: Any) -> Any:
    """A new rule with a condition stands before the first one that always holds: the first that matches counts."""
    old = [] if before is ABSENT else as_list(before)
    rules: list[tuple[str, Any]] = []
    for row, (when, limit) in enumerate(rules_of(before)):
        if one(typed, f"{row}.remove"):
            continue
        asked = one(typed, f"{row}.when") or condition_text(when)
        inputs = {name: typed.get(f"{row}.{name}", ()) for name in ("number", "unit", "text")}
        same = normal(inputs) == normal(_show_limit(limit))
        changed = limit if same else _write_limit(inputs, limit) or one(inputs, "unit")
        rules.append((asked, old[row] if same and asked == condition_text(when) else _rule(asked, changed, old[row])))
    inputs = {name: typed.get(f"{NEW_ROW}.{name}", ()) for name in ("number", "unit", "text")}
    added = _write_limit(inputs, ABSENT)
    if added is not ABSENT:
        asked = one(typed, f"{NEW_ROW}.when") or ALWAYS
        always = next((at for at, (when, _) in enumerate(rules) if when == ALWAYS), len(rules))
        rules.insert(always if asked != ALWAYS else len(rules), (asked, _rule(asked, added, ABSENT)))
    return _as_written([rule for _, rule in rules], before)


def _as_written(rules: list[Any], before: Any) -> Any:
    if not rules:
        return ABSENT
    return rules[0] if len(rules) == 1 and not isinstance(before, list) else rules


def _rule(asked: str, limit: Any, before: Any) -> Any:
    when = _condition(asked)
    if when:
        return {"when": when, "limit": limit}
    return {"limit": limit} if isinstance(before, Mapping) and "limit" in before and "when" not in before else limit


def _condition(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _say_limit(written: Any, words: FieldWords) -> str:
    """What is no limit is shown as written."""
    text = expand_limit(written)
    try:
        return limit_text(parse_limit(text), words.reader.language)
    except (ValueError, TypeError):
        return words.short(str(text))


def _say_rules(written: Any, words: FieldWords) -> str:
    return words.joined([words.under(when, _say_limit(limit, words)) for when, limit in rules_of(written)])


def _change_of_rules(old: Any, new: Any, was: FieldWords, now: FieldWords) -> str:
    """Only those that change, if they have the same conditions."""
    before, after = ({condition_text(when): limit for when, limit in rules_of(one)} for one in (old, new))
    if before.keys() != after.keys():
        return RULES.says(old, new, was, now)
    return now.joined(
        [
            was.under(json.loads(when), LIMIT.says(limit, after[when], was, now))
            for when, limit in before.items()
            if limit != after[when]
        ]
    )


def _rule_at(written: Any, below: tuple[str, ...]) -> str:
    number = int(below[0]) if below and below[0].isdecimal() else 0
    return f".{number if number < len(rules_of(written)) else NEW_ROW}.number"


LIMIT = InputKind(
    drawn="limit", show=_show_limit, write=_write_limit, say=_say_limit, at=lambda written, below: ".number"
)
RULES = InputKind(
    drawn="rules", show=_show_rules, write=_write_rules, say=_say_rules, change=_change_of_rules, at=_rule_at
)
