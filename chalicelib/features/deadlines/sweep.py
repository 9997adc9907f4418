"""The sweep: once a minute, enqueues a hit for each due entry, oldest first (X.3).

It goes in rounds. A round reads the next page of each shard that has one. Reading one shard after the other would send
all workers to one partition.

A stored position says how far each shard of index `due` is enqueued, so that a backlog is not enqueued every minute. It
is valid only while the queue holds messages. Hits that are in the index while the queue is empty must be enqueued
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from chalicelib.access import binding
from chalicelib.features.deadlines import batch
from chalicelib.kit import observability
from chalicelib.kit.instants import MINUTE, Instant, to_text
from chalicelib.ports import QueueMessage
from chalicelib.store import keys, reads
from chalicelib.store.due_index import DueHit, ForeignDueKey, parse_due
from chalicelib.store.port import Page, Put, Store, Unavailable
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "sweep-position"
LOOK_BACK = 2 * MINUTE
"""The index is eventually consistent. Hits that fell due within this time may have been invisible, so each sweep reads
this range again."""
_NEXT = "!"
"""Appended to a key, it sorts just behind that key and before every other."""
VALID_FOR = 15 * MINUTE
"""Real time after which a backlog is enqueued again although the queue is not empty: a message can be lost."""


class SweepPosition(msgspec.Struct):
    """`through` maps a shard to the due key (`due_sk`) up to which all hits are enqueued."""

    since: Instant
    """Real time at which the first of these hits was enqueued."""
    through: dict[str, str] = {}

    def start(self, shard: int, now: Instant) -> str:
        """The due key from which the shard's hits have to be enqueued. `now` is domain time."""
        through = self.through.get(str(shard))
        return "" if through is None else min(through + _NEXT, to_text(now - LOOK_BACK))

    def advance(self, shard: int, page: Page) -> None:
        last = page.entries[-1].due
        if last is not None:
            self.through[str(shard)] = last.sk


FORM = Form(KIND, SweepPosition, keeps=False)


def load(wiring: Wiring) -> SweepPosition:
    """Returns the position of earlier sweeps, or the beginning if that position is no longer valid."""
    beginning = SweepPosition(since=wiring.real_clock())
    with binding.directory():
        entry = reads.find(wiring.store, keys.sweep_position())
    if entry is None or wiring.due.depth() == 0:
        return beginning
    saved = FORM.read(entry)
    return saved if wiring.real_clock() - saved.since < VALID_FOR else beginning


def save(store: Store, position: SweepPosition) -> None:
    """Of two concurrent sweeps, the position that is written last remains.

    Hits that only the other position covers are enqueued again, which is harmless.
    """
    try:
        with binding.directory():
            store.commit([Put(FORM.entry(keys.sweep_position(), position), if_absent=False)])
    except Unavailable as error:  # this sweep continues: the next one only enqueues more than necessary
        observability.error("The sweep's position could not be saved", error=observability.frames(error))


MAX_ROUND_HITS = 64_000
"""Hits of one round over all shards: about 60 MB of the function's gigabyte. A smaller round would hold fewer hits of
each tenant, so messages would be emptier. The workers and the sweep pay for each message."""
MAX_DURATION = MINUTE
"""Real time after which a sweep begins no further round. The next sweep has begun by then and continues from this one's
position. Two sweeps at once would send the same hits twice."""
_AFTER_HASH = "$"
"""Sorts just behind `#`, so every key of the instant sorts before it."""
_NONE = Page([], None)


class SweepResult(msgspec.Struct):
    """`enqueued`: hits sent to the queue. `foreign`: hits whose key names another tenant than their item."""

    enqueued: int = 0
    foreign: int = 0


def sweep(wiring: Wiring, now: Instant) -> SweepResult:
    """Enqueues everything that is due at `now`. A later sweep continues from the position of this one.

    If nothing is due, it only reads one page of each shard. If a shard cannot be read, it enqueues the hits of the
    other shards and then raises `Unavailable`.
    """
    result, reader = SweepResult(), _ShardReader(wiring, now)
    for pages in reader.rounds():
        hits = sorted((hit for page in pages.values() for hit in _own_hits(page, result)), key=_order)
        wiring.due.send([QueueMessage.of(each) for each in batch.batches_in_turns(hits)])
        result.enqueued += len(hits)
        reader.save(pages)  # after the messages: a sweep that dies in between sends them twice, and loses none
    if result.enqueued:
        observability.measure("DueEnqueued", result.enqueued)
    if result.foreign:
        observability.measure("DueForeign", result.foreign)
    if reader.failed is not None:
        raise reader.failed
    return result


class _ShardReader:
    """Reads all shards page by page. `failed` is the error of a shard that could not be read; it stops no other."""

    def __init__(self, wiring: Wiring, now: Instant) -> None:
        self.failed: Unavailable | None = None
        self._wiring, self._now, self._until = wiring, now, to_text(now) + _AFTER_HASH
        self._page_size = max(1, MAX_ROUND_HITS // keys.DUE_SHARDS)
        self._ends = wiring.real_clock() + MAX_DURATION
        self._position: SweepPosition | None = None
        self._starts: dict[int, str] = {}
        """The due key from which each shard is read. It is the same for all pages of a shard: DynamoDB rejects a start
        key that lies outside the range of the query."""

    def rounds(self) -> Iterator[dict[int, Page]]:
        """Yields the next non-empty page of each shard, by shard."""
        ahead = {shard: reads.pages(partial(self._read, shard)) for shard in range(keys.DUE_SHARDS)}
        while pages := {shard: page for shard, left in ahead.items() if (page := next(left, _NONE)).entries}:
            yield pages
            over = self._wiring.real_clock() >= self._ends
            ahead = {} if over else {shard: ahead[shard] for shard in pages}

    def save(self, pages: Mapping[int, Page]) -> None:
        """Records that these pages are enqueued."""
        if self._position is not None:
            for shard, page in pages.items():
                self._position.advance(shard, page)
            save(self._wiring.store, self._position)

    def _read(self, shard: int, after: Mapping[str, str] | None) -> Page:
        try:
            page = self._query(shard, after)
            if self._position is None and page.entries:
                return self._read_from_position(shard, page)
            return page
        except Unavailable as error:
            observability.error("A shard of index `due` could not be read", error=observability.frames(error))
            self.failed = error
            return _NONE

    def _read_from_position(self, shard: int, page: Page) -> Page:
        """Loads the position at the first hit, and reads that hit's page again from there."""
        self._position = load(self._wiring)
        self._starts = {each: self._position.start(each, self._now) for each in range(keys.DUE_SHARDS)}
        return self._query(shard, None) if self._starts[shard] else page

    def _query(self, shard: int, after: Mapping[str, str] | None) -> Page:
        start = self._starts.get(shard, "")
        with binding.sweep():
            return self._wiring.store.due(shard, self._until, since=start, limit=self._page_size, after=after)


def _order(hit: DueHit) -> tuple[Instant, str, str]:
    """The order of the index. Hits of one instant are grouped by tenant over all shards, so that messages are full."""
    return hit.wake_at, hit.tenant, hit.aggregate


def _own_hits(page: Page, result: SweepResult) -> Iterator[DueHit]:
    """Yields the hits whose tenant matches their item. Logs the others, and counts them in `result.foreign`."""
    for entry in page.entries:
        hit = parse_due(entry)
        if isinstance(hit, ForeignDueKey):
            result.foreign += 1
            observability.error("A due entry names another tenant than its item", complaint=hit.key.pk)
        else:
            yield hit
