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
from chalicelib.features.worklists import own_lists
from chalicelib.features.worklists.staff_queue import QueueFilter, is_filtered, kept, shown_rows
from chalicelib.kit.instants import Instant, to_text
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Page, Store
from chalicelib.store.sizes import MAX_KEYS

Tab = Literal["mine", "unit", "unassigned", "overdue", "approval", "all"]
COUNTED = 200
"""Complaints are counted exactly up to this number."""
FURTHER_PAGES = 3
"""Most index pages that one response reads, with the one that it counts, from which the first page takes rows too."""
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
    asked = _Asked(store, tenant, viewer, criteria, tab, after)
    if more and own_lists.has_lists(criteria.shelf):
        mine = asked.listed(viewer.asker.id, None, COUNTED + 1)
        counts["mine"] = _count(len(mine), more=len(mine) > COUNTED)
        owner = asked.owner()
        if owner is not None:
            return asked.from_list(owner, mine, counts)
    found = list(asked.kept(seen))
    rows, rest, versions = _take(asked.pages(counted, found), criteria.limit)
    return DeskQueue(rows, counts, _count(len(found), more=more), rest, versions)


class _Asked(NamedTuple):
    """One request for a page."""

    store: Store
    tenant: str
    viewer: Viewer
    criteria: QueueFilter
    tab: Tab
    after: str | None

    def kept(self, rows: Iterable[QueueRow]) -> Iterator[QueueRow]:
        """Those on the tab, with the filters."""
        found = kept(rows, self.criteria, self.viewer.asker.id)
        return (row for row in found if TABS[self.tab](row, self.viewer))

    def of_page(self, page: Page) -> Iterator[QueueRow]:
        return self.kept(shown_rows(page, self.viewer.asker))

    def pages(self, counted: Page, found: list[QueueRow]) -> Iterator[tuple[Iterable[QueueRow], Page]]:
        """Index pages from the place on, each with its rows. The first one is the page that was read to count.

        `found`: the rows of that page.
        """
        fetch = partial(self._fetch, "" if self.after is None else self.after + _JUST_AFTER)
        if self.after is not None:
            return ((self.of_page(page), page) for page in islice(reads.pages(fetch), FURTHER_PAGES - 1))
        pages = islice(_from(counted, fetch), FURTHER_PAGES)
        return ((found if page is counted else self.of_page(page), page) for page in pages)

    def _fetch(self, first: str, *, after: Mapping[str, str] | None) -> Page:
        return snapshot.listed(self.store, self.tenant, self.criteria.shelf, COUNTED, after, first)

    def owner(self) -> str | None:
        """Whose list has the rows of the tab. A member of several units has no list for them."""
        if self.tab == "mine":
            return self.viewer.asker.id
        units = self.viewer.units
        return keys.unit_list(min(filter(None, units))) if self.tab == "unit" and len(units) == 1 else None

    def listed(self, owner: str, after: str | None, most: int) -> list[Entry]:
        return own_lists.first_entries(self.store, self.tenant, self.criteria.shelf, owner, after, most)

    def from_list(self, owner: str, mine: list[Entry], counts: Mapping[Tab, Count]) -> DeskQueue:
        """`mine`: the first entries of the person's own list."""
        first = self.after is None
        entries = mine if first and self.tab == "mine" else self.listed(owner, self.after, MAX_KEYS + 1)
        looked = own_lists.look_at(self.store, self.tenant, self.criteria.shelf, entries)
        rows, limit = list(self.of_page(looked.page)), self.criteria.limit
        rest = looked.places[rows[limit - 1].number] if len(rows) > limit else looked.rest
        whole = self.tab == "mine" and not is_filtered(self.criteria)
        found = counts["mine"] if whole else Count(len(rows), more=not first or looked.rest is not None)
        # A due time that has changed a moment ago is not in the list yet.
        versions = snapshot.versions(looked.page.entries)
        return DeskQueue(sorted(rows[:limit], key=snapshot.place), counts, found, rest, versions)


def _number(rows: list[QueueRow], viewer: Viewer, tab: Tab) -> int:
    return sum(TABS[tab](row, viewer) for row in rows)


def _from(counted: Page, fetch: reads.Fetch[Page]) -> Iterator[Page]:
    """The page that was read to count, and those behind it."""
    yield counted
    if counted.after is not None:
        yield from reads.pages(fetch, counted.after)


def _take(
    pages: Iterable[tuple[Iterable[QueueRow], Page]], limit: int
) -> tuple[list[QueueRow], str | None, dict[str, int]]:
    """The first rows, the place of the last row that was looked at if there are more, and the versions of all rows."""
    rows, rest, versions = list[QueueRow](), "", dict[str, int]()
    for kept_rows, page in pages:
        versions |= snapshot.versions(page.entries)
        rows.extend(kept_rows)
        if len(rows) > limit:
            return rows[:limit], snapshot.place(rows[limit - 1]), versions
        last = page.entries[-1].listed if page.entries else None
        if page.after is None or last is None:
            return rows, None, versions
        rest = last.sk
    return rows, rest, versions
