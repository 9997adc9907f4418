"""The queue of the desk: a page of rows on one of its tabs, and how many complaints stand on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Literal, NamedTuple

from chalicelib.casework import snapshot
from chalicelib.casework.queue_row import QueueRow
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.runs import MISSED
from chalicelib.features.worklists.staff_queue import QueueFilter, kept, shown_rows
from chalicelib.kit.instants import Instant, to_text
from chalicelib.store import reads
from chalicelib.store.port import Page, Store

Tab = Literal["mine", "unit", "unassigned", "overdue", "approval", "all"]
COUNTED = 200
"""Complaints are counted exactly up to this number."""
FURTHER_PAGES = 3
"""Most index pages from which one response takes its rows. The one that it counts is the first of the first page."""
_JUST_AFTER = "!"


class Viewer(NamedTuple):
    """Who looks, and when."""

    asker: Asker
    now: Instant

    @property
    def units(self) -> frozenset[str | None]:
        """The units for which the member has a grant of their own."""
        return frozenset(one.unit for one in self.asker.grants if one.unit is not None and one.lent_by is None)


TABS: dict[Tab, Callable[[QueueRow, Viewer], bool]] = {
    "mine": lambda row, viewer: viewer.asker.id in row.assigned and viewer.asker.id not in row.recused,
    "unit": lambda row, viewer: row.unit in viewer.units,
    "unassigned": lambda row, _: not row.assigned,
    "overdue": lambda row, viewer: is_late(row, viewer.now),
    "approval": lambda row, _: "approval" in row.marks,
    "all": lambda *_: True,
}


class Count(NamedTuple):
    """`more`: there may be more than `number`, since the organisation has more than `COUNTED` complaints. `number` is
    at most `COUNTED` then."""

    number: int
    more: bool


def _count(number: int, *, more: bool) -> Count:
    return Count(min(number, COUNTED) if more else number, more)


class DeskQueue(NamedTuple):
    """`counts`: of each tab, without filters. `found`: on this tab with the filters, from the first row on.

    `after`: where the next page begins; None on the last page. `versions`: by number of a row, that of its complaint.
    """

    rows: list[QueueRow]
    counts: Mapping[Tab, Count]
    found: Count
    after: str | None
    versions: Mapping[str, int]


def is_late(row: QueueRow, now: Instant) -> bool:
    """Whether the next deadline has passed, also if the schedule has not recorded the miss yet."""
    return row.next is not None and (row.next.state == MISSED or row.next.due < to_text(now))


def tabs_of(viewer: Viewer) -> list[Tab]:
    """A member without a unit has no tab for it."""
    return [name for name in TABS if name != "unit" or viewer.units]


def desk_queue(
    store: Store, tenant: str, viewer: Viewer, criteria: QueueFilter, tab: Tab, after: str | None
) -> DeskQueue:
    """`after`: as `DeskQueue.after`, of the page before."""
    counted = snapshot.listed(store, tenant, criteria.shelf, COUNTED + 1, None)
    seen, more = list(shown_rows(counted, viewer.asker)), counted.after is not None
    counts = {name: _count(_number(seen, viewer, name), more=more) for name in tabs_of(viewer)}
    on_tab = partial(_kept, viewer=viewer, criteria=criteria, tab=tab)
    fetch = partial(_fetch, store, tenant, criteria.shelf, "" if after is None else after + _JUST_AFTER)
    pages = reads.pages(fetch) if after is not None else _from(counted, fetch)
    rows, rest, versions = _take(((on_tab(shown_rows(page, viewer.asker)), page) for page in pages), criteria.limit)
    return DeskQueue(rows, counts, _count(len(list(on_tab(seen))), more=more), rest, versions)


def _number(rows: list[QueueRow], viewer: Viewer, tab: Tab) -> int:
    return sum(TABS[tab](row, viewer) for row in rows)


def _kept(rows: Iterable[QueueRow], *, viewer: Viewer, criteria: QueueFilter, tab: Tab) -> Iterator[QueueRow]:
    return (row for row in kept(rows, criteria, viewer.asker.id) if TABS[tab](row, viewer))


def _fetch(store: Store, tenant: str, shelf: str, first: str, *, after: Mapping[str, str] | None) -> Page:
    return snapshot.listed(store, tenant, shelf, COUNTED, after, first)


def _from(counted: Page, fetch: reads.Fetch[Page]) -> Iterator[Page]:
    """The page that was read to count, and those behind it."""
    yield counted
    if counted.after is not None:
        yield from reads.pages(fetch, counted.after)


def _take(
    pages: Iterable[tuple[Iterator[QueueRow], Page]], limit: int
) -> tuple[list[QueueRow], str | None, dict[str, int]]:
    """The first rows, the place of the last row that was looked at if there are more, and the versions of all rows."""
    rows, rest, versions = list[QueueRow](), "", dict[str, int]()
    for kept_rows, page in islice(pages, FURTHER_PAGES):
        versions |= snapshot.versions(page.entries)
        rows.extend(kept_rows)
        if len(rows) > limit:
            return rows[:limit], snapshot.place(rows[limit - 1]), versions
        last = page.entries[-1].listed if page.entries else None
        if page.after is None or last is None:
            return rows, None, versions
        rest = last.sk
    return rows, rest, versions
