"""What a change of a written procedure says, in sentences: `Reply: 24 hours → 3 working days`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chalicelib.features.studio.forms.options import FieldWords, WrittenChoices
from chalicelib.features.studio.forms.rows import ItemRow, in_document, members, rows
from chalicelib.features.studio.forms.written import Path, in_item, value_at
from chalicelib.kit import canonical
from chalicelib.web.pages.reader import Reader


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
    if row.keyed:
        return choices.reader.text("studio.numbered", item=kind, number=last)
    if row.name == "points":
        return choices.severity(str(last))
    return choices.label(item, str(last))


def _fields(row: ItemRow, path: Path, was: WrittenChoices, now: WrittenChoices) -> Iterator[str]:
    old, new = value_at(was.document, path), value_at(now.document, path)
    for field in row.fields:
        one, other = in_item(old, field.path), in_item(new, field.path)
        if field.kind.shown(one) == field.kind.shown(other):
            continue
        change = (field.kind.change or field.kind.says)(
            one, other, FieldWords(field.options, was), FieldWords(field.options, now)
        )
        if field.main:
            yield change
        else:
            label = now.reader.text(f"studio.field.{field.key}")
            yield now.reader.text("studio.of_field", field=label, change=change)
