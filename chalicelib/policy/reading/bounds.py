"""Size limits of a policy document. They bound the time that a check takes, whatever the document contains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.policy.reading.faults import Fault, Path, PolicyFault

MAX_BYTES = 256 * 1024
"""Applies to the written text and to the canonical JSON of the full form."""
MAX_VALUES = 10_000
MAX_DEPTH = 24
MAX_ITEMS: dict[Path, int] = {
    ("calendars",): 10,
    ("people",): 200,
    ("tiers",): 20,
    ("intake", "channels"): 100,
    ("intake", "required"): 100,
    ("intake", "received", "needs"): 20,
    ("intake", "facts"): 300,
    ("intake", "subject"): 20,
    ("intake", "email"): 20,
    ("intake", "refusals"): 100,
    ("intake", "routing"): 100,
    ("severity", "classes"): 20,
    ("severity", "ageing"): 20,
    ("fields",): 300,
    ("stages",): 200,
    ("clocks",): 100,
    ("tasks",): 100,
    ("points", "at"): 10,
    ("publicity", "notices", "shows"): 50,
    ("publicity", "results", "shows"): 50,
    ("supervision", "by"): 20,
    ("wording",): 500,
    ("forms",): 20,
    ("ledgers",): 10,
    ("examples",): 100,
}
"""The maximum number of items by path; far above real procedures: the largest preset has 11 stages and 5 clocks."""


def check_size(document: Any) -> None:
    """Raises `PolicyFault` for too many or too deeply nested values.

    It does not recurse, because the input determines the depth.
    """
    count = 0
    stack: list[tuple[Any, int]] = [(document, 0)]
    while stack:
        value, depth = stack.pop()
        count += 1
        if count + len(stack) > MAX_VALUES or depth > MAX_DEPTH:
            raise PolicyFault([Fault((), "too-many-values", most=MAX_VALUES, depth=MAX_DEPTH)])
        if isinstance(value, str):  # as most are; to ask whether a value is a `Mapping` takes longest
            continue
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        if len(inner) > MAX_VALUES:
            raise PolicyFault([Fault((), "too-many-values", most=MAX_VALUES, depth=MAX_DEPTH)])
        stack.extend((one, depth + 1) for one in inner)


def size_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Reports parts with more items than `MAX_ITEMS`. Later checks may take quadratic time in these numbers."""
    for path, most in MAX_ITEMS.items():
        value: Any = document
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if isinstance(value, list | Mapping) and len(value) > most:
            yield Fault(path, "too-many-of", count=len(value), most=most)
