"""Figures from the stored cells of a range, and on top of them what pending records contribute beyond what is counted.

`answer` puts them into the rows of values for which a question asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

import msgspec

from chalicelib.casework import anchor_marks, numbers
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.statistics.cells import cell, head
from chalicelib.statistics.cells.cell import Cell
from chalicelib.statistics.cells.changes import changes, policies, read_counted, read_records
from chalicelib.statistics.cells.head import StoredHead
from chalicelib.statistics.cells.returning import decide
from chalicelib.statistics.counting.contribution import definition
from chalicelib.statistics.counting.series import Address, Increments, add
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.needs import Needs, needs_of
from chalicelib.statistics.tabulating.value import Value
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

MOST_PENDING = 500
"""Records that a query counts itself. With more, the figures are those of the last consolidation."""
_TRIES = 3


class ReadIncrements(msgspec.Struct, frozen=True):
    """`fresh_until`: None if the organisation is not counted yet."""

    increments: Increments
    fresh_until: Instant | None


def read(wiring: Wiring, tenant: str, needs: Needs, now: Instant) -> ReadIncrements:
    """Raises `Problem("conflict")` if consolidations changed the cells during each of several readings."""
    for _ in range(_TRIES):
        before = head.read(wiring.store, tenant)
        found = _read(wiring, tenant, needs, now, before)
        if head.read(wiring.store, tenant).version == before.version:
            return found
    raise Problem("conflict", "The figures are being counted. Repeat the request.")


def _read(wiring: Wiring, tenant: str, needs: Needs, now: Instant, stored: StoredHead) -> ReadIncrements:
    live = stored.head.live
    if stored.head.definition != definition():
        needs = needs.without_totals()
    total = _stored(wiring.store, tenant, live, needs) if live else {}
    # Before the first generation is complete, every record is pending.
    pending = (
        {*stored.head.pending, *anchor_marks.marked(wiring.store, tenant)}
        if live
        else set(islice(numbers.every(wiring.store, tenant), MOST_PENDING + 1))
    )
    if len(pending) > MOST_PENDING:
        return ReadIncrements(total, stored.head.settled if live else None)
    policy_of, records = policies(wiring, tenant), read_records(wiring.store, tenant, sorted(pending))
    words = decide(wiring, tenant, records, policy_of).words if needs.returning else {}
    more, _ = changes(records, read_counted(wiring.store, tenant, live, pending, words), policy_of)
    add(total, needs.within(more))
    return ReadIncrements(total, now)


def _stored(store: Store, tenant: str, generation: int, needs: Needs) -> Increments:
    """By days if the total of a month lacks a dimension of the question, because it had too many tuples."""
    total: Increments = {}
    for address, found in _cells(store, tenant, generation, needs):
        if address.kind == "T" and needs.loses(found.level):
            return _stored(store, tenant, generation, needs.without_totals())
        if counts := needs.of(address, found.counts):
            total[address] = counts
    return total


def _cells(store: Store, tenant: str, generation: int, needs: Needs) -> Iterator[tuple[Address, Cell]]:
    for kind, wanted in needs.ranges:
        first, last = (Address(kind, period) for period in wanted)
        yield from cell.between(store, tenant, generation, first, last)


class AnsweredRow(msgspec.Struct, frozen=True):
    """`keys`: a value for each dimension of the question. `values`: by measure; a measure without a value is absent."""

    keys: tuple[str, ...]
    values: Mapping[str, Value]


class AnsweredQuestion(msgspec.Struct, frozen=True):
    """`fresh_until`: events until then are counted. None if the organisation is not counted yet. `today`: in `zone`."""

    rows: list[AnsweredRow]
    fresh_until: Instant | None
    zone: str
    today: date
    organisation: Organisation


def answer(wiring: Wiring, tenant: str, question: Question, now: Instant) -> AnsweredQuestion:
    """Raises ValueError for a question with `faults`, and `Problem("conflict")`. The caller binds the tenant."""
    if wrong := faults(question):
        raise ValueError(f"{wrong[0].part} {wrong[0].value}: {wrong[0].problem}")
    org = organisation.load(wiring.store, tenant)
    horizon = Horizon(wiring, org, now)
    found = read(wiring, tenant, needs_of(question, horizon), now)
    rows = [
        AnsweredRow(key, cells) for key, cells in sorted(values.tabulate(question, found.increments, horizon).items())
    ]
    return AnsweredQuestion(rows, found.fresh_until, horizon.calendar.document.timezone, horizon.today, org)
