"""The staff queue: complaints ordered by their next deadline, missed deadlines first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Annotated, Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import read_asker, seen_rows
from chalicelib.casework.queue_row import Filter, QueueRow, VoidRow, columns, filters, parameters, shown
from chalicelib.complaints.rights.permits import Asker, covers
from chalicelib.kit.decoding import RequestDocument, extended_by
from chalicelib.kit.instants import Instant
from chalicelib.store import reads
from chalicelib.store.port import Page, Store
from chalicelib.store.stored_form import read_rows

MOST_PAGES = 5
"""Most index pages read for one response. A narrow filter can therefore return a short page with a cursor."""


_WITHHELD = {name: one.withheld for name, one in columns().items() if one.withheld is not msgspec.UNSET}


@extended_by(parameters())
class QueueFilter(RequestDocument, frozen=True, kw_only=True):
    """A part of the list, and a parameter for each filter of a column (`queue_row.Filter`)."""

    shelf: Literal["open", "pending", "supervision", "archived", "void"] = "open"
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


@extended_by(shown())
class QueuedComplaint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the staff queue. A void (an unused number) has only `number`, its reason `void` and its time `at`.

    `assigned`: empty for a respondent, who also gets no other ids of people.
    """

    number: str
    void: str | msgspec.UnsetType = msgspec.UNSET
    at: str | msgspec.UnsetType = msgspec.UNSET


class QueuePage(msgspec.Struct, frozen=True):
    rows: list[QueuedComplaint]
    after: Mapping[str, str] | None


def queue(
    store: Store, tenant: str, sub: str, criteria: QueueFilter, after: Mapping[str, str] | None, now: Instant
) -> QueuePage:
    """A page of the queue, without complaints that the caller does not see. A respondent's rows name no people.

    Raises `Problem("forbidden")` if `sub` is no member.
    """
    asker = read_asker(store, tenant, sub, now)
    rows: list[QueueRow | VoidRow] = []
    is_void = criteria.shelf == snapshot.VOID_SHELF

    def fetch(after: Mapping[str, str] | None) -> Page:
        return snapshot.listed(store, tenant, criteria.shelf, criteria.limit - len(rows), after)

    for page in islice(reads.pages(fetch, after), MOST_PAGES):
        rows.extend(_voids(page, criteria, asker) if is_void else kept(shown_rows(page, asker), criteria, asker.id))
        after = page.after
        if len(rows) >= criteria.limit:
            break
    return QueuePage(msgspec.convert(rows, list[QueuedComplaint], from_attributes=True), after)


def shown_rows(page: Page, asker: Asker) -> Iterator[QueueRow]:
    """The rows of an index page that the member sees, as they may read them."""
    for row, rights in seen_rows(asker, snapshot.parse_rows(page.entries)):
        yield row if rights.kind == "staff" else replace(row, **_WITHHELD)


def kept(rows: Iterable[QueueRow], criteria: QueueFilter, sub: str) -> Iterator[QueueRow]:
    """`rows`: as the caller may read them, so that no filter tells a respondent what a row withholds."""
    asked = _asked(criteria)
    return (row for row in rows if all(one.keeps(getattr(row, column), value, sub) for column, one, value in asked))


def is_filtered(criteria: QueueFilter) -> bool:
    return bool(_asked(criteria))


def _asked(criteria: QueueFilter) -> list[tuple[str, Filter, Any]]:
    """The columns by which is filtered, with the values."""
    found = [(column, one, getattr(criteria, name)) for name, (column, one) in filters().items()]
    return [(column, one, asked) for column, one, asked in found if asked != one.default]


def _voids(page: Page, criteria: QueueFilter, asker: Asker) -> Iterator[VoidRow]:
    """A void belongs to no unit and has no members to filter by."""
    if not _asked(criteria) and _covers(asker, None):
        yield from read_rows(page.entries, VoidRow)


def _covers(asker: Asker, unit: str | None) -> bool:
    return any(covers(grant, unit) for grant in asker.grants)
