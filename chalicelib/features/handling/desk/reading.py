"""What the desk's page of a complaint shows, from one read of the complaint and one of its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.casework import due_events, private_values
from chalicelib.casework.private_values import Record
from chalicelib.casework.record_views import RecordView
from chalicelib.casework.views import complaint_queries, complaint_views
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.deadline_views import DeadlinesView
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.features.evidence import evidence_queries, item
from chalicelib.features.evidence.authorization import caller_of
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.pages.listing import kind_name, never_sent
from chalicelib.features.handling import forms_of_acts
from chalicelib.features.handling.conversation.shown import Conversation
from chalicelib.features.handling.desk import case_files, next_act, related, steps, talk, waiting
from chalicelib.features.handling.desk.actors import actor_text, names_of, staff_in
from chalicelib.features.handling.desk.case_files import FileRow
from chalicelib.features.handling.desk.next_act import ClosedAct
from chalicelib.features.handling.desk.related import Related
from chalicelib.features.handling.desk.waiting import WaitingProposal, WaitingTask
from chalicelib.features.handling.duplicates import newest_followers
from chalicelib.features.handling.forms_of_acts import ActFormView
from chalicelib.features.handling.pages.progress import ShownStage
from chalicelib.features.handling.pages.values import labelled, values_for_members
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import event_term
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.web.call import Call
from chalicelib.web.pages.deadlines import ShownDeadline, shown
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.time_left import TimeLeft, time_left
from chalicelib.web.pages.times import time_text

TICK = "tick"
_STEPS = 60
"""The newest events that the page shows. The record has all."""


class ShownEvent(msgspec.Struct, frozen=True):
    """`by`: who did it. `values`: label and text of each value that the event gave and the reader may see."""

    at: str
    name: str
    by: str
    values: list[tuple[str, str]]
    told: str
    """To whom the service sent a message on account of it; empty if it sent none."""


class ChecklistLine(msgspec.Struct, frozen=True):
    """`item`: its number. `ticks`: the reader can tick it off."""

    item: str
    text: str
    ticked: bool
    ticks: bool


class DemandRow(msgspec.Struct, frozen=True):
    of: str
    kinds: str
    until: str


class DeskCase(msgspec.Struct, frozen=True, kw_only=True):
    """`view`: as `GET /v1/t/{tenant}/complaints/{number}` has it. `left`: until `deadlines[0]`, if one is open."""

    view: ComplaintView
    stage: str
    category: str
    channel: str
    severity: str
    unit: str
    registered: str
    received: str
    people: list[tuple[str, str]]
    """Each role with the people who are assigned in it."""
    deadlines: list[ShownDeadline]
    left: TimeLeft | None
    steps: list[ShownStage]
    next: ActFormView | None
    """What the reader should do next."""
    open_acts: list[tuple[ActFormView, str]]
    """Each with its label."""
    closed_acts: list[ClosedAct]
    guidance: list[ChecklistLine]
    demands: list[DemandRow]
    filed: list[tuple[str, str]]
    identity: bool
    """Whether there is something that identifies the complainant, which the reader may see and does not see yet."""
    files: list[FileRow]
    hands_in: bool
    """Whether the reader can hand in a file for the complainant."""
    talk: Conversation | None
    """None for a reader who may not see who the complainant is."""
    tasks: list[WaitingTask]
    proposals: list[WaitingProposal]
    related: Related
    events: list[ShownEvent]


def read(call: Call, desk: Desk, request: ComplaintRequest, visible: VisibleComplaint) -> DeskCase:
    """The caller has checked that the complaint does not exclude the reader. The read is logged as the API's is."""
    wiring, reader = call.wiring, desk.reader
    record = private_values.read_record(wiring.store, wiring.sealer, request.ref, evidence=True)
    flow = due_events.preview(visible.case, request.now)
    policy, complaint, labels = flow.policy, flow.complaint, labels_of(desk, flow.policy)
    view = complaint_views.state(policy, complaint, visible.asker)
    context = request.context(visible.asker)
    shown_record = complaint_queries.record_view(wiring.store, request.ref, visible, context, record)
    names = names_of(call, labels, staff_in(shown_record.events) | complaint.assignees)
    files = _files(visible, record)
    deadlines = complaint_queries.deadlines_of(wiring.compiled, request, visible, record.events)
    running, forms = _running(deadlines), forms_of_acts.forms_for(request, visible)
    return DeskCase(
        view=view,
        stage=labels.stage(view.stage),
        category=labels.category(view.category),
        channel=labels.channel(view.channel),
        severity="" if view.severity is None else labels.severity(view.severity),
        unit="" if view.unit is None else labels.unit(view.unit),
        registered=time_text(policy.calendar, reader, view.registered_at),
        received="" if view.received_at is msgspec.UNSET else time_text(policy.calendar, reader, view.received_at),
        people=_people(labels, complaint.assigned, names),
        deadlines=shown(running, policy.calendar, reader, to_staff=True),
        left=_left(policy, reader, running, call),
        steps=steps.steps(reader, flow, record.events, shown_record, deadlines.deadlines),
        next=next_act.next_act(forms, policy, view.stage, running),
        open_acts=[(one, reader.label(one.label)) for one in forms if one.open],
        closed_acts=next_act.closed_acts(forms, policy.document.stages[view.stage]),
        guidance=_guidance(view, forms, reader),
        demands=_demands(view, policy, reader),
        filed=_filed(policy, shown_record, complaint.facts, reader),
        identity=has_identity(record.private, visible),
        files=case_files.rows(files, shown_record, names, policy, reader),
        hands_in=visible.case.takes_files and _speaks_for_complainant(policy, complaint, visible.asker),
        talk=talk.conversation(wiring.store, request, visible, record, labels, names),
        tasks=waiting.tasks(view, complaint, visible.asker, labels, request.now),
        proposals=waiting.proposals(view, shown_record, labels, lambda event: actor_text(event, names, reader)),
        related=related.related(policy, view, shown_record, visible, newest_followers(wiring.store, request.ref)),
        events=_events(labels, shown_record, names, never_sent(files)),
    )


