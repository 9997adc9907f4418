"""What the module of the queue's page asks for: which complaints of the list have changed, and how many are new in it.

One read of the rows that it names, with the member's rights, and the first page of the queue. The page stays as it is,
so rows do not move under a hand.
"""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker, rights_in
from chalicelib.features.worklists.desk_queue import Viewer, desk_queue
from chalicelib.features.worklists.pages.queue import QueuePageQuery, queue_filter
from chalicelib.kit.decoding import CASE_NUMBER
from chalicelib.store.keys import CaseRef
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import DESK, desk_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api

MOST = 90
"""Rows of one request. Those behind them are not asked for."""
_ROW = re.compile(rf"({CASE_NUMBER})\.([0-9]{{1,9}})")


class ChangesQuery(QueuePageQuery, frozen=True, kw_only=True):
    """The view of the queue. `of`: its rows, each with the version of its complaint (`202611-000001.7`), with blanks
    between. `until`: the place of the last one, if the list has a further page, of which nothing is told."""

    of: str = ""
    until: str = ""


class ChangedRows(msgspec.Struct, frozen=True):
    """`changed`: the numbers of those that have another version now. `added`: how many rows the first page of the view
    has that are not among those that were named; 0 for a later page. Nothing of what the member may not see."""

    changed: list[str]
    added: int


def register(api: Api) -> None:
    @desk_page(
        api,
        DESK + "/changes",
        "Which complaints of the list have changed, and how many are new",
        query=ChangesQuery,
        produces="application/json",
        response=ChangedRows,
    )
    def get_desk_changes(call: Call) -> Reply:
        tenant, sub, store = tenant_of(call), sub_of(call), call.wiring.store
        named = {number: int(version) for number, version in _ROW.findall(call.query.of)}
        asked = dict(islice(named.items(), MOST))
        wanted = {number: snapshot.key(CaseRef(tenant, number)) for number in asked}
        entries = store.get([organisation.key(tenant), membership.key(tenant, sub), *wanted.values()])
        asker = load_asker(store, tenant, entries, sub, call.now)
        newer = [entries[key] for number, key in wanted.items() if key in entries and entries[key].seq != asked[number]]
        seen = [one.number for one in snapshot.read_states(newer) if rights_in(asker, one) is not None]
        rows = membership.parse(entries.get(membership.key(tenant, sub))).chosen.rows
        added = 0 if call.query.cursor else _added(call, Viewer(asker, call.now), rows, named.keys())
        return Reply(ChangedRows(seen, added))


def _added(call: Call, viewer: Viewer, rows: int, known: Set[str]) -> int:
    """Of the first page as the queue would show it now. A row behind `until` comes from the next page of the list."""
    query = call.query
    criteria = queue_filter(query, rows)
    found = desk_queue(call.wiring.store, tenant_of(call), viewer, criteria, query.tab, None)
    return sum(
        one.number not in known and (not query.until or snapshot.place(one) <= query.until) for one in found.rows
    )
