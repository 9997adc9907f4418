"""From a path in the full form back to the document as it was written, so that a fault is found where its author looks.

Short forms leave steps out (`acts` of a stage, `0` of a list of one) and use other words (`from`, `for`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.policy.reading.faults import Path

AS_WRITTEN = {"start": "from", "role": "for"}
_MAPS_IN_ORDER = frozenset({"events", "from", "until", "on", "at"})


def path(document: Any, full: Path, *, missing: bool = False) -> Path:
    """The longest part of `full` that was written; with `missing` its last step is named though nobody wrote it."""
    found: list[str | int] = []
    here = document
    for step in full:
        inner = _step(here, step, found[-1] if found else None)
        if inner is not None:
            found.append(inner)
            here = _value(here, inner)
    if missing and full and (not found or found[-1] != _word(full)):
        found.append(_word(full))
    return tuple(found)


def _word(full: Path) -> str | int:
    renamed = full[0] in ("clocks", "tasks") and len(full) == 3
    return AS_WRITTEN.get(str(full[-1]), full[-1]) if renamed else full[-1]


def _step(here: Any, step: str | int, before: str | int | None) -> str | int | None:
    """The step as written, or None where the short form has none."""
    if isinstance(here, Mapping):
        if step in here:
            return step
        if isinstance(step, int):
            keys = list(here)
            return keys[step] if before in _MAPS_IN_ORDER and step < len(keys) and "event" not in here else None
        other = AS_WRITTEN.get(step)
        return other if other in here else None
    if isinstance(here, list):
        if isinstance(step, int):
            return step if step < len(here) else None
        return here.index(step) if step in here else None
    return None


def _value(here: Any, step: Any) -> Any:
    return here[step]
