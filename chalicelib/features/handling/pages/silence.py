"""What the policy does if the complainant does not do something in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.runs import RUNNING
from chalicelib.features.handling.pages.meaning import stages_of
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.derived.duties import ending_roles
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT

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
