"""Helpers of `short_forms`: each takes a part of a document and leaves a value of an unexpected shape unchanged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Raw = Any


def as_list(raw: Raw) -> Raw:
    return raw if isinstance(raw, list) else [raw]


def change(holder: dict[str, Raw], key: str, expand: Callable[[Raw], Raw]) -> None:
    if holder.get(key) is not None:
        holder[key] = expand(holder[key])


def change_members(raw: Raw, *changes: tuple[str, Callable[[Raw], Raw]]) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = dict(raw)
    for key, expand in changes:
        change(full, key, expand)
    return full


def each_value(expand: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return {key: expand(value) for key, value in raw.items()} if isinstance(raw, dict) else raw

    return changed


def each_item(expand: Callable[[Raw], Raw]) -> Callable[[Raw], Raw]:
    def changed(raw: Raw) -> Raw:
        return [expand(value) for value in raw] if isinstance(raw, list) else raw

    return changed


def renamed(raw: Raw, written: str, full: str) -> Raw:
    """Replaces the word that authors write with the key of the full form."""
    return {(full if key == written else key): value for key, value in raw.items()} if isinstance(raw, dict) else raw
