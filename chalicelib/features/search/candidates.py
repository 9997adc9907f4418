"""Candidates of a search: complaint numbers from the index or from the month counters, the newest first."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from typing import NamedTuple

from chalicelib.casework import numbers
from chalicelib.crypto.derived_keys import Altered
from chalicelib.features.search.index import manifest, pending
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.ports.search_index import IndexQuery, IndexRow, SegmentDamaged, TextPlace
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

_LAST = "999999"
"""After every month."""


class Candidate(NamedTuple):
    """`places`: the private items whose texts may have the words."""

    number: str
    places: Collection[TextPlace] = ()


class Bounds(NamedTuple):
    """Numbers below `before`, and of the months from `first` to `last` (`yyyymm`)."""

    before: str | None = None
    first: str = ""
    last: str = _LAST

    def has(self, number: str) -> bool:
        return self.first <= number[:6] <= self.last and (self.before is None or number < self.before)


def bounds(before: str | None, since: Instant | None, until: Instant | None) -> Bounds:
    """The months in which complaints of a period can have been filed. Local dates are up to a day off UTC."""
    first = "" if since is None else _month(since - DAY)
    return Bounds(before, first, _LAST if until is None else _month(until + DAY))


def _month(instant: Instant) -> str:
    return to_text(instant)[:7].replace("-", "")


def every_number(store: Store, tenant: str, within: Bounds) -> Iterator[Candidate]:
    """All numbers that were given out, also those of number gaps."""
    for month in reversed(numbers.months(store, tenant)):
        if within.first <= month.name <= within.last:
            given_out = (f"{month.name}-{n:06d}" for n in range(month.count, 0, -1))
            yield from (Candidate(number) for number in given_out if within.has(number))


class IndexReader:
    """One reading of the manifest and the pending texts. The caller has bound the tenant."""

    def __init__(self, wiring: Wiring, tenant: str) -> None:
        self._wiring = wiring
        self._tenant = tenant
        self._waiting = pending.read(wiring.store, tenant)
        self.incomplete = self._waiting.cut or self._lacks_blocks()
        """True if complaints can be missing. Set while candidates are read."""

    def candidates(self, question: IndexQuery, within: Bounds) -> Iterator[Candidate]:
        """Yields each complaint once. A pending text takes the place of an earlier one in a segment."""
        merged = heapq.merge(self._pending(question, within), self._stored(question, within), reverse=True)
        yield from (Candidate(*one) for one in merged)

    def _lacks_blocks(self) -> bool:
        """Without a manifest, the complaints that are pending are all that the index has."""
        stored = self._waiting.stored
        if stored.version:
            return bool(stored.manifest.missing)
        given_out = sum(month.count for month in numbers.months(self._wiring.store, self._tenant))
        return given_out > len(self._waiting.texts)

    def _pending(self, question: IndexQuery, within: Bounds) -> Iterator[Candidate]:
        for number, entry in self._waiting.texts.items():
            if within.has(number):
                try:
                    posting = pending.posting_in(self._wiring.sealer, self._tenant, entry)
                except Altered as error:
                    self._report(error)
                    continue
                if question.accepts(posting):
                    yield Candidate(number, posting.row.places)

    def _stored(self, question: IndexQuery, within: Bounds) -> Iterator[Candidate]:
        objects = self._waiting.stored.manifest.objects
        for block in sorted(objects, reverse=True):
            if not within.first <= manifest.month_of(block) <= within.last:
                continue
            for row in self._rows(block, objects[block], question, within.before):
                number = manifest.number_at(block, row.n)
                if number not in self._waiting.texts:
                    yield Candidate(number, row.places)

    def _rows(self, block: str, name: str, question: IndexQuery, before: str | None) -> Iterator[IndexRow]:
        month = manifest.month_of(block)
        if before is not None and month > before[:6]:
            return
        below = manifest.place_in_month(before) if before is not None and month == before[:6] else None
        try:
            yield from self._wiring.search.find(self._tenant, name, question, below)
        except SegmentDamaged as error:
            self._report(error)
            pending.mark_damaged(self._wiring.store, self._tenant, block)

    def _report(self, error: Exception) -> None:
        self.incomplete = True
        observability.error(
            "A part of the search index is damaged", tenant=self._tenant, error=observability.frames(error)
        )
