"""Faults of a calendar document, collected so that its author sees all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

Path = tuple[str | int, ...]
"""Keys and list positions from the root of the document."""


class CalendarFault(ValueError):
    """The calendar document is not valid. `faults` holds a path and a message for each fault."""

    def __init__(self, faults: Sequence[tuple[Path, str]]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path)) or 'calendar'}: {message}" for path, message in faults))
        self.faults = tuple(faults)


class FaultCollector:
    def __init__(self) -> None:
        self._found: list[tuple[Path, str]] = []

    def add(self, path: Path, message: str) -> None:
        self._found.append((path, message))

    def raise_if_any(self) -> None:
        if self._found:
            raise CalendarFault(self._found)
