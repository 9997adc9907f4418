"""What a replayed complaint contributes to the figures, as it was and under the draft, and the items that hold it.

Both are counted as the statistics count: the events of the record, with the deadlines that have passed since, and those
of the replay. There is an item for each step with its sums, and one with the figures of each complaint.

Sort keys: `J#backtest-<id>#figures#<6 digits>` for the sums, `…#cases#<6 digits>` for the complaints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from chalicelib.complaints.envelope import NO_HASH, VERSION, Event, EventDraft, event_id
from chalicelib.features.backtests.history import PolicyLookup
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.outcome import Outcome
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.statistics.cells import cell
from chalicelib.statistics.cells.cell import Cell
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.counting.series import STATE_SERIES, Address, Increments, Tuple
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Page, Put, Store
from chalicelib.store.stored_form import Form

DRAFT = "draft"
"""The value of the dimension `policy` under a draft that has no version."""


class Columns(msgspec.Struct, frozen=True):
    before: Increments
    after: Increments


class Policies(msgspec.Struct, frozen=True):
    """`recorded`: the versions of the record. `name`: of the policy of the replay."""

    recorded: PolicyLookup
    name: str
    replayed: Policy


def columns(number: str, events: Sequence[Event], before: Outcome, after: Outcome, policies: Policies) -> Columns:
    """Raises the errors of a record that cannot be counted."""
    later = before.drafts[len(events) :]
    version = events[-1].policy
    recorded = [*events, *(_event(number, at, one, version) for at, one in enumerate(later, len(events) + 1))]
    replayed = [_event(number, at, one, policies.name) for at, one in enumerate(after.drafts, 1)]
    return Columns(
        _changes(contribution(recorded, policies.recorded)),
        _changes(contribution(replayed, lambda _: policies.replayed)),
    )


def _changes(found: Increments) -> Increments:
    """Without states at the end of each day, of which no report under a draft speaks."""
    kept = {
        address: type(counts)({key: number for key, number in counts.items() if key[0] not in STATE_SERIES})
        for address, counts in found.items()
    }
    return {address: counts for address, counts in kept.items() if counts}


def _event(number: str, seq: int, draft: EventDraft, policy: str) -> Event:
    """The event as counting reads it: without a place in a chain."""
    at = to_text(draft.at)
    return Event(
        id=event_id(number, seq, draft.name),
        seq=seq,
        type=draft.type,
        v=VERSION,
        at=at,
        recorded_at=at,
        due_at=None if draft.due_at is None else to_text(draft.due_at),
        actor=msgspec.to_builtins(draft.actor),
        act=draft.act,
        fields=draft.fields,
        result=msgspec.to_builtins(draft.result),
        policy=policy,
        calendar="",
        private=[],
        prev=NO_HASH,
        hash=NO_HASH,
    )


SUMS = Form("backtest-figures", bytes)
CASES = Form("backtest-cases", bytes)
Column = Literal["before", "after"]
COLUMNS: tuple[Column, ...] = get_args(Column)
PART_TUPLES = 15_000
"""Tuples of one item with complaints: some 100 KB. One complaint alone may have more."""


def writes(tenant: str, job: Backtest, figures: Mapping[str, Columns], expires: int) -> list[Put]:
    """The writes of one step, with `figures` by complaint. Changes `job`: adds their number to `figure_parts`."""
    found: list[Put] = []
    for rows in _chunks(figures):
        job.figure_parts += 1
        sums: Counter[Tuple] = Counter()
        for row, number in rows.items():
            sums[row[1:]] += number
        key = keys.backtest_part(tenant, job.name, keys.BACKTEST_SUMS, job.figure_parts)
        found.append(Put(SUMS.entry(key, cell.encode(Cell(sums)), expires=expires)))
        key = keys.backtest_part(tenant, job.name, keys.BACKTEST_CASES, job.figure_parts)
        found.append(Put(CASES.entry(key, cell.encode(Cell(rows)), expires=expires)))
    return found


def sums(store: Store, tenant: str, name: str) -> dict[Column, Increments]:
    """The figures of all complaints of the back-test with this name."""
    total: dict[Column, Increments] = {column: {} for column in COLUMNS}
    pk, within = keys.backtest_parts(tenant, name, keys.BACKTEST_SUMS)
    for entry in reads.items(store, pk, within):
        for (column, kind, period, *key), number in cell.decode(SUMS, entry).counts.items():
            counts = total["after" if column == "after" else "before"].setdefault(Address(kind, period), Counter())
            counts[tuple(key)] += number
    return total


def page_of_cases(store: Store, tenant: str, name: str, limit: int, after: Mapping[str, str] | None) -> Page:
    """The next items with the figures of complaints (`cases_in`)."""
    pk, (first, last) = keys.backtest_parts(tenant, name, keys.BACKTEST_CASES)
    return store.query(pk, first=first, last=last, limit=limit, after=after)


def cases_in(entry: Entry, column: Column) -> dict[str, Increments]:
    """The figures of each complaint of an item, in one column."""
    found: dict[str, Increments] = {}
    for (number, of, kind, period, *key), count in cell.decode(CASES, entry).counts.items():
        if of == column:
            found.setdefault(number, {}).setdefault(Address(kind, period), Counter())[tuple(key)] = count
    return found


def _chunks(figures: Mapping[str, Columns]) -> Iterator[Counter[Tuple]]:
    """Complaint, column, address and tuple, with the count."""
    rows: Counter[Tuple] = Counter()
    for number, columns in figures.items():
        for column in COLUMNS:
            found: Increments = getattr(columns, column)
            for address, counts in found.items():
                rows.update({(number, column, *address, *key): count for key, count in counts.items()})
        if len(rows) >= PART_TUPLES:
            yield rows
            rows = Counter()
    if rows:
        yield rows
