"""Figures from the stored cells of a range, and on top of them what pending records contribute beyond what is counted.

`answer` puts them into the rows of values for which a question asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

import msgspec

from chalicelib.casework import anchor_marks, numbers
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.statistics.cells import cell, head
from chalicelib.statistics.cells.changes import CountedBlocks, changes, policies, read_counted, read_records
from chalicelib.statistics.cells.head import StoredHead
from chalicelib.statistics.cells.returning import decide
from chalicelib.statistics.counting.series import Address, Increments, Tuple
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.needs import Needs, joined, needs_of
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
    counted, total = stored.head.is_counted, Increments()
    # Before all records are counted, every record is pending.
    pending = (
        {*stored.head.pending, *anchor_marks.marked(wiring.store, tenant)}
        if counted
        else set(islice(numbers.every(wiring.store, tenant), MOST_PENDING + 1))
    )
    for address, counts in _stored(wiring.store, tenant, needs) if counted else ():
        needs.add(total, address, counts)
    if len(pending) > MOST_PENDING:
        return ReadIncrements(total, stored.head.settled if counted else None)
    policy_of, records = policies(wiring, tenant), read_records(wiring.store, tenant, sorted(pending))
    words = decide(wiring, tenant, records, policy_of).words if needs.returning else {}
    known = read_counted(wiring.store, tenant, pending, words) if counted else CountedBlocks({}, words)
    for address, counts in changes(records, known, policy_of)[0].items():
        needs.add(total, address, counts)
    return ReadIncrements(total, now)


def _stored(store: Store, tenant: str, needs: Needs) -> Iterator[tuple[Address, Counter[Tuple]]]:
    for kind, wanted in needs.ranges:
        first, last = (Address(kind, period) for period in wanted)
        yield from cell.between(store, tenant, first, last, needs.series)


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
    [found] = answer_each(wiring, tenant, [question], now)
    return found


def answer_each(wiring: Wiring, tenant: str, questions: Sequence[Question], now: Instant) -> list[AnsweredQuestion]:
    """The answers to several questions, from one reading: they agree with each other. Raises as `answer`."""
    if wrong := [fault for one in questions for fault in faults(one)]:
        raise ValueError(f"{wrong[0].part} {wrong[0].value}: {wrong[0].problem}")
    org = organisation.load(wiring.store, tenant)
    horizon = Horizon(wiring, org, now)
    each = [needs_of(one, horizon) for one in questions]
    found = read(wiring, tenant, joined(each), now)
    answers = []
    for question, needs in zip(questions, each, strict=True):
        own = needs.within(found.increments)
        rows = [AnsweredRow(key, cells) for key, cells in sorted(values.tabulate(question, own, horizon).items())]
        answers.append(
            AnsweredQuestion(rows, found.fresh_until, horizon.calendar.document.timezone, horizon.today, org)
        )
    return answers
