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
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.derived.duties import ending_roles
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT
from chalicelib.web.pages.inputs import is_other

_OWN = frozenset({"of", "kinds", "until"})
"""What each demand has, and the page says in sentences."""

_SETTLED = CANCELLING_EVENTS | {"decided"}
"""After these, evidence changes nothing that was asked for before."""


class ShownDemand(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: `lapsed` if its time passed without an answer. `kinds`: those that are still needed: `every` one, or a
    single one is enough. `until`, `ended`: empty without a time. `values`: what is wanted
    and why. `came`: the kinds that were sealed. `otherwise`: what follows if nothing comes, by the policy's clocks."""

    state: Literal["open", "done", "lapsed"]
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
    answer, lapse = (_ended(case.happened, event.id, type_) for type_ in ("evidence_received", "demand_lapsed"))
    end = answer or lapse
    named = [*case.record.values.get(event.id, {}).items(), *fields.items()]
    asked: Sequence[str] = fields.get("kinds", [])
    left = _left(asked, now) if answer is None else []
    return ShownDemand(
        state="done" if answer else "lapsed" if lapse else "open",
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
    """A sentence for each running clock that one of the events `ends` would end, by time."""
    waiting = sorted((one for one in deadlines if one.state == RUNNING and one.due), key=lambda one: one.due or "")
    return [sentence for one in waiting for sentence in _sentences(case, one, ends, awaited)]


def _sentences(case: CaseReading, one: DeadlineView, ends: set[str], awaited: Awaited) -> Iterator[str]:
    clock = case.policy.clocks.get(one.clock)
    if clock is None or one.due is None or ends.isdisjoint(each.event for each in clock.clock.until):
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
