"""Maps a path in the full form back to the document as it was written, so that authors find a fault where they look.

Short forms omit steps (`acts` of a stage, `0` of a list of one) and use other words (`from`, `for`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.policy.reading.faults import Path

AS_WRITTEN = {"start": "from", "role": "for", "roles": "for"}
"""Keys of the full form, and the words that authors write instead."""
_RENAMED = (("supervision", "inspection"), ("intake", "limitation"))
_ORDERED_MAPS = frozenset({"events", "from", "until", "on", "at", "bands"})


def source_path(document: Any, full: Path, *, missing: bool = False) -> Path:
    """The longest part of `full` that exists in the document. With `missing`, the absent last step is appended."""
    found: list[str | int] = []
    value = document
    for step in full:
        written = _written_step(value, step, found[-1] if found else None)
        if written is not None:
            found.append(written)
            value = value[written]
    if missing and full and (not found or found[-1] != _last_word(full)):
        found.append(_last_word(full))
    return tuple(found)


def _last_word(full: Path) -> str | int:
    renamed = (full[0] in ("clocks", "tasks", "ledgers") and len(full) == 3) or full[:2] in _RENAMED
    return AS_WRITTEN.get(str(full[-1]), full[-1]) if renamed else full[-1]


def _written_step(value: Any, step: str | int, previous: str | int | None) -> Any:
    """The step as written, or None if the short form omits it."""
    if isinstance(value, Mapping):
        if step in value:
            return step
        if isinstance(step, int):
            keys = list(value)
            return keys[step] if previous in _ORDERED_MAPS and step < len(keys) and "event" not in value else None
        if step == "fields" and isinstance(previous, int) and len(value) == 1 and "event" not in value:
            return next(iter(value))  # `{decided: {outcome: upheld}}` in a list
        other = AS_WRITTEN.get(step)
        return other if other in value else None
    if isinstance(value, list):
        if isinstance(step, int):
            return step if step < len(value) else None
        return value.index(step) if step in value else None
    return None
