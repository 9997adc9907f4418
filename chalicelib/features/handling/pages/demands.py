"""Demands for evidence to the complainant: what is wanted and why, until when, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from chalicelib.casework.record_views import EnvelopeView
from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import RUNNING
from chalicelib.complaints.state import Demand
from chalicelib.features.evidence.pages.listing import kind_name
from chalicelib.features.handling.pages.meaning import stages_of
from chalicelib.features.handling.pages.reading import CaseReading, Happening
from chalicelib.features.handling.pages.values import labelled
from chalicelib.policy.compiled import CompiledClock
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.derived.duties import ending_roles
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT
from chalicelib.web.pages.inputs import is_other

_OWN = frozenset({"of", "kinds", "until"})
"""What each demand has, and the page says in sentences."""

_SETTLED = CANCELLING_EVENTS | {"decided"}
"""After these, evidence changes nothing that was asked for before."""


State = Literal["open", "done", "lapsed", "lacking"]


class ShownDemand(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: `lapsed` if its time passed without an answer, `lacking` if the complainant has no such evidence.

    `kinds`: those that are still needed: `every` one, or a single one is enough. `until`, `ended`: empty without a
    time. `values`: what is wanted and why. `came`: the kinds that were sealed. `otherwise`: what follows if nothing
    comes, by the policy's clocks.
    """

    state: State
    kinds: list[str]
    every: bool
    came: list[str]
    otherwise: list[str]
    until: str
    ended: str
    values: list[tuple[str, str]]


def demands(case: CaseReading, deadlines: Sequence[DeadlineView]) -> list[ShownDemand]:
    """In the order in which they were made: those since the last decision, or the last end of the complaint."""
    events = case.record.events
    after = max((one.seq for one in events if one.type in _SETTLED), default=0)
    asked = [one for one in events if one.type == "evidence_demanded" and one.seq > after]
    otherwise = silence(case, deadlines, {"evidence_received"}, "want")
    return [_shown(case, one, otherwise) for one in asked if one.fields.get("of") == COMPLAINANT.kind]


def _shown(case: CaseReading, event: EnvelopeView, otherwise: list[str]) -> ShownDemand:
    fields: Mapping[str, Any] = event.fields
    now = case.complaint.demands.get(str(event.seq))
    ends: dict[State, Happening | None] = {
        "done": _ended(case.happened, event.id, "evidence_received"),
        "lacking": _ended(case.happened, event.id, "evidence_lacking"),
        "lapsed": _ended(case.happened, event.id, "demand_lapsed"),
    }
    state: State = next((name for name, one in ends.items() if one is not None), "open")
    end = ends.get(state)
    named = [*case.record.values.get(event.id, {}).items(), *fields.items()]
    asked: Sequence[str] = fields.get("kinds", [])
    left = _left(asked, now) if state != "done" else []
    return ShownDemand(
        state=state,
        kinds=_names(case, left),
        every=bool(fields.get("every")),
        came=_names(case, [kind for kind in asked if kind not in left]) if fields.get("every") else [],
        otherwise=otherwise,
        until=case.time(fields["until"]) if fields.get("until") else "",
        ended="" if end is None else case.time(end.at),
        values=labelled(case.policy, [(name, value) for name, value in named if name not in _OWN], case.reader),
    )


def _left(asked: Sequence[str], now: Demand | None) -> Sequence[str]:
    """Of a demand for every kind, those that have not been sealed."""
    return now.kinds if now is not None and now.every else asked


def _ended(happened: Sequence[Happening], demand: str, type_: str) -> Happening | None:
    return next((one for one in happened if one.type == type_ and one.fields.get("demand") == demand), None)


def _names(case: CaseReading, kinds: Sequence[str]) -> list[str]:
    return sorted((kind_name(case.policy, kind, case.reader) for kind in kinds), key=is_other)


Awaited = Literal["answer", "want"]
"""An answer to a result, or evidence. Texts are named by it."""
_REMINDER = "notify"
"""By time, this act only tells the complainant again."""


def silence(case: CaseReading, deadlines: Sequence[DeadlineView], ends: set[str], awaited: Awaited) -> list[str]:
    """A sentence for each running clock that one of the events `ends` would end, by time.

    A reminder at the very time at which the case moves on is none.
    """
    waiting = sorted((one for one in deadlines if one.state == RUNNING and one.due), key=lambda one: one.due or "")
    moved = {one.due for one in waiting if (act := _act_by_time(case, one)) and stages_of(case, act)}
    told = [one for one in waiting if _act_by_time(case, one) != _REMINDER or one.due not in moved]
    return [sentence for one in told for sentence in _sentences(case, one, ends, awaited)]


def _act_by_time(case: CaseReading, one: DeadlineView) -> str:
    """Empty if its time leads to no act."""
    clock = case.policy.clocks.get(one.clock)
    missed = None if clock is None else clock.clock.missed
    return missed.act if isinstance(missed, MissedAct) else ""


def _waits_for_more(case: CaseReading, clock: CompiledClock) -> bool:
    """Whether an act of the office ends the clock, such as the rework at an agreed time: it is no time to answer."""
    theirs = {"resumed"}
    for stage in case.policy.document.stages.values():
        theirs |= {EVENT_OF_ACT[name] for name, act in stage.acts.items() if _is_complainants(act)}
    return not theirs.issuperset(each.event for each in clock.clock.until)


def _is_complainants(act: Act) -> bool:
    return any(one.role == COMPLAINANT.kind for one in act.by)


def _sentences(case: CaseReading, one: DeadlineView, ends: set[str], awaited: Awaited) -> Iterator[str]:
    clock = case.policy.clocks.get(one.clock)
    if clock is None or one.due is None or ends.isdisjoint(each.event for each in clock.clock.until):
        return
    if awaited == "answer" and _waits_for_more(case, clock):
        return
    at, missed = case.time(one.due), clock.clock.missed
    if isinstance(missed, MissedAct):
        yield _consequence(case, at, missed.act, awaited)
    elif ending_roles(case.policy.document, clock.clock) == [COMPLAINANT.kind] or one.duty == COMPLAINANT.kind:
        yield case.reader.text(f"{awaited}.silence_recorded", at=at)


def _consequence(case: CaseReading, at: str, act: str, awaited: Awaited) -> str:
    if stages := stages_of(case, act):
        return case.reader.text(f"{awaited}.silence_stage", at=at, stage=stages)
    if act == _REMINDER:
        return case.reader.text(f"{awaited}.silence_reminder", at=at)
    name = case.event_name(EVENT_OF_ACT[act])
    return case.reader.text(f"{awaited}.silence_act", at=at, act=name)
