"""A complaint that a receipt has opened, and how its pages read it."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.casework import due_events, private_values
from chalicelib.casework.authorization import Credential
from chalicelib.casework.private_values import Record
from chalicelib.casework.views import complaint_queries as queries
from chalicelib.casework.views import complaint_views
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.fields import FieldSpec
from chalicelib.features.handling.pages.reading import CaseReading, happenings
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.organisation import TenantPage, tenant_page_in, tenant_page_key
from chalicelib.web.pages.reader import Reader
from chalicelib.wiring import Wiring

MESSAGES = 20
"""The newest messages that pages show."""


class OpenedComplaint(NamedTuple):
    """A complaint for its complainant, and the organisation, as one read found them."""

    tenant_page: TenantPage
    request: ComplaintRequest
    visible: VisibleComplaint

    def state(self) -> ComplaintView:
        """The complaint's state with the acts open to the complainant, without facts."""
        flow = due_events.preview(self.visible.case, self.request.now)
        return complaint_views.state(flow.policy, flow.complaint, self.visible.asker)

    def inputs_of(self, act: str) -> list[FieldSpec] | None:
        """The fields of an open act that the stage does not list; None for others."""
        flow = due_events.preview(self.visible.case, self.request.now)
        if act in open_acts.listed(flow.policy, flow.complaint):
            return None
        return open_acts.form(flow.policy, flow.complaint, self.visible.asker, act)

    def record(self, wiring: Wiring) -> Record:
        """In one query, with the files."""
        return private_values.read_record(wiring.store, wiring.sealer, self.request.ref, evidence=True)

    def reading(self, wiring: Wiring, reader: Reader, record: Record) -> CaseReading:
        flow = due_events.preview(self.visible.case, self.request.now)
        context = self.request.context(self.visible.asker)
        return CaseReading(
            reader=reader,
            policy=flow.policy,
            complaint=flow.complaint,
            happened=happenings(record.events, flow),
            record=queries.record_view(wiring.store, self.request.ref, self.visible, context, record),
            acts=complaint_views.state(flow.policy, flow.complaint, self.visible.asker).acts,
            now=max(self.request.now, flow.complaint.at),
        )

    def deadlines(self, wiring: Wiring, record: Record) -> list[DeadlineView]:
        """All runs of all clocks, in the words for complainants."""
        return queries.deadlines_of(wiring.compiled, self.request, self.visible, record.events).deadlines


def check_receipt(call: Call, number: str, receipt: str) -> None:
    """Raises `Problem("complaint-unknown")` if this is not the complaint's receipt."""
    queries.check_visible(call.wiring, request_of(call, number, receipt))


def opened(call: Call, number: str, receipt: str) -> OpenedComplaint:
    """Raises as `check_receipt`."""
    request = request_of(call, number, receipt)
    visible = queries.load_visible_complaint(call.wiring, request, [tenant_page_key(call)])
    return OpenedComplaint(tenant_page_in(call, visible.case.entries), request, visible)


def request_of(call: Call, number: str, receipt: str) -> ComplaintRequest:
    return ComplaintRequest(
        tenant=tenant_of(call),
        number=number,
        credential=Credential(receipt=receipt),
        now=call.now,
        route=f"page {call.route_id}",
    )
