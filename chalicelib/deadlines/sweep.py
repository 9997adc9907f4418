"""The sweep: every minute, whatever is due is enqueued for the workers, oldest first, to the end (design §8, X.3).

It goes in rounds: a page of each shard that still has one. Shard after shard would send all workers to one partition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.deadlines import batch, sweep_position
from chalicelib.deadlines.sweep_position import SweepPosition
from chalicelib.instants import MINUTE, Instant, to_text
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.keys import DueHit, Foreign, parse_due
from chalicelib.store.port import Page, Unavailable
from chalicelib.wiring import Wiring

ROUND = 64_000
"""Hits that a round over all shards holds at most, some 60 MB of the function's gigabyte. With fewer, messages would be
emptier: a round of mixed times has few hits of each tenant, and workers and the sweep itself pay by the message."""
LASTS = MINUTE
"""Real time after which a sweep begins no further round: the next one has begun, and goes on from this one's position.
Two at once would send the rest twice."""
_AFTER_ANY = "$"
"""Sorts just behind `#`: every key of that instant lies below."""


class SweepResult(msgspec.Struct):
    """What a sweep did: hits enqueued, and hits that named another tenant's item."""

    enqueued: int = 0
    foreign: int = 0


def sweep(wiring: Wiring, now: Instant) -> SweepResult:
    """Reads one page of each shard where nothing is due, and touches nothing else. A later one goes on where it ended.

    Raises `Unavailable` where a shard could not be read, when what the others have is enqueued.
    """
    done, reading = SweepResult(), _Reading(wiring, now)
    for pages in reading.rounds():
        hits = sorted((hit for page in pages.values() for hit in _own(page, done)), key=_order)
        wiring.due.send([QueueMessage.of(each) for each in batch.in_turns(hits)])
        done.enqueued += len(hits)
        reading.keep(pages)  # after the messages: a sweep that dies in between has them sent twice
    if done.enqueued:
        observability.measure("DueEnqueued", done.enqueued)
    if done.foreign:
        observability.measure("DueForeign", done.foreign)
    if reading.failed is not None:
        raise reading.failed
    return done


class _Reading:
    """All shards, page by page. `failed`: what kept a shard from being read, which keeps no other from it."""

    def __init__(self, wiring: Wiring, now: Instant) -> None:
        self.failed: Unavailable | None = None
        self._wiring, self._now, self._until = wiring, now, to_text(now) + _AFTER_ANY
        self._page = max(1, ROUND // keys.DUE_SHARDS)
        self._ends = wiring.real_clock() + LASTS
        self._position: SweepPosition | None = None
        self._starts: dict[int, str] = {}
        """Where each shard's pages begin; the same for all of them, since DynamoDB refuses a page from before it."""

    def rounds(self) -> Iterator[dict[int, Page]]:
        """By shard, the next page of each that has one with something in it."""
        ahead: dict[int, Mapping[str, str] | None] = dict.fromkeys(range(keys.DUE_SHARDS))
        while ahead:
            read = {shard: self._read(shard, after) for shard, after in ahead.items()}
            pages = {shard: page for shard, page in read.items() if page.entries}
            if pages:
                yield pages
            over = self._wiring.real_clock() >= self._ends
            ahead = {} if over else {shard: page.after for shard, page in pages.items() if page.after is not None}

    def keep(self, pages: Mapping[int, Page]) -> None:
        """Put on record that all of these pages is enqueued."""
        if self._position is not None:
            for shard, page in pages.items():
                self._position.reached(shard, page)
            sweep_position.keep(self._wiring, self._position)

    def _read(self, shard: int, after: Mapping[str, str] | None) -> Page:
        try:
            page = self._query(shard, after)
            if self._position is None and page.entries:
                return self._from_position(shard, page)
            return page
        except Unavailable as error:
            observability.error("A shard of what is due could not be read", error=observability.frames(error))
            self.failed = error
            return Page([], None)

    def _from_position(self, shard: int, page: Page) -> Page:
        """The position is asked for when the first hit is seen: its page is then read again from there."""
        self._position = sweep_position.current(self._wiring)
        self._starts = {each: self._position.start(each, self._now) for each in range(keys.DUE_SHARDS)}
        return self._query(shard, None) if self._starts[shard] else page

    def _query(self, shard: int, after: Mapping[str, str] | None) -> Page:
        start = self._starts.get(shard, "")
        with binding.sweep():
            return self._wiring.store.due(shard, self._until, since=start, limit=self._page, after=after)


def _order(hit: DueHit) -> tuple[Instant, str, str]:
    """As in the index: what is due at one moment comes by tenant, so that messages are full, and from all shards."""
    return hit.wake_at, hit.tenant, hit.aggregate


def _own(page: Page, done: SweepResult) -> Iterator[DueHit]:
    for entry in page.entries:
        hit = parse_due(entry)
        if isinstance(hit, Foreign):
            done.foreign += 1
            observability.error("A due hit names another tenant than its item", complaint=hit.key.pk)
        else:
            yield hit
