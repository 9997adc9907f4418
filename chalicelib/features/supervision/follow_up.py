"""The reporter's side: reading the report with the receipt, and adding to it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.features.supervision import access, changes, views
from chalicelib.features.supervision.access import OpenedReport
from chalicelib.features.supervision.acts import Message
from chalicelib.features.supervision.changes import NewEvent
from chalicelib.features.supervision.events import REPORTER, Draft
from chalicelib.features.supervision.file_report import Notice
from chalicelib.features.supervision.people import independence, naming
from chalicelib.features.supervision.report import Particulars
from chalicelib.features.supervision.views import ReportView
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring


class NewMessage(RequestDocument, frozen=True, kw_only=True):
    text: Message


class AddToReport(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    report: str
    receipt: str
    text: str
    request: Request | None
    notice: Notice
    now: Instant


def get_report(wiring: Wiring, tenant: str, report_id: str, receipt: str, now: Instant) -> ReportView:
    """Raises `Problem`: `not-found`, `conflict`."""
    opened = changes.until_unchanged(lambda: access.for_reporter(wiring, tenant, report_id, receipt, now))
    return views.for_reporter(wiring.sealer, opened.loaded)


def add_to_report(wiring: Wiring, command: AddToReport) -> Answer:
    """200 with the recorded event. Raises `Problem`: `not-found`, `invalid`, `limit-reached`, `conflict`."""
    return changes.until_unchanged(lambda: _attempt(wiring, command))


def _attempt(wiring: Wiring, command: AddToReport) -> Answer:
    opened = access.for_reporter(wiring, command.tenant, command.report, command.receipt, command.now)
    if first := changes.repeated(opened.loaded, command.request):
        return first
    particulars = _with_named(wiring, command, opened.loaded.particulars)
    new = NewEvent(
        draft=Draft("added", REPORTER, command.text),
        request=command.request,
        particulars=particulars,
        told=_told(wiring, command, opened, particulars),
        notice=lambda reader, event_id: command.notice(command.tenant, reader, event_id, command.now),
    )
    answer = changes.record(wiring.store, wiring.sealer, opened.loaded, new, command.now)
    opened.loaded.custody.tell_operators()
    return answer


def _with_named(wiring: Wiring, command: AddToReport, before: Particulars) -> Particulars:
    """The message may name further people, who are excluded from now on."""
    people = [one for one in queries.all_people(wiring.store, command.tenant) if one.active]
    named = naming.named_in([command.text], people, before.titles)
    return replace(before, excluded=sorted({*before.excluded, *named}))


def _told(wiring: Wiring, command: AddToReport, opened: OpenedReport, after: Particulars) -> list[str]:
    """Those who handle it from now on: not the people whom the message names."""
    if opened.standing is None:
        return []
    return list(independence.standing(wiring.store, command.tenant, after, command.now).roles)
