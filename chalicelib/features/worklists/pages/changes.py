"""What the module of the queue's page asks for: which of the complaints in the list have changed.

One read of the rows that it names, with the member's rights. The page stays as it is, so rows do not move under a hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker, rights_in
from chalicelib.store.keys import CaseRef
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import DESK, desk_page
from chalicelib.web.pages.reader import PageQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

MOST = 90
"""Rows of one request. Those behind them are not asked for."""
_ROW = re.compile(r"([0-9]{6}-[0-9]{6})\.([0-9]{1,9})")


class ChangesQuery(PageQuery, frozen=True, kw_only=True):
    """`of`: the rows, each with the version of its complaint (`202611-000001.7`), with blanks between."""

    of: str = ""


class ChangedRows(msgspec.Struct, frozen=True):
    """The numbers of those that have another version now. Nothing of what the member may not see."""

    changed: list[str]


def register(api: Api) -> None:
    @desk_page(
        api,
        DESK + "/changes",
        "Which complaints of the list have changed",
        query=ChangesQuery,
        produces="application/json",
        response=ChangedRows,
    )
    def get_desk_changes(call: Call) -> Reply:
        tenant, sub, store = tenant_of(call), sub_of(call), call.wiring.store
        asked = {number: int(version) for number, version in _ROW.findall(call.query.of)[:MOST]}
        wanted = {number: snapshot.key(CaseRef(tenant, number)) for number in asked}
        entries = store.get([organisation.key(tenant), membership.key(tenant, sub), *wanted.values()])
        asker = load_asker(store, tenant, entries, sub, call.now)
        newer = [entries[key] for number, key in wanted.items() if key in entries and entries[key].seq != asked[number]]
        seen = [one.number for one in snapshot.read_states(newer) if rights_in(asker, one) is not None]
        return Reply(ChangedRows(seen))
