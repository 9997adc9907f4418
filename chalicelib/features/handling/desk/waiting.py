"""What waits for whom: open tasks of a complaint, and acts that wait for approval, with what was proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework import private_values
from chalicelib.casework.record_views import EnvelopeView, RecordView, envelope_view
from chalicelib.casework.snapshot import run_of_task
from chalicelib.casework.views import read_log
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.casework.views.open_matters import OpenTask, Proposal
from chalicelib.casework.views.read_log import Disclosure
from chalicelib.complaints.acting.tasks import tasks_open_to
from chalicelib.complaints.envelope import PrivateValue
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.features.handling.desk.actors import actor_text, names_of, staff_in
from chalicelib.features.handling.forms_of_acts import act_label
from chalicelib.features.handling.pages.values import values_for_members
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.vocabulary import UNLISTED_ACTS
from chalicelib.store import event_log
from chalicelib.web.call import Call
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.time_left import TimeLeft, time_left
from chalicelib.web.pages.times import time_text

DECIDES = ("approve", "reject")
Named = Callable[[EnvelopeView], str]
"""Who caused an event, in words."""


class WaitingTask(msgspec.Struct, frozen=True, kw_only=True):
    """`mine`: the reader can do it."""

    task: str
    id: str
    name: str
    role: str
    since: str
    left: TimeLeft | None
    mine: bool


class WaitingProposal(msgspec.Struct, frozen=True, kw_only=True):
    """`values`: label and text of each proposed field that the reader may see. `mine`: the reader may decide on it."""

    id: str
    name: str
    by: str
    at: str
    approvers: str
    values: list[tuple[str, str]]
    mine: bool


class _Proposed(NamedTuple):
    """The event of a proposal, and its private values that the reader may see."""

    event: EnvelopeView
    values: Mapping[str, Any]


def tasks(
    view: ComplaintView, complaint: Complaint, asker: Asker, labels: CaseLabels, now: Instant
) -> list[WaitingTask]:
    mine = tasks_open_to(complaint, asker)
    return [
        _task(one, key, complaint, labels, now, is_mine=key in mine)
        for one in ([] if view.tasks is msgspec.UNSET else view.tasks)
        for key in [one.id.rpartition("/")[2]]
    ]


def _task(
    one: OpenTask, key: str, complaint: Complaint, labels: CaseLabels, now: Instant, *, is_mine: bool
) -> WaitingTask:
    policy, reader = labels.policy, labels.reader
    definition = policy.document.tasks.get(one.task)
    run = run_of_task(complaint, key)
    return WaitingTask(
        task=one.task,
        id=one.id,
        name=one.task if definition is None else reader.label(definition.name.to_json(), one.task),
        role=labels.role(one.role),
        since=time_text(policy.calendar, reader, one.opened),
        left=None if run is None or run.due is None else time_left(policy, reader, run.clock, run.due, now),
        mine=is_mine,
    )


def proposals(view: ComplaintView, record: RecordView, labels: CaseLabels, named: Named) -> list[WaitingProposal]:
    """From the record that was read."""
    events = {event.id: _Proposed(event, record.values.get(event.id, {})) for event in record.events}
    return _rows(view, events, labels, named)


def read(
    call: Call, request: ComplaintRequest, visible: VisibleComplaint, view: ComplaintView, labels: CaseLabels
) -> list[WaitingProposal]:
    """For the form of an act that decides on them. One read of the proposals, and one of who made them."""
    store, ref = call.wiring.store, request.ref
    seqs = [int(key) for key in visible.case.complaint.proposals]
    entries = store.get(
        [key for seq in seqs for key in (event_log.of_complaint(ref, seq), *private_values.keys_of_event(ref, seq))]
    )
    events, opened = {}, list[PrivateValue]()
    for seq in seqs:
        keys = [key for key in private_values.keys_of_event(ref, seq) if key in entries]
        found = [private_values.try_open(call.wiring.sealer, ref, entries[key]) for key in keys]
        values = [one for one in found if one is not None]
        event = envelope_view(event_log.decode(entries[event_log.of_complaint(ref, seq)]))
        events[event.id] = _Proposed(event, private_values.visible_values(values, visible.classes))
        opened.extend(values)
    classes = private_values.shown_classes(opened, visible.classes)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, classes)
    read_log.record_reads(store, request.tenant, request.context(visible.asker), [disclosure])
    names = names_of(call, labels, staff_in(one.event for one in events.values()))
    return _rows(view, events, labels, lambda event: actor_text(event, names, labels.reader))


def _rows(
    view: ComplaintView, events: Mapping[str, _Proposed], labels: CaseLabels, named: Named
) -> list[WaitingProposal]:
    listed = [] if view.proposals is msgspec.UNSET else view.proposals
    mine = [] if view.awaiting_me is msgspec.UNSET else view.awaiting_me
    return [_proposal(one, events[one.proposal], labels, named, one.proposal in mine) for one in listed]


def _proposal(one: Proposal, made: _Proposed, labels: CaseLabels, named: Named, mine: bool) -> WaitingProposal:
    policy, reader = labels.policy, labels.reader
    return WaitingProposal(
        id=one.proposal,
        name=reader.label(act_label(policy.document, one.act)),
        by=named(made.event),
        at=time_text(policy.calendar, reader, made.event.at),
        approvers=labels.joined([labels.role(role) for role in one.approvers]),
        values=[*_linked(made.event, reader), *values_for_members(policy, made.event, made.values, reader)],
        mine=mine,
    )


def _linked(proposed: EnvelopeView, reader: Reader) -> list[tuple[str, str]]:
    """The other complaint of a proposed link."""
    if proposed.fields["act"] not in UNLISTED_ACTS or "task" in proposed.fields:
        return []
    return [(reader.say(catalogue.texts("field_names")["to"]), str(proposed.fields["to"]))]
