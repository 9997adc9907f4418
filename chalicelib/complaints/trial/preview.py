"""Preview: what a policy would make of a complaint, from the events alone (design §5). Nothing is filed.

Few events suffice: what is told is taken as having happened, with what the policy makes of it. It is asked that the
policy has, in some stage, an act that leads to the event, and that a field which is told has a value that it can have.
It is not asked whether the present stage has the act, in which order things came but for their times, who did them,
whether an approval was needed and given, and whether the fields that the act needs are told. What time causes comes by
itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.complaints import acts, advance, consequences, filing
from chalicelib.complaints.envelope import NO_HASH, SYSTEM, Occurrence
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.filing import CheckedFiling
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import Run, from_json
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.trial import preview_fields
from chalicelib.complaints.units.event_points import can_score, points_of_event
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language import possible_events
from chalicelib.policy.language.model import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS
from chalicelib.problem import Place, Problem

NUMBER = "preview"
PREVIEWABLE = frozenset(EVENT_OF_ACT.values()) - {"approved", "rejected"} | {"registered"}
"""What can be told: what people do. Misses, proposals and the like follow from it."""
_OF_ANY_OFFICE = frozenset({"noted", "linked", "held", "released"})
MAX_EVENTS = 2_000
"""Events that one preview may cause."""


class AssumedEvent(msgspec.Struct, frozen=True):
    """An event as the caller tells it."""

    event: str
    at: Instant
    fields: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Preview(msgspec.Struct, frozen=True):
    """The complaint at `now`, every run of every clock, and the acts that the stage has open to somebody."""

    complaint: Complaint
    runs: list[Run]
    acts: list[str]
    points: int = 0
    """What the complaint counts against its unit."""


def preview(policy: Policy, accepted: CheckedFiling, told: Sequence[AssumedEvent], now: Instant) -> Preview:
    """`told` begins with `registered`, in the order of time. Raises `Problem("invalid")` with the place."""
    _check(policy, told, now)
    empty = Complaint(number=NUMBER, head=NO_HASH, policy=policy.version, calendar=policy.calendar.edition)
    flow = Flow(policy, empty)
    for position, one in enumerate(told):
        _advance(flow, one.at)
        if one.event == "registered":
            filing.open_case(flow, accepted, receipt="", actor=SYSTEM, now=one.at)
        else:
            _happen(flow, one, position)
    _advance(flow, now)
    runs: dict[tuple[str, int], Run] = {}
    for draft in flow.drafts:
        runs.update({(run.clock, run.n): run for run in map(from_json, draft.result.clocks)})
    open_acts = acts.open_to_anybody(policy, flow.complaint)
    return Preview(flow.complaint, list(runs.values()), open_acts, _points(flow))


def _points(flow: Flow) -> int:
    """A complaint scores once: the first event that does."""
    found = (
        points_of_event(flow.policy, flow.complaint, draft.type, draft.fields, msgspec.to_builtins(draft.result))
        for draft in flow.drafts
        if can_score(flow.policy, draft.type, draft.fields)
    )
    return next(filter(None, found), 0)


def _check(policy: Policy, told: Sequence[AssumedEvent], now: Instant) -> None:
    places = []
    possible = possible_events.all_events(policy.document) | _OF_ANY_OFFICE
    before: Instant | None = None
    for position, one in enumerate(told):
        if one.event not in EVENTS:
            places.append(Place(pointer("events", str(position), "event"), "is no event of the language"))
        elif one.event not in PREVIEWABLE:
            places.append(Place(pointer("events", str(position), "event"), "comes by itself, or by another event"))
        elif one.event not in possible:
            places.append(Place(pointer("events", str(position), "event"), "no stage has an act that leads to it"))
        elif (one.event == "registered") != (position == 0):
            places.append(
                Place(pointer("events", str(position), "event"), "the first event, and only it, is registered")
            )
        if before is not None and one.at < before:
            places.append(Place(pointer("events", str(position), "at"), "lies before the event before it"))
        before = one.at
    if before is not None and now < before:
        places.append(Place("/now", "lies before the last event"))
    if places:
        raise Problem("invalid", "The events cannot have happened like this.", places=places)


def _advance(flow: Flow, now: Instant) -> None:
    if flow.drafts:
        advance.advance(flow, now, most=MAX_EVENTS)


def _happen(flow: Flow, told: AssumedEvent, position: int) -> None:
    """The event, with what the act that leads to it in the present stage says: the next stage, flags, who is told."""
    name, act = _act(flow, told.event)
    before = flow.complaint
    given = preview_fields.public_fields(flow, told.event, act, told.fields, at=told.at, place=position)
    severity = given.get("severity") if told.event == "classified" else before.severity
    about = flow.add(
        told.event,
        Occurrence(told.at, SYSTEM, act=name),
        given,
        stage=act.to or before.stage,
        flags={**before.flags, **acts.flags_after(name, act, given)},
        severity=severity if severity in flow.policy.classes else before.severity,
    )
    consequences.open_tasks(flow, told.event, given, told.at)
    consequences.apply_tells(flow, act.tells, about=about, at=told.at, fields=given, default=told.event)


def _act(flow: Flow, event: str) -> tuple[str, Act]:
    """The act of the present stage that leads to the event; where it has none, of any stage that has.

    Acts of the language and of every office stand in no stage, and change nothing but what their event changes.
    """
    stages = flow.policy.document.stages
    here = stages[flow.complaint.stage]
    for stage in [here, *stages.values()]:
        for name, act in stage.acts.items():
            if EVENT_OF_ACT[name] == event:
                return name, act
    return _VERBS[event], Act(by=[])


_VERBS = {event: act for act, event in EVENT_OF_ACT.items()}
