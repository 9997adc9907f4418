"""Edits of a written document, and what each does to the document as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.policy.reading.faults import Fault, Path, PolicyFault


class SetValue(msgspec.Struct, frozen=True, tag=True):
    """Replaces the value at the path, which exists."""

    path: Path
    value: Any


class AddMember(msgspec.Struct, frozen=True, tag=True):
    """Adds a member to a map, or an item to a list: the last step of the path is its key or, of an item, 0.

    `at`: its position; by default the end.
    """

    path: Path
    value: Any
    at: int | None = None


class RemoveMember(msgspec.Struct, frozen=True, tag=True):
    """Removes a member of a map or an item of a list. Comment lines above it stay."""

    path: Path


class MoveMember(msgspec.Struct, frozen=True, tag=True):
    """Moves a member of a map or an item of a list to another position, with the comment lines right above it."""

    path: Path
    to: int


Edit = SetValue | AddMember | RemoveMember | MoveMember


def edited(document: Any, edit: Edit) -> Any:
    """The document after the edit. Raises `PolicyFault` if the path does not lead to a value."""
    return _edited(document, edit.path, edit, edit.path)


def _edited(value: Any, rest: Path, edit: Edit, path: Path) -> Any:
    if not rest:
        if isinstance(edit, SetValue):
            return edit.value
        raise PolicyFault([Fault(path, "edit-nothing")])
    if isinstance(value, Mapping):
        pairs = [(key, one) for key, one in value.items()]
        changed = _changed(pairs, [str(key) for key in value], rest, edit, path)
        return dict(changed)
    if isinstance(value, list):
        return [one for _, one in _changed(list(enumerate(value)), list(range(len(value))), rest, edit, path)]
    raise PolicyFault([Fault(path[: len(path) - len(rest) + 1], "edit-nothing")])


def _changed(pairs: list[tuple[Any, Any]], names: list[Any], rest: Path, edit: Edit, path: Path) -> list[Any]:
    """The members of a map or list, of which the first step of `rest` names one."""
    is_list = bool(names) and isinstance(names[0], int)
    step: Any = rest[0] if is_list or not names else str(rest[0])
    if isinstance(edit, AddMember) and len(rest) == 1:
        if not is_list and step in names:
            raise PolicyFault([Fault(path, "edit-twice")])
        at = len(pairs) if edit.at is None else position(edit.at, len(pairs), path)
        return [*pairs[:at], (rest[0], edit.value), *pairs[at:]]
    found = next((number for number, name in enumerate(names) if name == step), None)
    if found is None:
        raise PolicyFault([Fault(path[: len(path) - len(rest) + 1], "edit-nothing")])
    key, one = pairs[found]
    others = [*pairs[:found], *pairs[found + 1 :]]
    if len(rest) > 1 or isinstance(edit, SetValue):
        return [*pairs[:found], (key, _edited(one, rest[1:], edit, path)), *pairs[found + 1 :]]
    if isinstance(edit, MoveMember):
        to = position(edit.to, len(others), path)
        return [*others[:to], (key, one), *others[to:]]
    return others


def position(at: int, most: int, path: Path) -> int:
    if not 0 <= at <= most:
        raise PolicyFault([Fault(path, "edit-nothing")])
    return at


def same(one: Any, other: Any) -> bool:
    """Whether two documents are the same, also in the order of their keys and in the kinds of their values."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)
