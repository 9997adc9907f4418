"""The tabs of a person and a unit in a large organisation: from work lists that hold their complaints alone.

The shelf is in the order of due times, so a person whose complaints are due late would have to look through the whole
of it. Reactions write the lists, so a new row comes a moment after its act. What a row shows is the present state.
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.casework import snapshot
from chalicelib.features.worklists import work_list_rows
from chalicelib.features.worklists.work_list_rows import SHELVES
from chalicelib.store import keys
from chalicelib.store.port import Entry, Page, Store
from chalicelib.store.sizes import MAX_KEYS


class Looked(NamedTuple):
    """Complaints of a list. `page`: their snapshots, of those that stand on the shelf now. `places`: where each stands
    on the list, by number. `rest`: the place of the last that was looked at, if there are more."""

    page: Page
    places: dict[str, str]
    rest: str | None


def has_lists(shelf: str) -> bool:
    return shelf in SHELVES


def first_entries(store: Store, tenant: str, shelf: str, owner: str, after: str | None, most: int) -> list[Entry]:
    """`owner`: a person, or `keys.unit_list`. `after`: a place of `Looked`."""
    return work_list_rows.first_entries(store, tenant, keys.queue_list(shelf, owner), after or "", most)


def look_at(store: Store, tenant: str, shelf: str, entries: list[Entry]) -> Looked:
    """The first of these entries, in one read."""
    first = {row.number: one.key.sk for one in entries[:MAX_KEYS] for row in work_list_rows.FORM.read_each([one])}
    stored = snapshot.read_entries(store, tenant, list(first)).values()
    here = [one for one in stored if snapshot.is_on(one, tenant, shelf)]
    return Looked(Page(here, None), first, entries[MAX_KEYS - 1].key.sk if len(entries) > MAX_KEYS else None)
