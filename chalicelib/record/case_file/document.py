"""Reads a case file: the complaint, its deadlines with reasons, its files, all events, and the check of the record."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.casework import due_events, private_values, read_log
from chalicelib.casework.printing import forms, time_text
from chalicelib.casework.printing.filled_form import FilledForm
from chalicelib.casework.queries import complaint
from chalicelib.casework.queries.complaint import ComplaintRequest, load_visible_complaint
from chalicelib.casework.read_log import Disclosure
from chalicelib.evidence import evidence_queries
from chalicelib.evidence.authorization import EvidenceRequest
from chalicelib.policy.worktime.explaining.text import zone_text
from chalicelib.record import verification
from chalicelib.record.case_file import events, sections
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


def case_file(wiring: Wiring, request: ComplaintRequest, language: str) -> FilledForm:
    """What the caller may see of the case, in `zh` or `en`. The read is logged before it is shown.

    Raises `Problem("complaint-unknown")` and those of the credential.
    """
    organisation_key = keys.snapshot(keys.organisation(request.tenant))
    visible = load_visible_complaint(wiring, request, [organisation_key])
    org = organisation.parse(visible.case.entries[organisation_key])
    flow = due_events.preview(visible.case, request.now)
    file = replace(forms.read_case_file(wiring, request.ref, visible, flow, org), language=language)
    names = forms.names_of(wiring.store, request.tenant, visible.asker, file, events.people_fields(file))
    file = replace(file, names=names)
    found = FilledForm(
        name=file.say(sections.TITLE),
        organisation=org.name,
        number=request.number,
        language=language,
        printed_at=time_text.instant_text(file, request.now),
        zone=zone_text(file.policy.calendar, language),
        sections=[
            sections.case(file),
            sections.deadlines(file, complaint.deadlines(wiring, request).deadlines),
            sections.files(file, _files(wiring, request)),
            events.section(file),
            sections.check(file, verification.verify_complaint(wiring, request)),
        ],
    )
    values = [value for event in file.events for value in file.private.get(event.seq, ())]
    shown = private_values.shown_classes(values, visible.classes)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, shown)
    read_log.record_reads(wiring.store, request.tenant, request.context(visible.asker), [disclosure])
    return found


def _files(wiring: Wiring, request: ComplaintRequest) -> list[evidence_queries.EvidenceView]:
    asked = EvidenceRequest(
        tenant=request.tenant, number=request.number, credential=request.credential, now=request.now
    )
    return [evidence_queries.view(one) for one in evidence_queries.list_visible(wiring, asked)]
