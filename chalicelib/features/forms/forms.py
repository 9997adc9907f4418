"""The printed forms of a complaint: those that a reader may print, and one of them filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.casework import due_events, private_values
from chalicelib.casework.private_values import Record
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import (
    ComplaintRequest,
    VisibleComplaint,
    as_read,
    load_visible_complaint,
    may_read,
)
from chalicelib.casework.views.read_log import Disclosure
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.rights.permits import Asker, may
from chalicelib.complaints.state import Complaint
from chalicelib.features.forms import lines, value_text
from chalicelib.features.forms.filled_form import FilledForm, FilledSection
from chalicelib.features.forms.printed_case import CaseFile, overtaken
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.model import FormLine, PrintedForm
from chalicelib.policy.language.wording.contact_lines import contact_lines
from chalicelib.policy.worktime.explaining.text import zone_text
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring


class FormSummary(msgspec.Struct, frozen=True, kw_only=True):
    form: str
    name: dict[str, str]


class FormsView(msgspec.Struct, frozen=True):
    """The forms that the caller may print, by name."""

    forms: list[FormSummary]


def list_forms(wiring: Wiring, request: ComplaintRequest) -> FormsView:
    """Raises `Problem("complaint-unknown")`."""
    visible = load_visible_complaint(wiring, request)
    flow = due_events.preview(visible.case, request.now)
    permitted = (
        FormSummary(form=name, name=form.name.to_json())
        for name, form in sorted(flow.policy.document.forms.items())
        if _may_print(form, flow.complaint, visible.asker)
    )
    return FormsView(list(permitted))


def fill_form(wiring: Wiring, request: ComplaintRequest, name: str, language: str) -> FilledForm:
    """The form with what the caller may see of the case, in `zh` or `en`. The read is logged before it is shown.

    Raises `Problem`: `complaint-unknown`; `not-found` for a form that the policy does not have; `forbidden`.
    """
    visible = load_visible_complaint(wiring, request, [organisation.key(request.tenant)])
    flow = due_events.preview(visible.case, request.now)
    form = flow.policy.document.forms.get(name)
    if form is None:
        raise Problem("not-found", "The complaint's procedure has no form of this name.")
    if not _may_print(form, flow.complaint, visible.asker):
        raise Problem("forbidden", "The procedure does not let you print this form.")
    org = organisation.among(visible.case.entries, request.tenant)
    record = private_values.read_record(wiring.store, wiring.sealer, request.ref)
    file = case_file_of(wiring, visible, record, flow, org)
    file = replace(file, language=language, names=_names(wiring.store, request.tenant, visible.asker, file, form))
    filled = _filled(file, form, org, request)
    classes = {one for line in _lines(form) for one in lines.shown_classes(file, line)}
    context = replace(request.context(visible.asker), form=name)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, classes)
    read_log.record_reads(wiring.store, request.tenant, context, [disclosure])
    return filled


def _may_print(form: PrintedForm, complaint: Complaint, asker: Asker) -> bool:
    if form.by is None:
        return asker.kind == "staff"
    return any(may(doer, grant, complaint, asker) for doer in form.by for grant in asker.grants)


def case_file_of(wiring: Wiring, visible: VisibleComplaint, record: Record, flow: Flow, org: Organisation) -> CaseFile:
    """In Chinese and without the names of people."""
    ref = CaseRef(org.id, flow.complaint.number)
    events = [event for event in record.events if may_read(event, visible.asker)]
    return CaseFile(
        policy=flow.policy,
        complaint=flow.complaint,
        events=events,
        overtaken=overtaken(events, partial(wiring.compiled.get, ref.tenant)),
        private=as_read(visible, ref.number, record).private,
        damaged=record.damaged,
        classes=visible.classes,
        policy_of=partial(wiring.compiled.get, ref.tenant),
        units={name: unit.name for name, unit in org.units.items()},
    )


def _filled(file: CaseFile, form: PrintedForm, org: Organisation, request: ComplaintRequest) -> FilledForm:
    return FilledForm(
        name=file.say(form.name),
        organisation=org.name,
        number=file.complaint.number,
        language=file.language,
        printed_at=value_text.instant_text(file, request.now),
        zone=zone_text(file.policy.calendar, file.language),
        sections=[
            FilledSection(
                name=file.say(section.name) if section.name else "",
                lines=[lines.fill(file, line) for line in section.lines],
            )
            for section in form.sections
        ],
        contact=contact_lines(file.policy.document.contact, file.language),
    )


def _lines(form: PrintedForm) -> Iterable[FormLine]:
    return (line for section in form.sections for line in section.lines)


def _names(store: Store, tenant: str, asker: Asker, file: CaseFile, form: PrintedForm) -> Mapping[str, str] | None:
    """The names of the people whom the form names, for members of the organisation."""
    fields = {line.shows for line in _lines(form)} & value_text.people_fields(file.policy.document)
    return names_of(store, tenant, asker, file, fields)


def names_of(
    store: Store, tenant: str, asker: Asker, file: CaseFile, fields: Collection[str]
) -> Mapping[str, str] | None:
    """The names of the people whom these fields name, for members of the organisation."""
    if asker.kind != "staff":
        return None
    types = {event.type for event in file.events}
    given = (one.value for name in fields for one in file.given(name, types))
    subs = {sub for value in given if isinstance(value, list) for sub in value}
    requested = [membership.key(tenant, sub) for sub in sorted(subs)[:MAX_KEYS]]
    people = list(membership.FORM.read_each(store.get(requested).values())) if requested else []
    return {person.sub: person.name for person in people}
