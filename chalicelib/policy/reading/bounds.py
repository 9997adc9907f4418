"""How large a document may be, so that checking it ends soon whatever it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.policy.reading.faults import Fault, Path, PolicyFault

MOST_BYTES = 256 * 1024
"""Of the text as it is written, and of the full form as canonical JSON (design §3)."""
MOST_VALUES = 10_000
MOST_DEPTH = 24
MOST: dict[Path, int] = {
    ("people",): 200,
    ("tiers",): 20,
    ("intake", "channels"): 100,
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
    ("wording",): 500,
    ("examples",): 100,
}
"""Far beyond what a procedure has; the largest preset has 11 stages and 5 clocks."""


def measure(document: Any) -> None:
    """Raises `PolicyFault` for values that are too many or too deep. No recursion: the input chooses the depth."""
    seen = 0
    stack: list[tuple[Any, int]] = [(document, 0)]
    while stack:
        value, depth = stack.pop()
        seen += 1
        if seen + len(stack) > MOST_VALUES or depth > MOST_DEPTH:
            raise PolicyFault([Fault((), "too-many-values", most=MOST_VALUES, depth=MOST_DEPTH)])
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        if len(inner) > MOST_VALUES:
            raise PolicyFault([Fault((), "too-many-values", most=MOST_VALUES, depth=MOST_DEPTH)])
        stack.extend((one, depth + 1) for one in inner)


def too_many(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Parts with more in them than any procedure has. What is checked afterwards may be quadratic in these."""
    for path, most in MOST.items():
        value: Any = document
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        if isinstance(value, list | Mapping) and len(value) > most:
            yield Fault(path, "too-many-of", count=len(value), most=most)
