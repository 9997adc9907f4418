"""The handlers' side: reading a report, which is logged, and acting on it."""

from __future__ import annotations

import uuid

import msgspec
from msgspec.structs import replace

from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import ReadView, StoredRead
from chalicelib.complaints.envelope import Actor
from chalicelib.features.supervision import access, acts, changes, events, views
from chalicelib.features.supervision.access import OpenedReport
from chalicelib.features.supervision.acts import ReportAct
from chalicelib.features.supervision.changes import NewEvent
from chalicelib.features.supervision.events import REPORTER, Draft, Loaded
from chalicelib.features.supervision.file_report import Notice
from chalicelib.features.supervision.people import independence, naming, ties
from chalicelib.features.supervision.report import Particulars
from chalicelib.features.supervision.views import ReportView
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem
from chalicelib.store import reads
from chalicelib.store.port import Store
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

CLASS = "supervision"


class ReportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """`route`: method and path template, for the read log."""

    tenant: str
    report: str
    sub: str
    route: str
    now: Instant


class ActOnReport(ReportRequest, frozen=True, kw_only=True):
    act: str
    payload: ReportAct
    request: Request | None
    notice: Notice


class ReportReads(msgspec.Struct, frozen=True, kw_only=True):
    reads: list[ReadView]


def get_report(wiring: Wiring, request: ReportRequest) -> ReportView:
    """The read is recorded before anything is shown. Raises `Problem`: `forbidden`, `not-found`, `conflict`."""
    opened = _open(wiring, request)
    _record_read(wiring.store, opened, request)
    return views.for_handler(wiring.sealer, opened)


def list_reads(wiring: Wiring, request: ReportRequest) -> ReportReads:
    """All reads of the report, oldest first. Raises as `get_report`."""
    return ReportReads(reads=read_log.reads_of_report(wiring.store, _open(wiring, request).loaded.custody.pk))


def act(wiring: Wiring, command: ActOnReport) -> Answer:
    """200 with the recorded event. Raises as `get_report`, and: `act-not-open`, `invalid`, `limit-reached`."""
    return changes.until_unchanged(lambda: _attempt(wiring, command))


def _open(wiring: Wiring, request: ReportRequest) -> OpenedReport:
    def attempt() -> OpenedReport:
        return access.for_handler(wiring, request.tenant, request.report, request.sub, request.now)

    return changes.until_unchanged(attempt)


def _attempt(wiring: Wiring, command: ActOnReport) -> Answer:
    opened = access.for_handler(wiring, command.tenant, command.report, command.sub, command.now)
    loaded, payload = opened.loaded, command.payload
    if first := changes.repeated(loaded, command.request):
        return first
    event = acts.event_of(loaded.report, command.act, payload, operators=False)
    fields = {name: text for name, text in (("finding", payload.finding), ("admitted", payload.person)) if text}
    actor = Actor("staff", command.sub, _role(opened, command.sub))
    admitted = None if payload.person is None else _admitting(wiring, command, loaded)
    first_id = loaded.events[0].event.id
    told = [] if admitted is None else _new_handlers(wiring.store, command, opened, admitted)
    # Who handled it before has the message about the filing.
    first_notices = [command.notice(command.tenant, sub, first_id, command.now) for sub in told]
    is_first = reads.missing(wiring.store, first_notices) == first_notices
    new = NewEvent(
        draft=Draft(event, actor, payload.text, fields),
        request=command.request,
        particulars=admitted,
        told=told,
        notice=lambda reader, event_id: command.notice(
            command.tenant, reader, first_id if is_first else event_id, command.now
        ),
    )
    return changes.record(wiring.store, wiring.sealer, loaded, new, command.now)


def _admitting(wiring: Wiring, command: ActOnReport, loaded: Loaded) -> Particulars:
    """Whether the new supervisor is independent is checked at each reading, as for all handlers."""
    before = loaded.particulars
    person = next(iter(queries.people_by_sub(wiring.store, command.tenant, [command.payload.person or ""])), None)
    if person is None or not {*person.roles} & {*before.roles}:
        place = Place("/person", "does not have a supervisor's role")
        raise Problem("invalid", "The act cannot be recorded as it is.", places=[place])
    return replace(
        before,
        supervisors=list(dict.fromkeys([*before.supervisors, person.sub])),
        excluded=sorted({*before.excluded, *_named(wiring, loaded, person)}),
    )


def _named(wiring: Wiring, loaded: Loaded, person: Membership) -> frozenset[str]:
    """Of a person who was no member yet when the reporter wrote."""
    reporters = [one for one in loaded.events if one.event.actor["kind"] == REPORTER.kind]
    texts = [events.text_of(wiring.sealer, loaded.custody, one) or "" for one in reporters]
    known = loaded.particulars
    return ties.meant_by(known.about.names, [person], {}).people | naming.named_in(texts, [person], known.titles)


def _new_handlers(store: Store, command: ActOnReport, opened: OpenedReport, after: Particulars) -> list[str]:
    """Without an admitted supervisor who is not independent: they must not learn of the report."""
    before = {*opened.loaded.particulars.supervisors}
    found = independence.standing(store, command.tenant, after, command.now)
    return [sub for sub in found.roles if sub not in before and sub == command.payload.person]


def _role(opened: OpenedReport, sub: str) -> str | None:
    return None if opened.standing is None else opened.standing.roles[sub]


def _record_read(store: Store, opened: OpenedReport, request: ReportRequest) -> None:
    read = StoredRead(
        id=uuid.uuid4().hex,
        at=to_text(request.now),
        by=request.sub,
        role=_role(opened, request.sub) or "",
        on_behalf_of=None,
        classes=[CLASS],
        route=request.route,
    )
    read_log.record_of_report(store, opened.loaded.custody.pk, read)
