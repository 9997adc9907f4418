"""Reads a case file: the complaint, its deadlines with reasons, its files, all events, and the check of the record."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.casework import due_events, private_values
from chalicelib.casework.private_values import Record
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint, load_visible_complaint
from chalicelib.casework.views.read_log import Disclosure
from chalicelib.features.evidence import evidence_queries, item
from chalicelib.features.evidence.authorization import caller_of
from chalicelib.features.forms import forms, value_text
from chalicelib.features.forms.case_file import sections
from chalicelib.features.forms.filled_form import FilledForm
from chalicelib.features.record import verification
from chalicelib.features.record.anchoring import last_anchor_key
from chalicelib.policy.language.wording.contact_lines import contact_lines
from chalicelib.policy.worktime.explaining.text import zone_text
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


def case_file(wiring: Wiring, request: ComplaintRequest, language: str) -> FilledForm:
    """What the caller may see of the case, in `zh` or `en`. The read is logged before it is shown.

    Raises `Problem("complaint-unknown")` and those of the credential.
    """
    anchor_key = last_anchor_key(request.tenant, request.number)
    visible = load_visible_complaint(wiring, request, [organisation.key(request.tenant), anchor_key])
    case = visible.case
    org = organisation.among(case.entries, request.tenant)
    record = private_values.read_record(wiring.store, wiring.sealer, request.ref, evidence=True)
    flow = due_events.preview(case, request.now)
    file = replace(forms.case_file_of(wiring, visible, record, flow, org), language=language)
    names = forms.names_of(wiring.store, request.tenant, visible.asker, file, sections.people_fields(file))
    file = replace(file, names=names)
    found = FilledForm(
        name=file.text("case_file"),
        organisation=org.name,
        number=request.number,
        language=language,
        printed_at=value_text.instant_text(file, request.now),
        zone=zone_text(file.policy.calendar, language),
        sections=[
            sections.case(file),
            sections.deadlines(
                file, complaint.deadlines_of(wiring.compiled, request, visible, record.events).deadlines
            ),
            sections.files(file, _files(visible, record)),
            sections.section(file),
            sections.check(
                file,
                verification.verify(wiring, request.ref, case.complaint, case.entries.get(anchor_key), record.stored),
            ),
        ],
        contact=contact_lines(file.policy.document.contact, language),
    )
    values = [value for event in file.events for value in file.private.get(event.seq, ())]
    shown = private_values.shown_classes(values, visible.classes)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, shown)
    read_log.record_reads(wiring.store, request.tenant, request.context(visible.asker), [disclosure])
    return found


def _files(visible: VisibleComplaint, record: Record) -> list[evidence_queries.EvidenceView]:
    found = item.among(record.stored.others)
    files = evidence_queries.files_of(visible.case, caller_of(visible.case, visible.asker), found).files
    return [evidence_queries.view(one) for one in files]
