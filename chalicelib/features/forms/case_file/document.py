"""Reads a case file: the complaint, its deadlines with reasons, its files, all events, and the check of the record."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.casework import due_events, private_values
from chalicelib.casework.private_values import Record
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint, load_visible_complaint
from chalicelib.casework.views.read_log import Disclosure
from chalicelib.complaints.applying.flow import Flow
from chalicelib.features.evidence import evidence_queries, item
from chalicelib.features.evidence.authorization import caller_of
from chalicelib.features.evidence.evidence_queries import VisibleEvidence, names_in
from chalicelib.features.forms import forms, value_text
from chalicelib.features.forms.case_file import sections
from chalicelib.features.forms.filled_form import FilledForm, FilledSection
from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.features.record import verification
from chalicelib.features.record.anchoring import last_anchor_key
from chalicelib.policy.language.wording.contact_lines import contact_lines
from chalicelib.policy.worktime.explaining.text import zone_text
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class ReadCase(NamedTuple):
    """All that was read of a case for one reader. `file`: with the names of people, in the reader's language."""

    request: ComplaintRequest
    visible: VisibleComplaint
    record: Record
    flow: Flow
    org: Organisation
    file: CaseFile

    @property
    def files(self) -> list[VisibleEvidence]:
        """The files that the reader may see."""
        case, found = self.visible.case, item.among(self.record.stored.others)
        return evidence_queries.files_of(case, caller_of(case, self.visible.asker), found).files

    @property
    def names(self) -> dict[str, str]:
        """By id, the names of the files that the reader may read."""
        return names_in(self.record.private, self.files)


def case_file(wiring: Wiring, request: ComplaintRequest, language: str) -> FilledForm:
    """What the caller may see of the case, in `zh` or `en`. The read is logged before it is shown.

    Raises `Problem("complaint-unknown")` and those of the credential.
    """
    found = read_case(wiring, request, language)
    files = [(one, found.names.get(one.id, ""), "") for one in map(evidence_queries.view, found.files)]
    filled = document(wiring, found, found.file.text("case_file"), sections.files(found.file, files))
    file, visible = found.file, found.visible
    values = [value for event in file.events for value in file.private.get(event.seq, ())]
    shown = private_values.shown_classes(values, visible.classes)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, shown)
    read_log.record_reads(wiring.store, request.tenant, request.context(visible.asker), [disclosure])
    return filled


def read_case(wiring: Wiring, request: ComplaintRequest, language: str) -> ReadCase:
    """Raises as `case_file`. The caller logs the read."""
    keys = [organisation.key(request.tenant), last_anchor_key(request.tenant, request.number)]
    visible = load_visible_complaint(wiring, request, keys)
    org = organisation.among(visible.case.entries, request.tenant)
    record = private_values.read_record(wiring.store, wiring.sealer, request.ref, evidence=True)
    flow = due_events.preview(visible.case, request.now)
    file = replace(forms.case_file_of(wiring, visible, record, flow, org), language=language)
    names = forms.names_of(wiring.store, request.tenant, visible.asker, file, sections.people_fields(file))
    return ReadCase(request, visible, record, flow, org, replace(file, names=names))


def document(wiring: Wiring, found: ReadCase, name: str, *more: FilledSection) -> FilledForm:
    """`more`: the sections between the deadlines and the events."""
    request, visible, file, case = found.request, found.visible, found.file, found.visible.case
    anchor = case.entries.get(last_anchor_key(request.tenant, request.number))
    events = found.record.events
    checked = verification.verify(wiring, request.ref, case.complaint, anchor, found.record.stored)
    return FilledForm(
        name=name,
        organisation=found.org.name,
        number=request.number,
        language=file.language,
        printed_at=value_text.instant_text(file, request.now),
        zone=zone_text(file.policy.calendar, file.language),
        sections=[
            sections.case(file),
            sections.deadlines(file, complaint.deadlines_of(wiring.compiled, request, visible, events).deadlines),
            *more,
            sections.section(file),
            sections.check(file, checked),
        ],
        contact=contact_lines(file.policy.document.contact, file.language),
    )
