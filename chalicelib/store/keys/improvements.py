"""Improvement actions: those in progress first, then those that are over. Callers import this module: a cold start does
not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, starting_with
from chalicelib.store.port import Key

_ACTIVE, _OVER = "A#", "Z#"


def partition(tenant: str) -> str:
    return lookup(tenant, "improvements", "").pk


def action(tenant: str, action_id: str, *, over: bool) -> Key:
    """`over`: whether its effect is watched no longer."""
    return lookup(tenant, "improvements", "", f"{_OVER if over else _ACTIVE}{action_id}")


ACTIVE: KeyRange = starting_with(_ACTIVE)
