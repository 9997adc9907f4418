"""Figures beside the published notices: a reader counts the notices of a row and knows that it has so many complaints.

A notice says the channel, the category or the week of its complaint, so notices of a row that is left out narrow its
count. Without them the rules of `tables` hold. What notices narrow too much is left out with its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from chalicelib.features.figures.compose import Rows
from chalicelib.features.figures.tables import SMALLEST, MeasureCounts, ShownCounts, untied
from chalicelib.features.register import register
from chalicelib.features.register.composing import DATE_SUFFIX
from chalicelib.features.register.notice_view import NoticeView
from chalicelib.statistics.dimensions import CATEGORY
from chalicelib.store.port import Store

RECEIVED = "received"
FEWEST_VALUES = 4
"""Values that must remain possible for each small count."""
Noticed = Mapping[str, Sequence[int]]
"""By dimension, for each row: the complaints of the period with a published notice that names the row."""


def protected(
    counts: Mapping[str, MeasureCounts], found: Mapping[str, ShownCounts], noticed: Noticed
) -> dict[str, ShownCounts]:
    """What may be published beside these notices. Deadlines are no matter of notices, but can tell the complaints."""
    received = found.get(RECEIVED)
    if received is None or received.total is None:
        return dict(found)
    total = received.total
    tables: dict[str, Sequence[int | None]] = {
        by: [None] * len(cells) if is_told(total, cells, noticed[by]) else cells
        for by, cells in received.tables.items()
    }
    if any(is_told(total, cells, noticed[by]) for by, cells in tables.items()):
        kept = ShownCounts(None, {by: [None] * len(cells) for by, cells in tables.items()})
    else:
        kept = ShownCounts(total, tables)
    return untied(counts, {**found, RECEIVED: kept})


def conceals(before: Mapping[str, ShownCounts], after: Mapping[str, ShownCounts]) -> bool:
    """Whether the notices keep the complaints received from being published. Their sum can follow from the headline."""
    return RECEIVED in before and before[RECEIVED].total is not None and after[RECEIVED].total is None


def is_told(total: int, cells: Sequence[int | None], noticed: Sequence[int]) -> bool:
    """Whether a row that is left out, and can count from 1 to 9, has fewer than four values left.

    The rows add up to the total, and each that is left out has as many complaints as notices, and one at least. What
    the counts are is not asked: a reader who knows this rule would learn it.
    """
    hidden = [at for at, cell in enumerate(cells) if cell is None]
    if not any(noticed[at] for at in hidden):
        return False
    least = {at: max(noticed[at], 1) for at in hidden}
    spare = total - sum(cell for cell in cells if cell is not None) - sum(least.values())
    return any(least[at] < SMALLEST and min(SMALLEST - 1 - least[at], spare) + 1 < FEWEST_VALUES for at in hidden)


def read(store: Store, tenant: str, rows: Mapping[str, Rows], first: date, last: date) -> Noticed:
    """Of the notices for all audiences: who reads the figures may read these too.

    Each complaint counts once in a row. Its number has the month of its filing.
    """
    found: dict[str, dict[str, set[str]]] = {by: {key: set() for key in keys} for by, keys in rows.items()}
    for number, view in register.all_since(store, tenant, first.isoformat()):
        if f"{first:%Y%m}" <= number[:6] <= f"{last:%Y%m}":
            for by, key in _named(view):
                if key in found.get(by, ()):
                    found[by][key].add(number)
    return {by: [len(numbers) for numbers in keys.values()] for by, keys in found.items()}


def _named(view: NoticeView) -> Iterator[tuple[str, str]]:
    """The rows that the notice names."""
    for field in view.fields:
        by = {"category": CATEGORY + field.name, "week": "week"}.get(field.kind, field.name)
        is_of_filing = field.kind != "week" or field.name == f"registered{DATE_SUFFIX}"
        if is_of_filing and isinstance(field.value, str):
            yield by, field.value
