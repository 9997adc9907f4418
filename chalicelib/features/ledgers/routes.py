"""Routes of ledgers: the complaints in certain stages with what is owed for each, live and of an ended month."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.features.ledgers import coded_table, queries, table
from chalicelib.features.ledgers.matter import LedgerView
from chalicelib.tenants import organisation
from chalicelib.web import cursors, languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, tenant_of

_PATH = "/v1/t/{tenant}/ledgers"
_JSON, _CSV = "application/json", "text/csv"
_WEIGHT = 5
"""A table or a frozen month can have two thousand matters."""
_MONTH = "^20[0-9]{2}-(0[1-9]|1[0-2])$"


class LedgerQuery(cursors.ListQuery, frozen=True, kw_only=True):
    """`layout`: of the CSV. `codes`: codes with their labels beside them, under the same names in every language."""

    layout: Literal["words", "codes"] = "words"
    month: Annotated[str, msgspec.Meta(pattern=_MONTH)] | None = None


def register(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the ledgers that you may read, with their frozen months",
        allow=["person"],
        response=queries.LedgersView,
        problems=["forbidden"],
    )
    def list_ledgers(call: Call) -> Reply:
        return Reply(queries.listed(call.wiring, member_request(call)))

    @api.route(
        _PATH + "/{ledger}",
        method="GET",
        summary="Get a ledger: its matters with what is owed for each, now or at the end of a month, as JSON or CSV",
        allow=["person"],
        query=LedgerQuery,
        response=LedgerView,
        csv=True,
        problems=["forbidden", "not-found"],
        weight=_WEIGHT,
    )
    def get_ledger(call: Call) -> Reply:
        as_table = languages.preferred_type(call.accept, (_JSON, _CSV)) == _CSV
        return _frozen(call, as_table) if call.query.month is not None else _live(call, as_table)


def _frozen(call: Call, as_table: bool) -> Reply:
    view, text = queries.frozen(call.wiring, member_request(call), call.params["ledger"], call.query.month)
    if as_table:
        return _table(call, view)
    return Reply(view if text is None else text.decode(), headers={"Vary": "Accept"})


def _live(call: Call, as_table: bool) -> Reply:
    name = call.params["ledger"]
    if as_table:
        return _table(call, queries.whole(call.wiring, member_request(call), name))
    after = cursors.position(call, call.query.cursor)
    found = queries.live(call.wiring, member_request(call), name, call.query.limit, after)
    return Reply(replace(found.view, cursor=cursors.sign(call, found.after)), headers={"Vary": "Accept"})


def _table(call: Call, view: LedgerView) -> Reply:
    language = languages.preferred(call.accept_language)
    typed = {"Content-Type": f"{_CSV}; charset=utf-8", "Content-Language": language}
    policy = call.wiring.compiled.get(tenant_of(call), view.policy)
    units = organisation.load(call.wiring.store, tenant_of(call)).units
    words = table.Words(policy, {name: unit.name for name, unit in units.items()}, language)
    text = (coded_table if call.query.layout == "codes" else table).as_csv(view, words)
    return Reply(text, headers={**typed, "Vary": "Accept, Accept-Language"})
