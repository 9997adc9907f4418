"""The answer to a question: rows of values, computed from the cells and the records that changed since."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.reading import read
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Value
from chalicelib.wiring import Wiring


class Row(msgspec.Struct, frozen=True):
    """`keys`: a value for each dimension of the question. `values`: by measure; a measure without a value is absent."""

    keys: tuple[str, ...]
    values: Mapping[str, Value]


class Answer(msgspec.Struct, frozen=True):
    """`fresh_until`: events until then are counted. None if the organisation is not counted yet."""

    rows: list[Row]
    fresh_until: Instant | None
    zone: str


def answer(wiring: Wiring, tenant: str, question: Question, now: Instant) -> Answer:
    """Raises ValueError for a question with `faults`, and `Problem("conflict")`. The caller binds the tenant."""
    if wrong := faults(question):
        raise ValueError(f"{wrong[0].part} {wrong[0].value}: {wrong[0].problem}")
    horizon = horizon_of(wiring, tenant, now)
    found = read(wiring, tenant, needs_of(question, horizon), now)
    rows = [Row(key, cells) for key, cells in sorted(values.tabulate(question, found.increments, horizon).items())]
    return Answer(rows, found.fresh_until, horizon.calendar.document.timezone)
