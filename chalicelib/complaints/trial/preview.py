"""Preview: the effect of a policy on a complaint, calculated from assumed events. Nothing is filed.

A few events are enough. Each assumed event is taken as a fact, and the policy determines its consequences. Two checks
apply: some stage has an act that leads to the event, and each given field has an allowed value; none is required. The
preview does not check whether the present stage has the act, the order of events other than by time, the actors,
approvals, or whether the act's required fields are given. Events that the passing of time causes are added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import fields, filing
from chalicelib.complaints.acting import advance, attempts, open_acts
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.acting.act_outcome import outcome_of, with_categories
from chalicelib.complaints.acting.requested import Intent
from chalicelib.complaints.applying import consequences, reaching
from chalicelib.complaints.applying.consequences import Telling
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import field_case, situation
from chalicelib.complaints.envelope import NO_HASH, SYSTEM, Actor, EventDraft, EventFields, Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldSpec, pointer
from chalicelib.complaints.filing import CheckedFiling, Filing
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import Run, from_json
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.scoring import can_judge, counts_latest, judged_points
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.checks.intake.fields import EVENT_KEYS
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REACHED
from chalicelib.policy.language.derived import possible_events
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, is_public
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.values.value_context import InvalidFieldValue
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, EVENTS_IN_ANY_STAGE, PROPOSAL_EVENTS


def public_fields(flow: Flow, name: str, act: Act, given: Mapping[str, Any], *, at: Instant, place: int) -> EventFields:
    """Returns the event's public fields, and in `given` the names of the private ones.

    Raises `Problem("invalid")` with places below `/events/<place>/fields`.
    """
    case = field_case(flow.policy, flow.complaint, (*act.needs, *act.takes))
    known = {spec.name: spec for spec in fields.specs(flow.policy, act, case)}
    found: EventFields = {}
    private: list[str] = []
    places: list[Place] = []
    for key, value in given.items():
        if key not in known and key not in flow.complaint.for_staff and not _is_defined(flow, key):
            places.append(Place(pointer("events", str(place), "fields", key), "is not a field of this policy"))
            continue
        spec = known.get(key) or _spec_of_policy(flow, key)
        if key in EVENT_KEYS or not is_public(spec.kind, spec.fact):
            private.extend([key] if key not in EVENT_KEYS and value is not None else [])
            continue
        try:
            found[key] = fields.read(spec, value, at, None)
        except InvalidFieldValue as wrong:
            where = pointer("events", str(place), "fields", key, *wrong.path)
            places.append(Place(where, wrong.sentence))
    if places:
        raise Problem("invalid", "The events cannot have happened like this.", places=places)
    if private:
        found["given"] = sorted(private)
    members = {key: value for key, value in given.items() if key in EVENT_KEYS}
    try:
        return {**found, **hooks_of(name).writes(flow.policy, flow.complaint, act, {**members, **found}, at)}
    except Problem as problem:
        for one in problem.places:
            one.pointer = pointer("events", str(place)) + one.pointer
        raise


def _is_defined(flow: Flow, name: str) -> bool:
    document = flow.policy.document
    return name in EVENT_KEYS or name in BUILT_IN_FIELDS or name in document.fields or name in document.intake.facts


def _spec_of_policy(flow: Flow, name: str) -> FieldSpec:
    """A field that this act does not take. It is private if neither the policy nor the language defines it."""
    if name in flow.policy.document.fields:
        return fields.policy_spec(flow.policy, name, False, situation(flow.policy, flow.complaint))
    return fields.spec(flow.policy, Act(by=[]), name, False, situation(flow.policy, flow.complaint))


NUMBER = "preview"
ASSUMABLE = frozenset(EVENT_OF_ACT.values()) - PROPOSAL_EVENTS | {"registered"}
"""The events that can be assumed: those that people cause. Other events, such as misses, follow from them."""
MAX_EVENTS = 2_000
"""The maximum number of events in one preview."""


class AssumedEvent(msgspec.Struct, frozen=True):
    """An event that the preview takes as having happened."""

    event: str
    at: Instant
    fields: Mapping[str, Any] = msgspec.field(default_factory=dict)


class AssumedStep(msgspec.Struct, frozen=True):
    """An assumed event, and the complaint after it and what follows from it."""

    event: EventDraft
    after: Complaint


class Preview(msgspec.Struct, frozen=True):
    """The complaint at `now`, all runs of all clocks, and the open acts of its stage."""

    complaint: Complaint
    runs: list[Run]
    acts: list[str]
    points: int = 0
    """The points that the complaint counts against its unit."""
    steps: Sequence[AssumedStep] = ()
    drafts: Sequence[EventDraft] = ()
    """The assumed events, and those that follow from them and from time."""
    now: Instant = 0


def on_unit_calendars(policy: Policy, chosen: Mapping[str, str], unit: str | None) -> Policy:
    """The policy with the calendars that the owners would have chosen, by unit; `unit` is the complaint's.

    Raises `Problem("invalid")` with places below `/unit_calendars`.
    """
    unknown = [name for name, calendar in chosen.items() if calendar not in policy.calendars]
    if unknown:
        why = Text("must be one of: {known}", known=", ".join(policy.calendars)) if policy.calendars else _NO_CALENDARS
        places = [Place(pointer("unit_calendars", name), why) for name in unknown]
        raise Problem("invalid", "The units cannot have these calendars.", places=places)
    return replace(policy, unit_calendars=chosen).of_unit(unit)


def filer(policy: Policy, filing: Filing, given: str | None, place: str) -> tuple[Filing, bool | None]:
    """The filing with the one who files, and whether staff do (`filing.check`). By default the complainant files.

    Raises `Problem("invalid")` with the place for one who cannot file on this channel.
    """
    if given is None:
        return filing, None
    known = policy.document.filers(filing.channel)
    if given not in known:
        places = [Place(place, Text("must be one of: {known}", known=", ".join(known)))]
        raise Problem("invalid", "The complaint cannot be registered as it is.", places=places)
    return replace(filing, filed_by=given), given != COMPLAINANT.kind


_NO_CALENDARS = "the policy defines no `calendars`"


def preview(policy: Policy, accepted: CheckedFiling, events: Sequence[AssumedEvent], now: Instant) -> Preview:
    """`events` begins with `registered` and is ordered by time. Raises `Problem("invalid")` with the place."""
    _check(policy, events, now)
    empty = Complaint(number=NUMBER, head=NO_HASH, policy=policy.version, calendar=policy.calendar.edition)
    flow = Flow(policy, empty)
    steps: list[AssumedStep] = []
    for position, one in enumerate(events):
        _advance(flow, one.at)
        place = len(flow.drafts)
        if one.event == "registered":
            filing.open_case(flow, accepted, receipt="", actor=_filing_actor(accepted.filed), now=one.at)
        else:
            _add_assumed(flow, one, position)
        steps.append(AssumedStep(flow.drafts[place], flow.complaint))
    _advance(flow, now)
    runs: dict[tuple[str, int], Run] = {}
    for draft in flow.drafts:
        runs.update({(run.clock, run.n): run for run in map(from_json, draft.result.clocks)})
    offered = open_acts.open_to_anybody(policy, flow.complaint)
    return Preview(flow.complaint, list(runs.values()), offered, _points(flow), steps, flow.drafts, now)


def _actor(act: Act) -> Actor:
    """The complainant, for what only they do. Other acts have no person here."""
    return replace(SYSTEM, kind="complainant") if {one.role for one in act.by} == {"complainant"} else SYSTEM


def _filing_actor(filed: Filing) -> Actor:
    return SYSTEM if filed.filed_by == COMPLAINANT.kind else replace(SYSTEM, kind="staff", role=filed.filed_by)


def _points(flow: Flow) -> int:
    """The points of the event that decides: the first one, or the latest (`points.counts`)."""
    judged = [
        judged_points(flow.policy, flow.complaint, draft.type, draft.fields, msgspec.to_builtins(draft.result))
        for draft in flow.drafts
        if can_judge(flow.policy, draft.type, draft.fields)
    ]
    found = [points for points in judged if points is not None]
    return found[-1 if counts_latest(flow.policy) else 0] if found else 0


def _check(policy: Policy, events: Sequence[AssumedEvent], now: Instant) -> None:
    places = []
    possible = possible_events.all_events(policy.document) | EVENTS_IN_ANY_STAGE
    before: Instant | None = None
    for position, one in enumerate(events):
        why = _why_impossible(one.event, position, possible)
        if why is not None:
            places.append(Place(pointer("events", str(position), "event"), why))
        if before is not None and one.at < before:
            places.append(Place(pointer("events", str(position), "at"), "lies before the event before it"))
        before = one.at
    if before is not None and now < before:
        places.append(Place("/now", "lies before the last event"))
    if places:
        raise Problem("invalid", "The events cannot have happened like this.", places=places)


def _why_impossible(event: str, position: int, possible: Collection[str]) -> str | None:
    if event in EVENT_OF_ACT and event not in EVENTS:
        return Text("is an act; its event is {event}", event=EVENT_OF_ACT[event])
    if event not in EVENTS:
        return "is not an event of the policy language"
    if event not in ASSUMABLE:
        return "cannot be given: it follows from other events or from time"
    if event not in possible:
        return "no stage has an act that leads to it"
    return None if (event == "registered") == (position == 0) else "the first event, and only it, is registered"


def _advance(flow: Flow, now: Instant) -> None:
    if flow.drafts:
        advance.advance(flow, now, most=MAX_EVENTS)


def _add_assumed(flow: Flow, event: AssumedEvent, position: int) -> None:
    """Adds the event with the consequences of the act that leads to it: the next stage, flags, messages, tasks."""
    name, act = _act(flow, event.event)
    before = flow.complaint
    given = public_fields(flow, name, act, event.fields, at=event.at, place=position)
    intent = Intent(name, act, CheckedFields(given, {}), _actor(act), event.at)
    outcome = outcome_of(flow.policy, before, intent)
    given = with_categories(flow.policy, before, name, given)
    if event.event in flow.policy.reach:
        given = {**given, REACHED: reaching.told_by(before, act, "", outcome.case)}
    about = flow.add(
        event.event,
        Occurrence(event.at, _actor(act), act=name),
        given,
        stage=outcome.stage,
        flags=outcome.flags,
        severity=outcome.severity if outcome.severity in flow.policy.classes else before.severity,
        assigned=outcome.assigned,
        undone=outcome.undone,
        unit=outcome.unit,
    )
    then = consequences.open_tasks(flow, event.event, given, event.at)
    consequences.apply_tells(flow, act.tells, Telling(about, event.at, given, event.event, outcome.case), then)
    flow.tell_moves()
    attempts.settle(flow, event.at)


def _act(flow: Flow, event: str) -> tuple[str, Act]:
    """The act of the present stage that leads to the event; otherwise the act of any stage that has one.

    Built-in acts are in no stage. They have no consequences other than their event.
    """
    stages = flow.policy.document.stages
    here = stages[flow.complaint.stage]
    for stage in [here, *stages.values()]:
        for name, act in stage.acts.items():
            if EVENT_OF_ACT[name] == event:
                return name, act
    return _ACT_OF_EVENT[event], Act(by=[])


_ACT_OF_EVENT = {event: act for act, event in EVENT_OF_ACT.items()}
