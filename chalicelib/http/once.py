"""A value made when first asked for, and once even where threads ask together (`functools.cache` may make two)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

Made = TypeVar("Made")


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """A `make` that raises is asked again the next time."""
    lock = Lock()
    made: list[Made] = []

    def get() -> Made:
        if not made:
            with lock:
                if not made:
                    made.append(make())
        return made[0]

    return get
