"""What readers see of a report: handlers everything, the reporter what is meant for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.supervision import access, acts, custody, events, report
from chalicelib.features.supervision.access import OpenedReport
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.events import REPORTER, Loaded, Stored
from chalicelib.features.supervision.people import independence
from chalicelib.features.supervision.report import About, Report, To
from chalicelib.kit.instants import Instant
from chalicelib.ports import Sealer
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


_FOR_REPORTERS = frozenset({"reported", "added", "taken", "replied", "closed", "moved", "passed", events.MAILED})


class ReportEventView(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: reporter, member, operator or service. `person`, `role`: of a member; only handlers see them."""

    seq: int
    at: str
    type: str
    by: str
    text: str | None
    person: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
    admitted: str | UnsetType = UNSET


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: open, taken or closed. `finding`: of a closed report. The other values are for handlers only.

    `to`: who shall read it, as the reporter chose. `handled_by`: supervisors, owners or operators. `reported_by`: the
    member who reported while signed in. `acts`: the acts open now.
    """

    id: str
    at: str
    changed: str
    state: str
    finding: str | None
    events: list[ReportEventView]
    about: About | UnsetType = UNSET
    to: To | UnsetType = UNSET
    complaint: str | UnsetType | None = UNSET
    contact: str | UnsetType | None = UNSET
    reported_by: str | UnsetType = UNSET
    handled_by: str | UnsetType = UNSET
    acts: list[str] | UnsetType = UNSET


def for_handler(sealer: Sealer, opened: OpenedReport) -> ReportView:
    found = opened.loaded
    report, particulars = found.report, found.particulars
    return msgspec.structs.replace(
        _view(found, [_event(sealer, found, one, full=True) for one in found.events]),
        about=particulars.about,
        to=particulars.to,
        complaint=particulars.complaint,
        contact=particulars.contact,
        reported_by=particulars.by or UNSET,
        handled_by="operators" if opened.standing is None else opened.standing.level,
        acts=acts.open_acts(report, operators=found.custody.operators),
    )


def for_reporter(sealer: Sealer, found: Loaded) -> ReportView:
    shown = [one for one in found.events if one.event.type in _FOR_REPORTERS]
    return _view(found, [_event(sealer, found, one, full=False) for one in shown])


def _view(found: Loaded, shown: list[ReportEventView]) -> ReportView:
    one = found.report
    return ReportView(id=one.id, at=one.at, changed=one.changed, state=one.state, finding=one.finding, events=shown)


def _event(sealer: Sealer, found: Loaded, stored: Stored, *, full: bool) -> ReportEventView:
    event = stored.event
    kind = str(event.actor["kind"])
    staff = full and kind == "staff"
    return ReportEventView(
        seq=event.seq,
        at=event.at,
        type=event.type,
        by={REPORTER.kind: "reporter", SYSTEM.kind: "service", "operator": "operator"}.get(kind, "member"),
        text=events.text_of(sealer, found.custody, stored),
        person=event.actor["id"] if staff else UNSET,
        role=event.actor["role"] if staff else UNSET,
        admitted=event.fields.get("admitted", UNSET) if full else UNSET,
    )
