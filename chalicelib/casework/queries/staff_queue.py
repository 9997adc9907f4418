"""The staff queue: complaints ordered by their next deadline, missed deadlines first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker
from chalicelib.casework.complaint_views import NextDeadline
from chalicelib.casework.snapshot import QueueRow, VoidRow
from chalicelib.complaints.permits import Asker, covers
from chalicelib.complaints.runs import MISSED
from chalicelib.instants import Instant
from chalicelib.store import keys, paging
from chalicelib.store.port import Page, Store

MOST_PAGES = 5
"""Most index pages read for one response. A narrow filter can therefore return a short page with a cursor."""


class QueueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A filter by shelf (open, pending, supervision, archived, void) and by keys of the row."""

    shelf: str
    stage: str | None = None
    severity: str | None = None
    channel: str | None = None
    unit: str | None = None
    missed: bool = False
    """Only complaints whose next deadline is missed and still open."""
    tier: int | None = None
    """Only complaints that have reached this tier or a higher one."""
    mine: bool = False
    """Only complaints that are assigned to the caller."""
    limit: int = 50


class QueuedComplaint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the staff queue. A void (an unused number) has only `number`, its reason `void` and its time `at`.

    `assigned`: empty for a respondent, who also gets no other ids of people.
    """

    number: str
    policy: str | msgspec.UnsetType = msgspec.UNSET
    stage: str | msgspec.UnsetType = msgspec.UNSET
    severity: str | msgspec.UnsetType | None = msgspec.UNSET
    tier: int | msgspec.UnsetType = msgspec.UNSET
    channel: str | msgspec.UnsetType = msgspec.UNSET
    category: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType | None = msgspec.UNSET
    assigned: list[str] | msgspec.UnsetType = msgspec.UNSET
    registered_at: str | msgspec.UnsetType = msgspec.UNSET
    receipt_with: str | msgspec.UnsetType | None = msgspec.UNSET
    next: NextDeadline | msgspec.UnsetType | None = msgspec.UNSET
    recused: tuple[str, ...] = ()
    """Assignees who are excluded from all acts; absent if there are none."""
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
    key = keys.membership(tenant, sub)
    asker = load_asker(store, tenant, store.get([key]), sub, now)
    rows: list[QueueRow | VoidRow] = []
    is_void = criteria.shelf == snapshot.VOID_SHELF

    def fetch(after: Mapping[str, str] | None) -> Page:
        return store.listed(keys.shelf(tenant, criteria.shelf), limit=criteria.limit - len(rows), after=after)

    for page in islice(paging.pages(fetch, after), MOST_PAGES):
        rows.extend(_voids(page, criteria, asker) if is_void else _shown(store, tenant, page, criteria, asker))
        after = page.after
        if len(rows) >= criteria.limit:
            break
    return QueuePage(msgspec.convert(rows, list[QueuedComplaint], from_attributes=True), after)


def _shown(store: Store, tenant: str, page: Page, criteria: QueueFilter, asker: Asker) -> Iterator[QueueRow]:
    from chalicelib.casework.queries import visibility  # a cold start does not need it

    rows = (row for row in map(snapshot.parse_row, page.entries) if _matches(row, criteria, asker.id))
    for row, rights in visibility.seen_rows(store, tenant, asker, rows):
        yield row if rights.kind == "staff" else replace(row, assigned=[], recused=(), receipt_with=None)


def _matches(row: QueueRow, criteria: QueueFilter, sub: str) -> bool:
    equal = {name: getattr(criteria, name) for name in ("stage", "severity", "channel", "unit")}
    return all(value is None or getattr(row, name) == value for name, value in equal.items()) and (
        (not criteria.mine or sub in row.assigned)
        and (not criteria.missed or (row.next is not None and row.next.state == MISSED))
        and (criteria.tier is None or row.tier >= criteria.tier)
    )


def _voids(page: Page, criteria: QueueFilter, asker: Asker) -> Iterator[VoidRow]:
    """A void belongs to no unit and has no members to filter by."""
    if criteria == QueueFilter(shelf=criteria.shelf, limit=criteria.limit) and _covers(asker, None):
        yield from map(snapshot.parse_void_row, page.entries)


def _covers(asker: Asker, unit: str | None) -> bool:
    return any(covers(grant, unit) for grant in asker.grants)
