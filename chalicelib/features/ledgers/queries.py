"""Reads ledgers: the list, the present matters, and a frozen month.

The readers are a ledger's roles, each for the units that they cover, and the owners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.casework import authorization
from chalicelib.casework.authorization import Member, load_member, restrict_to_unit
from chalicelib.casework.queue_row import QueueRow
from chalicelib.casework.views.read_log import ReadContext
from chalicelib.complaints.rights.permits import Asker, Grant, covers
from chalicelib.features.ledgers import listing, shown
from chalicelib.features.ledgers.item import LEDGERS
from chalicelib.features.ledgers.matter import LedgerView, Matter, Named
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.store.keys import period_documents as keys
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring

_ROUTE = "GET /v1/t/{tenant}/ledgers/{ledger}"


class LedgerReader(msgspec.Struct, frozen=True):
    """`grants`: the caller's grants of a role that keeps the ledger, or of the owner."""

    asker: Asker
    grants: tuple[Grant, ...]

    def seen(self, rows: Iterable[QueueRow]) -> Iterator[QueueRow]:
        """The rows of matters that the caller sees."""
        for row, _ in authorization.seen_rows(self.asker, rows):
            if self._keeps(row.unit):
                yield row

    def seen_matters(self, store: Store, tenant: str, matters: Sequence[Matter]) -> list[Matter]:
        """Those of a frozen ledger that the caller sees."""
        kept = [one for one in matters if self._keeps(one.unit)]
        shown = set(authorization.not_excluding(store, tenant, self.asker, [one.number for one in kept]))
        return [one for one in kept if one.number in shown]

    def _keeps(self, unit: str | None) -> bool:
        """Also false for a matter of a unit whose respondent the caller is."""
        restricted = restrict_to_unit(self.asker, unit)
        return restricted is not None and restricted.kind == "staff" and any(covers(one, unit) for one in self.grants)

    @property
    def units(self) -> list[str] | None:
        """The units to which they are restricted; None for the whole organisation."""
        if any(one.unit is None for one in self.grants):
            return None
        return sorted({one.unit for one in self.grants if one.unit is not None})


def reads(member: Member, roles: Sequence[str]) -> bool:
    """Whether they have a grant of one of these roles or of the owner."""
    return any(one.role in (*roles, OWNER) for one in member.asker.grants)


def as_reader(member: Member, roles: Sequence[str]) -> LedgerReader:
    """Raises `Problem("forbidden")` without a grant of one of these roles or of the owner."""
    if not reads(member, roles):
        raise Problem("forbidden", "Only the roles that keep this ledger, and the owners, may read it.")
    return LedgerReader(member.asker, tuple(one for one in member.asker.grants if one.role in (*roles, OWNER)))


MOST_MONTHS = 24
"""The latest frozen months of a ledger in the list. Earlier ones can be read."""


class FrozenMonth(msgspec.Struct, frozen=True, kw_only=True):
    """`sha256`: of the text that readers of the whole organisation get, as the organisation's record has it.

    `matters`: how many this text has; null for a reader of some units, who does not learn about the others.
    """

    month: str
    as_of: str
    matters: int | None
    complete: bool
    sha256: str


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """`roles`: who keeps it. `months`: its frozen months, latest first."""

    ledger: str
    name: Named
    roles: list[str]
    stages: list[str]
    months: list[FrozenMonth]


class LedgersView(msgspec.Struct, frozen=True):
    ledgers: list[LedgerRow]


class LivePage(msgspec.Struct, frozen=True):
    """`view`: without its cursor, whose position is `after`."""

    view: LedgerView
    after: Mapping[str, str] | None


def listed(wiring: Wiring, request: MemberRequest) -> LedgersView:
    """The ledgers of the policy in force that the caller may read. Raises `Problem("forbidden")`."""
    member = load_member(wiring, request.tenant, request.sub, request.now)
    defined = member.policy.document.ledgers
    readable = {name: ledger for name, ledger in defined.items() if reads(member, ledger.roles)}
    frozen = _months(wiring.store, request.tenant, len(defined)) if readable else {}
    rows = [
        LedgerRow(
            ledger=name,
            name=ledger.name.to_json(),
            roles=ledger.roles,
            stages=ledger.stages,
            months=_shown(frozen.get(name, []), as_reader(member, ledger.roles)),
        )
        for name, ledger in readable.items()
    ]
    return LedgersView(rows)


