"""How a form shows a written value of a policy, and what it writes. One row of `KINDS` for each kind of input.

Short forms stay short: a value whose inputs have not changed is not written again, and one text stays one text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.kit import canonical
from chalicelib.policy.reading.expansion import as_list, expand_limit
from chalicelib.policy.worktime.limit_text import UNITS

ABSENT = msgspec.UNSET
"""In place of a value that is not written."""
Typed = Mapping[str, Sequence[str]]
"""What a form has for one value: by the rest of the inputs' names. `""` is the input that has the value's own name."""
FIXED = ("same working day", "same day", "none")
OTHER = "as text"
"""In place of a unit: the limit is written as text."""
ALWAYS = "{}"
NEW_ROW = "new"
_SIMPLE = re.compile(rf"([0-9]+) ({'|'.join(UNITS)})s?")
SHORT_FACTS = ("required", "optional")
"""A fact of which nothing else is written."""


class InputKind(msgspec.Struct, frozen=True):
    """`show`: the inputs of a written value. `write`: the value that they ask for, given the one written before."""

    show: Callable[[Any], dict[str, list[str]]]
    write: Callable[[Typed, Any], Any]


def one(typed: Typed, name: str = "") -> str:
    return (typed.get(name) or [""])[0].strip().replace("\r\n", "\n")


def _show_text(written: Any) -> dict[str, list[str]]:
    if written is ABSENT or written is None:
        return {"": []}
    return {"": [written if isinstance(written, str) else canonical.encode(written).decode()]}


def _write_text(typed: Typed, before: Any) -> Any:
    return one(typed) or ABSENT


def _write_number(typed: Typed, before: Any) -> Any:
    text = one(typed)
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text or ABSENT


def _write_switch(typed: Typed, before: Any) -> Any:
    return {"true": True, "false": False}.get(one(typed), one(typed) or ABSENT)


def _show_flag(written: Any) -> dict[str, list[str]]:
    return {"": ["yes"] if written is True else []}


def _write_flag(typed: Typed, before: Any) -> Any:
    return True if one(typed) else ABSENT


def show_label(written: Any) -> dict[str, list[str]]:
    texts = {"zh": written} if isinstance(written, str) else written if isinstance(written, Mapping) else {}
    return {name: [str(texts[name])] if texts.get(name) else [] for name in ("zh", "en")}


def write_label(typed: Typed, before: Any) -> Any:
    """A text in Chinese alone stays a plain text, if it was one."""
    said = {name: one(typed, name) for name in ("zh", "en")}
    if not any(said.values()):
        return ABSENT
    if isinstance(before, str) and not said["en"]:
        return said["zh"]
    return _with_texts(before if isinstance(before, Mapping) else {}, said)


def _with_texts(item: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """The item with the texts in the places of the old ones; a text that it lacked comes first."""
    new = {name: text for name, text in said.items() if text and name not in item}
    old = {name: said.get(name, value) for name, value in item.items()}
    return {**new, **{name: value for name, value in old.items() if value or name not in said}}


def show_own(written: Any) -> dict[str, list[str]]:
    if isinstance(written, Mapping) and "name" in written:
        return show_label(written["name"])
    return show_label({} if isinstance(written, str) and written in SHORT_FACTS else written)


def _write_own(typed: Typed, before: Any) -> Any:
    """Of an item that has its texts beside its other keys, or under `name`."""
    if isinstance(before, Mapping) and "name" in before:
        return {**before, "name": write_label(typed, before["name"])}
    if isinstance(before, str) and before in SHORT_FACTS:
        return _with_texts({"required": before == "required"}, {name: one(typed, name) for name in ("zh", "en")})
    if isinstance(before, Mapping):
        return _with_texts(before, {name: one(typed, name) for name in ("zh", "en")})
    return write_label(typed, before)


def _show_lines(written: Any) -> dict[str, list[str]]:
    lines = [] if written is ABSENT else [str(line) for line in as_list(written)]
    return {"": ["\n".join(lines)] if lines else []}


def _write_lines(typed: Typed, before: Any) -> Any:
    lines = [line.strip() for line in one(typed).splitlines() if line.strip()]
    if not lines:
        return ABSENT
    return lines[0] if len(lines) == 1 and isinstance(before, str) else lines


def _show_times(written: Any) -> dict[str, list[str]]:
    """A line for each day: `mon-fri: 09:00-12:00, 13:30-18:00`."""
    days = written if isinstance(written, Mapping) else {}
    lines = [f"{day}: {', '.join(_span(span) for span in as_list(spans))}".rstrip(" :") for day, spans in days.items()]
    return {"": ["\n".join(lines)] if lines else []}


def _span(span: Any) -> str:
    return "-".join(map(str, span)) if isinstance(span, list) else str(span)


def _write_times(typed: Typed, before: Any) -> Any:
    old = before if isinstance(before, Mapping) else {}
    found: dict[str, Any] = {}
    for line in one(typed).splitlines():
        day, _, spans = line.replace("：", ":").partition(":")
        if not day.strip():
            continue
        new = [span.strip() for span in re.split("[,，、]", spans) if span.strip()]
        key = next((name for name in old if str(name) == day.strip()), day.strip())
        found[key] = old[key] if key in old and [_span(span) for span in as_list(old[key])] == new else new
    return found or ABSENT


def _show_names(written: Any) -> dict[str, list[str]]:
    return {"": [name for name in as_list(written) if isinstance(name, str)] if written is not ABSENT else []}


def _write_names(typed: Typed, before: Any) -> Any:
    """What is no name, such as an event with a condition, stays."""
    chosen = [name for name in typed.get("", ()) if name]
    old = [] if before is ABSENT else as_list(before)
    kept = [name for name in old if not isinstance(name, str) or name in chosen]
    found = [*kept, *(name for name in chosen if name not in kept)]
    if not found:
        return ABSENT
    return found[0] if len(found) == 1 and not isinstance(before, list) else found


def show_limit(written: Any) -> dict[str, list[str]]:
    text = expand_limit(written)
    if text is ABSENT or text is None:
        return {"number": [], "unit": [], "text": []}
    if text in FIXED:
        return {"number": [], "unit": [text], "text": []}
    simple = _SIMPLE.fullmatch(str(text))
    if simple is None:
        return {"number": [], "unit": [OTHER], "text": [str(text)]}
    return {"number": [simple[1]], "unit": [simple[2]], "text": []}


def write_limit(typed: Typed, before: Any) -> Any:
    number, unit = one(typed, "number"), one(typed, "unit")
    if unit in FIXED:
        return unit
    if unit == OTHER:
        return one(typed, "text") or ABSENT
    if not number and before is ABSENT:
        return ABSENT
    return f"{number} {unit}{'' if number == '1' or not unit else 's'}".strip() or ABSENT


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
        shown |= {f"{row}.{name}": values for name, values in show_limit(limit).items()}
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
        same = _same(inputs, show_limit(limit))
        changed = limit if same else write_limit(inputs, limit)
        rules.append((asked, old[row] if same and asked == condition_text(when) else _rule(asked, changed, old[row])))
    inputs = {name: typed.get(f"{NEW_ROW}.{name}", ()) for name in ("number", "unit", "text")}
    added = write_limit(inputs, ABSENT)
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


def _same(one_form: Typed, other: Typed) -> bool:
    return normal(one_form) == normal(other)


def normal(typed: Typed) -> dict[str, list[str]]:
    """Without empty inputs, and with the line breaks of the program."""
    cleaned = {name: [value.strip().replace("\r\n", "\n") for value in values] for name, values in typed.items()}
    return {name: kept for name, values in cleaned.items() if (kept := [value for value in values if value])}


KINDS: Mapping[str, InputKind] = {
    "text": InputKind(_show_text, _write_text),
    "area": InputKind(_show_text, _write_text),
    "number": InputKind(_show_text, _write_number),
    "choice": InputKind(_show_text, _write_text),
    "switch": InputKind(_show_text, _write_switch),
    "flag": InputKind(_show_flag, _write_flag),
    "label": InputKind(show_label, write_label),
    "long_label": InputKind(show_label, write_label),
    "own_label": InputKind(show_own, _write_own),
    "own_texts": InputKind(show_own, _write_own),
    "lines": InputKind(_show_lines, _write_lines),
    "times": InputKind(_show_times, _write_times),
    "names": InputKind(_show_names, _write_names),
    "limit": InputKind(show_limit, write_limit),
    "rules": InputKind(_show_rules, _write_rules),
}
