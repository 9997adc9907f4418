"""The kinds of inputs: how a form shows a written value of a policy, what it writes, and how a change is said.

The kinds stand at the end. Those of limits are in `limit_kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.features.studio.forms.options import DOES, FieldWords
from chalicelib.features.studio.forms.written import ABSENT, LANGUAGES, SHORT_FACTS, show_label
from chalicelib.kit import canonical
from chalicelib.policy.reading.expansion import as_list
from chalicelib.policy.worktime.explaining.text import limit_text
from chalicelib.policy.worktime.warning import parse_warning

Typed = Mapping[str, Sequence[str]]
"""What a form has for one value: by the rest of the inputs' names. `""` is the input that has the value's own name."""


class InputKind(msgspec.Struct, frozen=True, kw_only=True):
    """Short forms stay short: a value whose inputs have not changed is not written again, and one text stays one text.

    `drawn`: the macro of the template. `show`: the inputs of a written value. `write`: the value that they ask for,
    given the one written before. `say`: the value as people read it. `change`: in place of `says`. `shown`: the part of
    the value that the inputs are about. `at`: the rest of the name of the input for a fault at this path below it.
    """

    drawn: str
    show: Callable[[Any], dict[str, list[str]]]
    write: Callable[[Typed, Any], Any]
    say: Callable[[Any, FieldWords], str]
    change: Callable[[Any, Any, FieldWords, FieldWords], str] | None = None
    shown: Callable[[Any], Any] = lambda written: written
    at: Callable[[Any, tuple[str, ...]], str] = lambda written, below: ""

    def said(self, written: Any, words: FieldWords) -> str:
        """`nothing` in place of a value that is not written."""
        if written is ABSENT or written is None or written in ([], ""):
            return words.reader.text("studio.nothing")
        return self.say(written, words)

    def says(self, old: Any, new: Any, was: FieldWords, now: FieldWords) -> str:
        return now.reader.text("studio.arrow", old=self.said(old, was), new=self.said(new, now))


def one(typed: Typed, name: str = "") -> str:
    return (typed.get(name) or [""])[0].strip().replace("\r\n", "\n")


def normal(typed: Typed) -> dict[str, list[str]]:
    """Without empty inputs, and with the line breaks of the program."""
    cleaned = {name: [value.strip().replace("\r\n", "\n") for value in values] for name, values in typed.items()}
    return {name: kept for name, values in cleaned.items() if (kept := [value for value in values if value])}


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


def _say_text(written: Any, words: FieldWords) -> str:
    return words.short(_written(written))


def _written(value: Any) -> str:
    return value if isinstance(value, str) else canonical.encode(value).decode()


def _say_choice(written: Any, words: FieldWords) -> str:
    return words.short(words.value(_written(written)))


def _show_missed(written: Any) -> dict[str, list[str]]:
    return (
        {"": [DOES + str(written["act"])]} if isinstance(written, Mapping) and "act" in written else _show_text(written)
    )


def _write_missed(typed: Typed, before: Any) -> Any:
    """Another act keeps the values that are written for it; the check says if it does not take them."""
    asked = one(typed)
    if not asked.startswith(DOES):
        return asked or ABSENT
    return {**(before if isinstance(before, Mapping) else {}), "act": asked.removeprefix(DOES)}


def _say_missed(written: Any, words: FieldWords) -> str:
    """With the texts that the act records."""
    if not isinstance(written, Mapping) or "act" not in written:
        return _say_choice(written, words)
    fields = written.get("fields")
    texts = [_say_label(text, words) for text in fields.values()] if isinstance(fields, Mapping) else []
    return words.listed([words.choices.does(str(written["act"])), *texts])


def _say_flag(written: Any, words: FieldWords) -> str:
    return words.reader.text("common.yes" if written is True else "common.no")


def _say_times(written: Any, words: FieldWords) -> str:
    if not isinstance(written, Mapping):
        return _say_text(written, words)
    return words.joined([f"{day} {', '.join(map(_span, as_list(spans)))}" for day, spans in written.items()])


def _say_lines(written: Any, words: FieldWords) -> str:
    """Warnings in words: `1 working day before`. What is no warning is shown as written."""
    return words.listed([_say_warning(str(line), words) for line in as_list(written)])


def _say_warning(text: str, words: FieldWords) -> str:
    try:
        before = parse_warning(text).before
    except ValueError:
        return text
    if before is None:
        return text
    return words.reader.text("studio.before", limit=limit_text(before, words.reader.language))


def _say_names(written: Any, words: FieldWords) -> str:
    return words.listed([said for one in as_list(written) for said in _say_name(one, words)])


def _say_name(written: Any, words: FieldWords) -> list[str]:
    """An event can have a condition: `{decided: {outcome: valid}}`."""
    if not isinstance(written, Mapping):
        return [words.value(_written(written))]
    return [
        words.under(when if isinstance(when, Mapping) else {}, words.value(str(name))) for name, when in written.items()
    ]


def _write_label(typed: Typed, before: Any) -> Any:
    """A text in Chinese alone stays a plain text, if it was one."""
    said = {name: one(typed, name) for name in LANGUAGES}
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


def _own_texts(written: Any) -> dict[str, list[str]]:
    if isinstance(written, Mapping) and "name" in written:
        return show_label(written["name"])
    return show_label({} if isinstance(written, str) and written in SHORT_FACTS else written)


def _write_own(typed: Typed, before: Any) -> Any:
    """Of an item that has its texts beside its other keys, or under `name`."""
    if isinstance(before, Mapping) and "name" in before:
        return {**before, "name": _write_label(typed, before["name"])}
    if isinstance(before, str) and before in SHORT_FACTS:
        return _with_texts({"required": before == "required"}, {name: one(typed, name) for name in LANGUAGES})
    if isinstance(before, Mapping):
        return _with_texts(before, {name: one(typed, name) for name in LANGUAGES})
    return _write_label(typed, before)


def _say_label(written: Any, words: FieldWords) -> str:
    return words.reader.text(
        "studio.quoted", text=words.short(words.choices.label(written, words.reader.text("studio.nothing")))
    )


def _at_language(written: Any, below: tuple[str, ...]) -> str:
    return "." + next((step for step in below if step in LANGUAGES), "zh")


TEXT = InputKind(drawn="line", show=_show_text, write=_write_text, say=_say_text)
NUMBER = InputKind(drawn="line", show=_show_text, write=_write_number, say=_say_text)
CHOICE = InputKind(drawn="choice", show=_show_text, write=_write_text, say=_say_choice)
MISSED = InputKind(drawn="choice", show=_show_missed, write=_write_missed, say=_say_missed)
SWITCH = InputKind(drawn="choice", show=_show_text, write=_write_switch, say=_say_choice)
FLAG = InputKind(drawn="tick", show=_show_flag, write=_write_flag, say=_say_flag)
LINES = InputKind(drawn="area", show=_show_lines, write=_write_lines, say=_say_lines)
TIMES = InputKind(drawn="area", show=_show_times, write=_write_times, say=_say_times)
NAMES = InputKind(drawn="ticks", show=_show_names, write=_write_names, say=_say_names)
LABEL = InputKind(drawn="texts", show=show_label, write=_write_label, say=_say_label, at=_at_language)
OWN_LABEL = InputKind(
    drawn="texts", show=_own_texts, write=_write_own, say=_say_label, shown=_own_texts, at=_at_language
)
OWN_TEXTS = msgspec.structs.replace(OWN_LABEL, drawn="long_texts")
