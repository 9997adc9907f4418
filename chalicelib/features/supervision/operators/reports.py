"""The operators' side: reports that no person of the organisation may handle."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.access import binding
from chalicelib.complaints.envelope import Actor
from chalicelib.features.supervision import acts, changes, custody, events, report, views
from chalicelib.features.supervision.access import OpenedReport
from chalicelib.features.supervision.acts import ReportAct
from chalicelib.features.supervision.changes import NewEvent
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.events import Draft, Loaded, not_found
from chalicelib.features.supervision.report import Report
from chalicelib.features.supervision.views import ReportView
from chalicelib.kit.instants import Instant
from chalicelib.store.port import Store
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.wiring import Wiring

_PAGE = 50


class OperatorsRow(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: the organisation's. `reference`: the report's id."""

    id: str
    reference: str
    at: str
    changed: str
    state: str


class OperatorsPage(msgspec.Struct, frozen=True):
    rows: list[OperatorsRow]
    after: Mapping[str, str] | None


class OperatorsAct(msgspec.Struct, frozen=True, kw_only=True):
    """`operator`: the ARN that signed the request."""

    tenant: str
    report: str
    operator: str
    act: str
    payload: ReportAct
    now: Instant


def list_reports(store: Store, after: Mapping[str, str] | None) -> OperatorsPage:
    """By organisation, and in each by time."""
    with binding.directory():
        places, after = custody.with_operators(store, _PAGE, after)
        rows = [_row(place, head) for place, head in report.heads(store, places)]
    return OperatorsPage(rows, after)


def _row(place: Custody, report: Report) -> OperatorsRow:
    return OperatorsRow(id=place.tenant, reference=report.id, at=report.at, changed=report.changed, state=report.state)


def get_report(wiring: Wiring, tenant: str, report_id: str) -> ReportView:
    """Raises `Problem("not-found")`, also for a report that members handle."""
    return views.for_handler(wiring.sealer, OpenedReport(_loaded(wiring, tenant, report_id), None))


def act(wiring: Wiring, command: OperatorsAct) -> Answer:
    """200 with the recorded event. Raises `Problem`: `not-found`, `act-not-open`, `invalid`, `limit-reached`,
    `conflict`."""
    return changes.until_unchanged(lambda: _attempt(wiring, command))


def _attempt(wiring: Wiring, command: OperatorsAct) -> Answer:
    loaded, payload = _loaded(wiring, command.tenant, command.report), command.payload
    event = acts.event_of(loaded.report, command.act, payload, operators=True)
    fields = {"finding": payload.finding} if payload.finding else {}
    draft = Draft(event, Actor("operator", command.operator), payload.text, dict(fields))
    return changes.record(wiring.store, wiring.sealer, loaded, NewEvent(draft=draft, request=None), command.now)


def _loaded(wiring: Wiring, tenant: str, report_id: str) -> Loaded:
    loaded = events.load(wiring.store, wiring.sealer, Custody(tenant, report_id, operators=True))
    if loaded is None:
        raise not_found()
    return loaded
