"""Optimistic locking: an attempt that lost to another writer is repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chalicelib.kit.problem import Problem
from chalicelib.store.port import CommitConflict

ATTEMPTS = 5
T = TypeVar("T")


def retry_on_conflict(attempt: Callable[[], T]) -> T:
    """Repeat `attempt` after each `CommitConflict`. Raises the last conflict after `ATTEMPTS` attempts.

    Each attempt reads again what it decides on. Its other effects must be repeatable.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except CommitConflict:
            continue
    return attempt()


def retry_or_refuse(attempt: Callable[[], T], detail: str) -> T:
    """As `retry_on_conflict`, but raises `Problem("conflict", detail)` in place of the last conflict."""
    try:
        return retry_on_conflict(attempt)
    except CommitConflict:
        raise Problem("conflict", detail) from None
