"""Queries on a complaint: its state, its deadlines with their explanations, its record, its read log.

They write nothing but the read log, before private values are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework import due_events, private_values
from chalicelib.casework.authorization import Credential, admit, check_not_excluded, identify_caller, is_excluded
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.casework.private_values import Record, ShownValues
from chalicelib.casework.record_views import RecordView, envelope_view, for_party
from chalicelib.casework.views import complaint_views, read_log
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.deadline_views import DeadlinesView, views_by_version
from chalicelib.casework.views.read_log import Disclosure, ReadContext, ReadsPage
from chalicelib.complaints.envelope import Event, PrivateValue
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.confidentiality import CONTENT
from chalicelib.complaints.rights.permits import COMPLAINANT, RESPONDENT, Asker
from chalicelib.complaints.runs import Run, from_json
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.vocabulary import BEFORE_EFFECT
from chalicelib.store import event_log, keys
from chalicelib.store.event_log import StoredRecord
from chalicelib.store.keys import CaseRef, InCase
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import CompiledPolicies, Wiring

_FILING = 1
"""The number of the event with the facts."""


class ComplaintRequest(InCase, frozen=True, kw_only=True):
    credential: Credential
    now: Instant
    route: str
    """Method and path template, for the read log."""

    def context(self, asker: Asker) -> ReadContext:
        return ReadContext(asker, self.route, self.now)


class ReaderRequest(NamedTuple):
    """Of a member, or with the receipt of a complaint. `complaint`: its number. `route`: as in `ComplaintRequest`."""

    tenant: str
    credential: Credential
    complaint: str | None
    now: Instant
    route: str


class EntitledReader(NamedTuple):
    """`id`: a member's `sub`, or `C#<number>` for the receipt of a complaint; then `member` is None."""

    id: str
    member: Membership | None


class VisibleComplaint(msgspec.Struct, frozen=True):
    """A complaint or unit that the caller may see, and the caller with their grants.

    `hidden`: confidentiality classes that the caller did not ask for. A page shows them on demand.
    """

    case: Case
    asker: Asker
    hidden: frozenset[str] = frozenset()

    @property
    def classes(self) -> frozenset[str]:
        """The confidentiality classes that the caller may see, and asked for."""
        return confidentiality.visible_classes(self.case.policy, self.case.complaint, self.asker) - self.hidden


def complaint(wiring: Wiring, request: ComplaintRequest) -> ComplaintView:
    """The complaint's current state for this caller, with the facts of its filing."""
    visible = load_caller(wiring, request, private_values.filing_keys(request.ref))
    if is_excluded(visible.case.complaint, visible.asker):
        return complaint_views.for_excluded(visible.case.policy, visible.case.complaint)
    return state_view(wiring.store, request, visible, _record_for(wiring, request.ref, visible))


def state_view(store: Store, request: ComplaintRequest, visible: VisibleComplaint, record: Record) -> ComplaintView:
    """`record`: at least the private values of the filing; for a respondent, all of it."""
    flow = due_events.preview(visible.case, request.now)
    shown = as_read(visible, request.number, record)
    view = replace(
        complaint_views.state(flow.policy, flow.complaint, visible.asker),
        version=str(visible.case.version),
        facts={**flow.complaint.facts, **private_values.visible_values(shown.of(_FILING), visible.classes)},
        masked=shown.pointers({_FILING: ("facts",)}) or msgspec.UNSET,
        damaged=record.damaged[_FILING] > 0,
        similar=_similar(request.ref, visible),
    )
    values = record.private.get(_FILING, [])
    _record_read(store, request.tenant, visible, request.context(visible.asker), values)
    return view


def _record_for(wiring: Wiring, ref: CaseRef, visible: VisibleComplaint) -> Record:
    """The private values of the filing alone. For a respondent, the whole record says what is masked."""
    if visible.asker.kind == RESPONDENT:
        return private_values.read_record(wiring.store, wiring.sealer, ref)
    filing = _filing_entries(wiring.store, ref, visible.case)
    return private_values.opened(wiring.sealer, ref, StoredRecord([], filing, []))


def as_read(visible: VisibleComplaint, number: str, record: Record) -> ShownValues:
    """The private values of a record as the caller may read them."""
    if visible.asker.kind != RESPONDENT:
        return ShownValues(record.private)
    from chalicelib.casework import masking  # few requests are a respondent's

    return masking.as_read(visible.case.policy, number, record.events, record.private)


def _similar(ref: CaseRef, visible: VisibleComplaint) -> str | msgspec.UnsetType:
    suggested = visible.asker.kind == "staff" and "content" in visible.classes
    return complaint_views.similar_address(ref) if suggested else msgspec.UNSET


def _filing_entries(store: Store, ref: CaseRef, case: Case) -> list[Entry]:
    """The filing's private items, the first of which were read with the case."""
    read = private_values.filing_keys(ref)
    found = [case.entries[key] for key in read if key in case.entries]
    further = private_values.further_filing_keys(ref, case.policy, case.complaint) if len(found) == len(read) else []
    more = store.get(further) if further else {}
    return [*found, *(more[key] for key in further if key in more)]


def deadlines(wiring: Wiring, request: ComplaintRequest) -> DeadlinesView:
    """All runs of all clocks, including ended runs."""
    visible = load_visible_complaint(wiring, request)
    return deadlines_of(wiring.compiled, request, visible, event_log.read(wiring.store, request.ref.pk))


