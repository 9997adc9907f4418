"""CalendarFault: everything that is wrong with a calendar, at once."""

from __future__ import annotations

from collections.abc import Sequence

Path = tuple[str | int, ...]
"""Where in the document: keys and list positions from its root."""


class CalendarFault(ValueError):
    """A calendar document that cannot be used, with all of its faults."""

    def __init__(self, faults: Sequence[tuple[Path, str]]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path)) or 'calendar'}: {message}" for path, message in faults))
        self.faults = tuple(faults)


class FaultCollector:
    """Collects faults while a document is read, so that its author sees all of them together."""

    def __init__(self) -> None:
        self._found: list[tuple[Path, str]] = []

    def note(self, path: Path, message: str) -> None:
        self._found.append((path, message))

    def raise_if_any(self) -> None:
        if self._found:
            raise CalendarFault(self._found)
