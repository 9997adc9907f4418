"""The sweep: every minute, whatever is due is enqueued for the workers, oldest first, to the end (design §8, X.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib import observability
from chalicelib.deadlines import batch, position
from chalicelib.deadlines.position import Position
from chalicelib.instants import Instant, to_text
from chalicelib.store import keys
from chalicelib.store.keys import DueHit, Foreign, parse_due
from chalicelib.store.port import Page
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring

_PAGE = 1000
_AFTER_ANY = "$"
"""Sorts just behind `#`: every key of that instant lies below."""


class Swept(msgspec.Struct):
    """What a sweep did: hits enqueued, and hits that named another tenant's item."""

    enqueued: int = 0
    foreign: int = 0


def sweep(wiring: Wiring, now: Instant) -> Swept:
    """Reads one page of each shard where nothing is due, and touches nothing else."""
    done, known = Swept(), list[Position]()
    for shard in range(keys.DUE_SHARDS):
        for page in _pages(wiring, shard, now, known):
            hits = list(_own(page, done))
            wiring.due.send([batch.message(each) for each in batch.in_turns(hits)])
            done.enqueued += len(hits)
            known[0].reached(shard, page)
            position.keep(wiring, known[0])  # after the messages: a sweep that dies in between has them sent twice
    if done.enqueued:
        observability.measure("DueEnqueued", done.enqueued)
    if done.foreign:
        observability.measure("DueForeign", done.foreign)
    return done


def _pages(wiring: Wiring, shard: int, now: Instant, known: list[Position]) -> Iterator[Page]:
    """Pages with something to enqueue. The position is read when the first hit is seen, and put into `known`."""
    start = known[0].start(shard, now) if known else ""
    page = _page(wiring, shard, now, start)
    if page.entries and not known:
        known.append(position.current(wiring))
        start = known[0].start(shard, now)
        page = _page(wiring, shard, now, start) if start else page
    while page.entries:
        yield page
        if page.after is None:
            return
        page = _page(wiring, shard, now, start, page.after)


def _page(wiring: Wiring, shard: int, now: Instant, start: str, after: Mapping[str, str] | None = None) -> Page:
    with binding.sweep():
        return wiring.store.due(shard, to_text(now) + _AFTER_ANY, since=start, limit=_PAGE, after=after)


def _own(page: Page, done: Swept) -> Iterator[DueHit]:
    for entry in page.entries:
        hit = parse_due(entry)
        if isinstance(hit, Foreign):
            done.foreign += 1
            observability.error("A due hit names another tenant than its item", complaint=hit.key.pk)
        else:
            yield hit