def _shown(months: list[FrozenMonth], reader: LedgerReader) -> list[FrozenMonth]:
    """The newest. A reader of some units does not learn how many matters the whole organisation had."""
    newest = months[:MOST_MONTHS]
    return newest if reader.units is None else [replace(one, matters=None) for one in newest]


def _months(store: Store, tenant: str, ledger_count: int) -> dict[str, list[FrozenMonth]]:
    found: dict[str, list[FrozenMonth]] = {}
    for row in LEDGERS.rows.read_each(LEDGERS.newest(store, tenant, MOST_MONTHS * ledger_count).entries):
        month = FrozenMonth(
            month=row.month,
            as_of=to_text(row.as_of),
            matters=row.matters,
            complete=row.complete,
            sha256=row.sha256,
        )
        found.setdefault(row.ledger, []).append(month)
    return found


def live(wiring: Wiring, request: MemberRequest, name: str, limit: int, after: Mapping[str, str] | None) -> LivePage:
    """A page of the present matters. Raises `Problem`: `forbidden`, `not-found`. The caller binds the tenant."""
    asked, reader = _asked(wiring, request, name)
    found = listing.page(wiring, asked, limit, after)
    return LivePage(_view(asked, reader, name, request, listing.AllMatters(found.matters, complete=True)), found.after)


def whole(wiring: Wiring, request: MemberRequest, name: str, route: str = _ROUTE) -> LedgerView:
    """All present matters, for a table. `route`: for the read log. Raises `Problem`: `forbidden`, `not-found`. The
    caller binds the tenant."""
    asked, reader = _asked(wiring, request, name, route)
    return _view(asked, reader, name, request, listing.everything(wiring, asked))


def _asked(
    wiring: Wiring, request: MemberRequest, name: str, route: str = _ROUTE
) -> tuple[listing.AskedLedger, LedgerReader]:
    member = load_member(wiring, request.tenant, request.sub, request.now)
    ledger = member.policy.document.ledgers.get(name)
    if ledger is None:
        raise Problem("not-found", "The policy has no such ledger.")
    reader = as_reader(member, ledger.roles)
    read = shown.LedgerRead(request.tenant, ledger.shows, ReadContext(member.asker, route, request.now))
    return listing.AskedLedger(
        request.tenant, member.policy, ledger, reader.seen, partial(shown.fill, wiring, read)
    ), reader


def _view(
    asked: listing.AskedLedger, reader: LedgerReader, name: str, request: MemberRequest, found: listing.AllMatters
) -> LedgerView:
    return LedgerView(
        ledger=name,
        name=asked.ledger.name.to_json(),
        month=None,
        as_of=to_text(request.now),
        policy=asked.policy.version,
        units=reader.units,
        complete=found.complete,
        matters=found.matters,
        cursor=None,
    )


def frozen(wiring: Wiring, request: MemberRequest, name: str, month: str) -> tuple[LedgerView, bytes | None]:
    """The ledger of a month, and its text if the caller may see all of it: this text has the hash on record.

    Those who kept it then and those who keep it now may read it. Raises `Problem`: `forbidden`, `not-found`.
    """
    member = load_member(wiring, request.tenant, request.sub, request.now)
    row, stored = LEDGERS.find(wiring.store, request.tenant, keys.ledger(month, name)) or (None, None)
    now = member.policy.document.ledgers.get(name)
    if row is None and now is None:
        raise Problem("not-found", "The policy has no such ledger.")
    reader = as_reader(member, [*(row.roles if row else ()), *(now.roles if now else ())])
    if row is None or stored is None:
        raise Problem("not-found", "There is no such month of this ledger.")
    document = LEDGERS.read(stored, row)
    view = msgspec.json.decode(document, type=LedgerView)
    shown = reader.seen_matters(wiring.store, request.tenant, view.matters)
    if reader.units is None and len(shown) == len(view.matters):
        return view, document
    return replace(view, units=reader.units, matters=shown), None
