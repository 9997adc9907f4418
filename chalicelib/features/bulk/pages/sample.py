"""The texts of an act on many complaints as one of them fills them, before the last click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.bulk.order import BulkCursor, fields_of
from chalicelib.features.handling import forms_of_acts
from chalicelib.features.handling.desk import act_form
from chalicelib.features.text_blocks import in_bulk
from chalicelib.jobs.job import Job
from chalicelib.kit.problem import Problem
from chalicelib.tenants import organisation
from chalicelib.web.call import Call
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.pages.desk import Desk, read_route
from chalicelib.web.pages.labels import labels_of


class FilledSample(NamedTuple):
    """`texts`: label and text of each field that takes a text."""

    number: str
    texts: list[tuple[str, str]]


def sample_of(call: Call, desk: Desk, trial: Job) -> FilledSample | None:
    """Of the first complaint on which this dry run found the act possible. None without a text block, and if the
    complaint has changed so that the act is not open, or a placeholder has no value."""
    number = trial.at(BulkCursor).first
    if not number or not trial.at(BulkCursor).text_blocks:
        return None
    request = ComplaintRequest(
        tenant=tenant_of(call), number=number, credential=credential_of(call), now=call.now, route=read_route(call)
    )
    try:
        found = list(_texts(call, desk, trial, request))
    except Problem:  # the complaint is hidden from the caller now
        return None
    texts = [(label, text) for label, text in found if text is not None]
    return FilledSample(number, texts) if texts and len(texts) == len(found) else None


def _texts(call: Call, desk: Desk, trial: Job, request: ComplaintRequest) -> Iterator[tuple[str, str | None]]:
    visible = complaint_queries.load_visible_complaint(call.wiring, request, [organisation.key(request.tenant)])
    given, units = fields_of(call.wiring.sealer, request.tenant, trial), labels_of(desk).units
    language = trial.at(BulkCursor).language
    for form in forms_of_acts.forms_for(request, visible):
        if form.open and form.act == trial.asked["act"]:
            for name, label in act_form.texts_by_field(form, desk.reader).items():
                if name in given:
                    yield label, in_bulk.filled_by(visible, units, given[name], language, call.now)
