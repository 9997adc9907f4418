"""What a change of a written procedure says, in sentences: `Reply: 24 hours → 3 working days`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.features.studio.forms.kinds import ABSENT, condition_text, rules_of, show_own
from chalicelib.features.studio.forms.options import WrittenChoices
from chalicelib.features.studio.forms.rows import (
    ItemField,
    ItemRow,
    Path,
    in_document,
    in_item,
    members,
    rows,
    value_at,
)
from chalicelib.kit import canonical
from chalicelib.policy.reading.expansion import as_list, expand_limit
from chalicelib.policy.worktime import parse_limit
from chalicelib.policy.worktime.explaining.text import limit_text
from chalicelib.policy.worktime.warning import parse_warning
from chalicelib.web.pages.reader import Reader

_LONGEST = 80
"""Characters of a text that a sentence quotes."""


def between(before: Any, after: Any, reader: Reader, section: str | None = None) -> list[str]:
    """The differences that the forms can make, of one section or of all. Both are documents as they are written."""
    was, now = WrittenChoices(before, reader), WrittenChoices(after, reader)
    found: list[str] = []
    for row in rows(section):
        places = {one.path: one for document in (before, after) for one in in_document(document, row)}
        for one in places.values():
            found += _of_items(one, was, now)
    return list(dict.fromkeys(found))


def _of_items(row: ItemRow, was: WrittenChoices, now: WrittenChoices) -> Iterator[str]:
    old, new = dict(members(was.document, row)), dict(members(now.document, row))
    reader = now.reader
    if _is_list(row, was) or _is_list(row, now):
        old, new = _aligned(old, new)
    for path, item in new.items():
        name = name_of(row, path, item, now)
        if path not in old:
            yield reader.text("studio.added", item=name)
        elif old[path] != item:
            yield from (reader.text("studio.changed", item=name, change=one) for one in _fields(row, path, was, now))
    for path, item in old.items():
        if path not in new:
            yield reader.text("studio.removed", item=name_of(row, path, item, was))
    stayed = [path for path in old if path in new]
    if stayed != [path for path in new if path in old]:
        yield reader.text("studio.moved", items=reader.text(f"studio.items.{row.name}"))


def _is_list(row: ItemRow, choices: WrittenChoices) -> bool:
    return isinstance(value_at(choices.document, row.path), list) and not row.alone


def _aligned(old: dict[Path, Any], new: dict[Path, Any]) -> tuple[dict[Path, Any], dict[Path, Any]]:
    """Items of lists have no names: those that are in both are the same, and the rest are compared in their order."""
    named = {path: canonical.encode(item).decode() for path, item in [*old.items()]}
    now = {path: canonical.encode(item).decode() for path, item in [*new.items()]}
    if sorted(named.values()) == sorted(now.values()) and len(set(now.values())) == len(now):
        by_value = {value: path for path, value in now.items()}
        return {by_value[named[path]]: item for path, item in old.items()}, new
    return old, new


def name_of(row: ItemRow, path: Path, item: Any, choices: WrittenChoices) -> str:
    """Of an item of a list its number; of one that stands alone what it is."""
    kind = choices.reader.text(f"studio.item.{row.name}")
    if row.alone:
        return kind
    last = path[-1]
    if isinstance(last, int):
        return choices.reader.text("studio.numbered", item=kind, number=last + 1)
    if row.name == "points":
        return choices.severity(str(last))
    return choices.label(item, str(last))


def _fields(row: ItemRow, path: Path, was: WrittenChoices, now: WrittenChoices) -> Iterator[str]:
    old, new = value_at(was.document, path), value_at(now.document, path)
    for field in row.fields:
        one, other = in_item(old, field.path), in_item(new, field.path)
        if _texts(field, one) == _texts(field, other):
            continue
        change = _change(field, one, other, was, now)
        if field.main:
            yield change
        else:
            label = now.reader.text(f"studio.field.{field.key}")
            yield now.reader.text("studio.of_field", field=label, change=change)


def _texts(field: ItemField, written: Any) -> Any:
    """Of an item that has its texts beside its keys, the texts."""
    if field.kind in ("own_label", "own_texts"):
        return show_own(written)
    return written


def _change(field: ItemField, old: Any, new: Any, was: WrittenChoices, now: WrittenChoices) -> str:
    reader = now.reader
    if field.kind == "rules":
        before, after = _rules(old), _rules(new)
        if before.keys() == after.keys():
            parts = [
                _arrow(said(field, limit, was), said(field, after[when][1], now), reader, was.condition(condition))
                for when, (condition, limit) in before.items()
                if limit != after[when][1]
            ]
            return reader.text("studio.semicolon").join(parts)
    return _arrow(words(field, old, was), words(field, new, now), reader)


def _arrow(old: str, new: str, reader: Reader, condition: str = "") -> str:
    change = reader.text("studio.arrow", old=old, new=new)
    if not condition or condition == reader.text("studio.always"):
        return change
    return reader.text("studio.under", condition=condition, change=change)


def _rules(written: Any) -> dict[str, tuple[Mapping[str, Any], Any]]:
    return {condition_text(when): (when, limit) for when, limit in rules_of(written)}


def words(field: ItemField, written: Any, choices: WrittenChoices) -> str:
    """A value as people read it; `nothing` in place of one that is not written."""
    reader = choices.reader
    if written is ABSENT or written is None or written == [] or written == "":
        return reader.text("studio.nothing")
    if field.kind == "rules":
        parts = [
            said(field, limit, choices)
            if not when
            else reader.text("studio.under", condition=choices.condition(when), change=said(field, limit, choices))
            for when, limit in rules_of(written)
        ]
        return reader.text("studio.semicolon").join(parts)
    return said(field, written, choices)


def said(field: ItemField, written: Any, choices: WrittenChoices) -> str:
    reader = choices.reader
    if field.kind in ("limit", "rules"):
        return limit_words(written, reader)
    if field.kind in ("label", "own_label", "own_texts", "long_label"):
        return reader.text("studio.quoted", text=_short(choices.label(written, reader.text("studio.nothing"))))
    if field.kind == "flag":
        return reader.text("common.yes" if written is True else "common.no")
    if field.kind == "times" and isinstance(written, Mapping):
        spans = [f"{day} {', '.join(map(str, as_list(times)))}" for day, times in written.items()]
        return reader.text("studio.semicolon").join(spans)
    if field.kind == "lines":
        return reader.text("studio.comma").join(warning_words(str(one), reader) for one in as_list(written))
    if field.kind == "names":
        return reader.text("studio.comma").join(
            choices.word(field, one) if isinstance(one, str) else _written(one) for one in as_list(written)
        )
    if field.kind == "switch" and isinstance(written, bool):
        return choices.word(field, str(written).lower())
    if isinstance(written, str) and field.kind == "choice":
        return choices.word(field, written)
    return _short(written if isinstance(written, str) else _written(written))


def _written(value: Any) -> str:
    return canonical.encode(value).decode()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def limit_words(written: Any, reader: Reader) -> str:
    """What is no limit is shown as written."""
    text = expand_limit(written)
    try:
        return limit_text(parse_limit(text), reader.language)
    except (ValueError, TypeError):
        return _short(str(text))


def warning_words(text: str, reader: Reader) -> str:
    """`1 working day before`; what is no warning is shown as written."""
    try:
        before = parse_warning(text).before
    except ValueError:
        return text
    return text if before is None else reader.text("studio.before", limit=limit_text(before, reader.language))