def deadlines_of(
    compiled: CompiledPolicies, request: ComplaintRequest, visible: VisibleComplaint, events: Iterable[Event]
) -> DeadlinesView:
    """As `deadlines`, from the events of the record."""
    runs: dict[tuple[str, int], tuple[Run, str]] = {}
    for event in events:
        _collect(runs, event.result.get("clocks", []), event.policy)
    for draft in due_events.preview(visible.case, request.now).drafts:
        _collect(runs, draft.result.clocks, visible.case.policy.version)
    public = visible.asker.kind == COMPLAINANT.kind
    return DeadlinesView(views_by_version(compiled, request.ref, runs.values(), public=public))


def _collect(runs: dict[tuple[str, int], tuple[Run, str]], clocks: list[Any], version: str) -> None:
    """Keep the last state of each run, with the policy version that explains it."""
    for raw in clocks:
        run = from_json(raw)
        runs[(run.clock, run.n)] = run, run.under or version


def record(wiring: Wiring, request: ComplaintRequest) -> RecordView:
    """The record of a complaint that the caller may see."""
    visible = load_visible_complaint(wiring, request)
    found = private_values.read_record(wiring.store, wiring.sealer, request.ref)
    return record_view(wiring.store, request.ref, visible, request.context(visible.asker), found)


def record_view(
    store: Store, ref: CaseRef, visible: VisibleComplaint, context: ReadContext, record: Record
) -> RecordView:
    """The record of a complaint or a unit that the caller may see."""
    events, by_seq, damaged = record.events, record.private, record.damaged
    readable = [event for event in events if may_read(event, visible.asker)]
    shown = as_read(visible, ref.number, record)
    values = {event.id: private_values.visible_values(shown.of(event.seq), visible.classes) for event in readable}
    _record_read(
        store, ref.tenant, visible, context, [value for event in readable for value in by_seq.get(event.seq, [])]
    )
    present = {seq: len(values) + damaged[seq] for seq, values in by_seq.items()}
    erased = [event.id for event in events if len(event.private) > present.get(event.seq, 0)]
    view = RecordView(
        number=ref.number,
        events=[envelope_view(event) for event in events],
        values={key: value for key, value in values.items() if value},
        erased=erased,
        damaged=[event.id for event in events if damaged[event.seq]],
        masked=shown.pointers({event.seq: ("values", event.id) for event in readable}) or msgspec.UNSET,
    )
    if visible.asker.kind != "staff":
        return for_party(view)
    if keys.is_unit(ref.number) or visible.case.complaint.unit is None or CONTENT not in visible.classes:
        return view
    from chalicelib.casework import masking  # not at a cold start

    return replace(view, masks=masking.views(visible.case.policy, ref.number, events, by_seq))


def _record_read(
    store: Store, tenant: str, visible: VisibleComplaint, context: ReadContext, values: list[PrivateValue]
) -> None:
    classes = private_values.shown_classes(values, visible.classes)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, classes)
    read_log.record_reads(store, tenant, context, [disclosure])


def list_reads(wiring: Wiring, request: ComplaintRequest, limit: int, after: Mapping[str, str] | None) -> ReadsPage:
    """The complaint's read log. Raises `Problem("forbidden")` for a caller who may not audit reads."""
    visible = load_visible_complaint(wiring, request)
    read_log.check_auditor(visible.case.policy, visible.case.complaint, visible.asker)
    return read_log.list_reads(wiring.store, request.ref, limit, after)


def may_read(event: Event, asker: Asker) -> bool:
    """Proposals and their approvals are visible to staff and to the proposing party only (P7.8).

    An approved act takes effect by a separate event.
    """
    proposers = (event.actor["kind"], event.actor.get("on_behalf_of"))
    return asker.kind in ("staff", *proposers) or event.type not in BEFORE_EFFECT


def load_reader(wiring: Wiring, request: ReaderRequest, pointer: str = "/query/complaint") -> EntitledReader:
    """Raises `Problem`: `forbidden`, `complaint-unknown`; `invalid` at `pointer` for a receipt without a number."""
    tenant, credential, number, now, route = request
    if credential.sub is not None:
        _, member = queries.load_member(wiring.store, tenant, credential.sub)
        return EntitledReader(member.sub, member)
    if number is None:
        places = [Place(pointer, "is required with a receipt")]
        raise Problem("invalid", "Give the number of the receipt's complaint.", places=places)
    named = ComplaintRequest(tenant=tenant, number=number, credential=credential, now=now, route=route)
    check_visible(wiring, named)
    return EntitledReader(keys.complainant(number), None)


def check_visible(wiring: Wiring, request: ComplaintRequest) -> None:
    """Raises `Problem` unless the caller may see the complaint."""
    load_visible_complaint(wiring, request)


def load_visible_complaint(
    wiring: Wiring, request: ComplaintRequest, extra_keys: Sequence[Key] = ()
) -> VisibleComplaint:
    """The complaint and the caller, in one read with `extra_keys`. Raises `Problem` unless the caller may see it."""
    visible = load_caller(wiring, request, extra_keys)
    check_not_excluded(visible.case.complaint, visible.asker)
    return visible


def load_caller(wiring: Wiring, request: ComplaintRequest, extra_keys: Sequence[Key] = ()) -> VisibleComplaint:
    """As `load_visible_complaint`, also for a member whom the complaint excludes."""
    entries = read_entries(wiring.store, request.ref, [*request.credential.keys(request.tenant), *extra_keys])
    asker = identify_caller(wiring.store, request.credential, request.tenant, entries, request.now)
    case = parse_complaint(wiring.compiled, request.ref, entries)
    return VisibleComplaint(case, admit(wiring.secrets, request.tenant, case, request.credential, asker))