def _files(visible: VisibleComplaint, record: Record) -> list[VisibleEvidence]:
    caller = caller_of(visible.case, visible.asker)
    return evidence_queries.files_of(visible.case, caller, item.among(record.stored.others)).files


def _running(found: DeadlinesView) -> list[dict[str, Any]]:
    """The open deadlines, the earliest first."""
    listed: list[dict[str, Any]] = msgspec.to_builtins(found.deadlines)
    return sorted((one for one in listed if one["due"] and "ended" not in one), key=lambda one: str(one["due"]))


def _people(
    labels: CaseLabels, assigned: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [
        (labels.role(role), labels.joined([names.get(sub, sub) for sub in subs]))
        for role, subs in assigned.items()
        if subs
    ]


def _left(policy: Policy, reader: Reader, running: list[dict[str, Any]], call: Call) -> TimeLeft | None:
    if not running:
        return None
    first = running[0]
    return time_left(policy, reader, first["clock"], from_text(first["due"]), call.now)


def _guidance(view: ComplaintView, forms: Iterable[ActFormView], reader: Reader) -> list[ChecklistLine]:
    lines = () if view.guidance is msgspec.UNSET else view.guidance
    ticks = any(one.act == TICK and one.open for one in forms)
    return [
        ChecklistLine(one.item, reader.label({"zh": one.zh, "en": one.en}), one.ticked, ticks and not one.ticked)
        for one in lines
    ]


def _demands(view: ComplaintView, policy: Policy, reader: Reader) -> list[DemandRow]:
    return [
        DemandRow(
            of=reader.of_code("desk_case.by.", one.of),
            kinds=reader.text("file.listed").join(kind_name(policy, kind, reader) for kind in one.kinds),
            until="" if one.until is None else time_text(policy.calendar, reader, one.until),
        )
        for one in (() if view.demands is msgspec.UNSET else view.demands)
    ]


def _filed(policy: Policy, record: RecordView, public: Mapping[str, Any], reader: Reader) -> list[tuple[str, str]]:
    """The facts in the order in which the author of the policy wrote them."""
    first = record.events[0].id if record.events else ""
    known = {**public, **record.values.get(first, {})}
    ordered = [name for name in policy.document.intake.facts if name in known]
    return labelled(policy, [(name, known[name]) for name in ordered], reader)


def _speaks_for_complainant(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return confidentiality.speaker_for(policy, complaint, asker, COMPLAINANT.kind) is not None


def has_identity(private: private_values.Private, visible: VisibleComplaint) -> bool:
    if IDENTITY not in visible.hidden:
        return False
    may = confidentiality.visible_classes(visible.case.policy, visible.case.complaint, visible.asker)
    return IDENTITY in may and any(one.holder == IDENTITY for values in private.values() for one in values)


def _events(
    labels: CaseLabels, record: RecordView, names: Mapping[str, str], hidden: frozenset[str]
) -> list[ShownEvent]:
    """Newest first. A message stands with the event on whose account it was sent."""
    policy, reader, told = labels.policy, labels.reader, next_act.told_by(record.events)
    folded = {one.id for messages in told.values() for one in messages}
    listed = [
        event
        for event in record.events
        if not event_term(event.type).routine and event.fields.get("evidence") not in hidden
        if event.id not in folded
    ]
    return [
        ShownEvent(
            at=time_text(policy.calendar, reader, event.at),
            name=reader.label(event_label(policy.document, event.type).to_json()),
            by=actor_text(event, names, reader),
            values=values_for_members(policy, event, record.values.get(event.id, {}), reader) if event.seq > 1 else [],
            told=next_act.recipients([event, *told.get(event.id, [])], names, labels),
        )
        for event in reversed(listed[-_STEPS:])
    ]
