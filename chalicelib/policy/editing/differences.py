"""The least edits that make one value of a document another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from chalicelib.kit import canonical
from chalicelib.policy.editing.edits import AddMember, Edit, MoveMember, RemoveMember, SetValue, same
from chalicelib.policy.reading.faults import Path


def between(before: Any, after: Any, path: Path = ()) -> Iterator[Edit]:
    """The edits, to be made one after the other. `path`: where the value stands in its document."""
    if same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and before and after:
        yield from _of_maps(before, after, path)
    elif isinstance(before, list) and isinstance(after, list) and before and after:
        yield from _of_lists(before, after, path)
    else:
        yield SetValue(path, after)


def _of_maps(before: Mapping[Any, Any], after: Mapping[Any, Any], path: Path) -> Iterator[Edit]:
    """Additions come first, so that the map never becomes empty."""
    order = list(before)
    for at, key in enumerate(after):
        if key in before:
            yield from between(before[key], after[key], (*path, key))
        else:
            order.insert(min(at, len(order)), key)
            yield AddMember((*path, key), after[key], order.index(key))
    for key in before:
        if key not in after:
            order.remove(key)
            yield RemoveMember((*path, key))
    for to, key in enumerate(after):
        if order[to] != key:
            order.remove(key)
            order.insert(to, key)
            yield MoveMember((*path, key), to)


def _of_lists(before: list[Any], after: list[Any], path: Path) -> Iterator[Edit]:
    old, new = [_named(one) for one in before], [_named(one) for one in after]
    if sorted(old) == sorted(new):
        yield from _moves(old, new, path)
        return
    shift = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        for one in range(both):
            yield from between(before[i1 + one], after[j1 + one], (*path, i1 + shift + one))
        for one in range(j1 + both, j2):
            yield AddMember((*path, 0), after[one], one)
        for _ in range(i1 + both, i2):
            yield RemoveMember((*path, j2))
        shift = j2 - i2


def _moves(old: list[str], new: list[str], path: Path) -> Iterator[Edit]:
    order = list(old)
    for to, one in enumerate(new):
        if order[to] != one:
            at = order.index(one, to)
            order.insert(to, order.pop(at))
            yield MoveMember((*path, at), to)


def _named(value: Any) -> str:
    return canonical.encode(value).decode()
