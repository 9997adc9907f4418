"""`all()` of nothing is true. Tests check that there is something first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def nonempty(values: Iterable[T]) -> list[T]:
    found = list(values)
    assert found, "nothing to check"
    return found
