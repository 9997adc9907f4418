"""The desk's pages of ledgers, which look like those on paper: now, or at the end of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from chalicelib.features.ledgers import queries, table
from chalicelib.features.ledgers.matter import LedgerView
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page, read_route
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import PageQuery
from chalicelib.web.pages.times import zoned_text

if TYPE_CHECKING:
    from chalicelib.casework.authorization import Member
    from chalicelib.web.api import Api

LEDGERS = DESK + "/oversight/ledgers"
LEDGER = LEDGERS + "/{ledger}"
_CSV = "text/csv; charset=utf-8"
_WEIGHT = 5
"""As of the route."""


class LedgerPageQuery(PageQuery, frozen=True, kw_only=True):
    """`month`: that of a frozen ledger."""

    month: Annotated[str, msgspec.Meta(max_length=20)] = ""


def _keeps(member: Member) -> bool:
    return any(queries.reads(member, one.roles) for one in member.policy.document.ledgers.values())


def register(api: Api) -> None:
    @desk_page(api, LEDGERS, "The ledgers", listed=("oversight", "desk_ledgers.title"), is_for=_keeps)
    def get_desk_ledgers(call: Call) -> Reply:
        desk = desk_of(call)
        found, labels = queries.listed(call.wiring, member_request(call)), labels_of(desk)
        roles = {one.ledger: labels.joined([labels.role(role) for role in one.roles]) for one in found.ledgers}
        return desk.page("ledgers/list.html", {"ledgers": found.ledgers, "roles": roles})

    @desk_page(api, LEDGER, "A ledger, to print", query=LedgerPageQuery, weight=_WEIGHT)
    def get_desk_ledger(call: Call) -> Reply:
        desk = desk_of(call)
        view = _read(call)
        found, month = table.lines(view, _words(call, desk, view)), call.query.month
        query = {"month": month} if month else {}
        values = {
            "ledger": view.ledger,
            "name": desk.reader.label(view.name),
            "month": month,
            "as_of": zoned_text(desk.member.policy.calendar, desk.reader, view.as_of),
            "complete": view.complete,
            "head": found.head,
            "lines": found.lines,
            "csv": desk.reader.link(f"{LEDGER.format(**call.params)}/table.csv", **query),
        }
        return desk.page("ledgers/ledger.html", values)

    @desk_page(api, LEDGER + "/table.csv", "A ledger as a file", query=LedgerPageQuery, produces=_CSV, weight=_WEIGHT)
    def get_desk_ledger_csv(call: Call) -> Reply:
        desk = desk_of(call)
        view = _read(call)
        attached = {"Content-Disposition": f'attachment; filename="{view.ledger}-{view.month or view.as_of[:10]}.csv"'}
        return Reply("\ufeff" + table.as_csv(view, _words(call, desk, view)), headers=attached)


def _read(call: Call) -> LedgerView:
    name, request = call.params["ledger"], member_request(call)
    if call.query.month:
        return queries.frozen(call.wiring, request, name, call.query.month)[0]
    return queries.whole(call.wiring, request, name, read_route(call))


def _words(call: Call, desk: Desk, view: LedgerView) -> table.Words:
    units = {name: unit.name for name, unit in desk.member.org.units.items()}
    return table.Words(call.wiring.compiled.get(tenant_of(call), view.policy), units, desk.reader.language)
