"""What a form is about: an item of the draft, by its address in the page's query, and the edits that it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.features.studio.forms import filling, rows
from chalicelib.features.studio.forms.rows import ItemRow
from chalicelib.features.studio.forms.written import ABSENT, Path, value_at
from chalicelib.kit.problem import pointer_of
from chalicelib.policy.editing import differences
from chalicelib.policy.editing.edits import AddMember, Edit, MoveMember, RemoveMember


class FormTarget(NamedTuple):
    """`path`: of the item; of a new one, of the list that it joins. `at`, `most`: its
    position, and how many the list has."""

    row: ItemRow
    path: Path
    item: Any
    is_new: bool
    at: int = 0
    most: int = 1


def find(document: Any, section: str, address: str, *, is_new: bool) -> FormTarget | None:
    """None if the document has no such item, such as one that another author removed."""
    for row in rows.rows(section):
        for one in rows.in_document(document, row):
            if is_new:
                if pointer_of(one.path) == address:
                    return FormTarget(one, one.path, one.new, True)
                continue
            found = rows.members(document, one)
            for place, (path, item) in enumerate(found):
                if pointer_of(path) == address:
                    return FormTarget(one, path, item, False, place, len(found))
    return None


def can_be_added(document: Any, row: ItemRow) -> bool:
    holder = value_at(document, row.path)
    if row.alone:
        return holder is ABSENT
    return not isinstance(holder, list) or all(isinstance(one, Mapping) for one in holder)


def saving(document: Any, target: FormTarget, given: Mapping[str, Sequence[str]], key: str) -> list[Edit]:
    changed = filling.filled(target.row, target.item, given)
    if target.row.rekeyed and not target.is_new and key not in ("", str(target.path[-1])):
        return [RemoveMember(target.path), AddMember((*target.path[:-1], key), changed)]
    if not target.is_new:
        return list(differences.between(target.item, changed, target.path))
    holder = value_at(document, target.path)
    if target.row.alone:
        return [addition(document, target.path, changed)]
    return [addition(document, (*target.path, 0 if isinstance(holder, list) else key), changed)]


def addition(document: Any, path: Path, value: Any) -> Edit:
    """With the maps that the document lacks on the way."""
    missing = len(path) - 1
    while missing and value_at(document, path[:missing]) is ABSENT:
        missing -= 1
    for step in reversed(path[missing + 1 :]):
        value = {step: value}
    return AddMember(path[: missing + 1], value)


def arranging(target: FormTarget, go: str) -> list[Edit]:
    """Of the buttons beside an item: to remove it, or to move it by one place."""
    if go == "remove":
        return [RemoveMember(target.path)]
    to = target.at + (1 if go == "down" else -1)
    return [MoveMember(target.path, to)] if go in ("up", "down") and 0 <= to < target.most else []
