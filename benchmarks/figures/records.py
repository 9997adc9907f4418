"""Records of many complaints: played lives, copied to other days under further numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from chalicelib.kit.instants import DAY, Instant, from_text, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Page
from tests.backtests.live import Office
from tests.kernel.statistics.played import records

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
Life = list[str]
"""The bodies of the events of one complaint."""


def lives(office: Office) -> list[Life]:
    """Of the office's complaints, each filed on the first day of the first."""
    found = [[msgspec.json.encode(event).decode() for event in one.record] for one in records(office)]
    first = min(day_of(life) for life in found)
    return [[shifted(body, (first - day_of(life)) * DAY) for body in life] for life in found]


def day_of(life: Life) -> int:
    """The UTC day of the filing, since the epoch."""
    return at(life[0]) // DAY


def at(body: str) -> Instant:
    return from_text(msgspec.json.decode(body, type=_At).at)


class _At(msgspec.Struct):
    at: str


def shifted(body: str, delta: int) -> str:
    """The event with every instant moved by `delta` milliseconds. Its hash no longer fits."""
    return _INSTANT.sub(lambda found: to_text(from_text(found[0]) + delta), body)


class CopiedLives:
    """Copies of lives on other days, which share their bodies."""

    def __init__(self, found: Sequence[Life]) -> None:
        self._lives = found
        self._life = cache(self._shifted)

    def _shifted(self, life: int, days: int) -> Life:
        return [shifted(body, days * DAY) for body in self._lives[life]]

    def entries(self, tenant: str, number: str, life: int, days: int) -> Iterator[Entry]:
        """The events of a complaint with this number, filed `days` days after the lives."""
        pk = keys.complaint(tenant, number)
        for position, body in enumerate(self._life(life % len(self._lives), days), 1):
            yield Entry(key=keys.event(pk, position), kind="event", body=body)


class Items:
    """A store that counts its calls, and the items that it returns."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.read = self.calls_made = 0

    def get(self, names: Sequence[Key]) -> dict[Key, Entry]:
        found: dict[Key, Entry] = self._store.get(names)
        self.read += len(found)
        self.calls_made += 1
        return found

    def query(self, pk: str, **how: Any) -> Page:
        page: Page = self._store.query(pk, **how)
        self.read += len(page.entries)
        self.calls_made += 1
        return page

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
