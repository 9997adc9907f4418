"""The reports that a member may handle, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from chalicelib.features.supervision import access, custody, independence, report
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.report import Report
from chalicelib.kit.instants import Instant
from chalicelib.wiring import Wiring

_ROWS = 100


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    at: str
    changed: str
    state: str


class ReportsPage(msgspec.Struct, frozen=True):
    """`after`: the last report shown, so that a cursor tells nothing about others."""

    rows: list[ReportRow]
    after: Mapping[str, str] | None


def reports_of(
    wiring: Wiring, tenant: str, sub: str, limit: int, after: Mapping[str, str] | None, now: Instant
) -> ReportsPage:
    """Empty for a member who handles none. Raises `NotMember`."""
    access.check_member(wiring.store, tenant, sub)
    found = list(islice(_handled(wiring, tenant, sub, after, now), limit + 1))
    shown = found[:limit]
    more = len(found) > limit
    last = Custody(tenant, shown[-1].id).row(shown[-1].at) if more else None
    return ReportsPage([_row(one) for one in shown], None if last is None else {"pk": last.pk, "sk": last.sk})


def _handled(wiring: Wiring, tenant: str, sub: str, after: Mapping[str, str] | None, now: Instant) -> Iterator[Report]:
    for page in custody.newest(wiring.store, tenant, _ROWS, after):
        yield from _among(wiring, page, sub, now)


def _among(wiring: Wiring, places: list[Custody], sub: str, now: Instant) -> Iterator[Report]:
    for place, head in report.heads(wiring.store, places):
        if not head.moved:
            known = report.particulars(wiring.sealer, place, head)
            candidate = sub in (*known.supervisors, *known.owners)
            if candidate and sub in independence.standing(wiring.store, place.tenant, known, now).roles:
                yield head


def _row(found: Report) -> ReportRow:
    return ReportRow(id=found.id, at=found.at, changed=found.changed, state=found.state)
