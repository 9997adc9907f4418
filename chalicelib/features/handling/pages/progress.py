"""The stages of a complaint: those passed, the present one, and those ahead by the course of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.deadlines.clocks import limit_for
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.features.handling.pages.late import is_late
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.policy.compiled import CompiledClock
from chalicelib.policy.language.derived.course import CourseStep, course
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.worktime import explaining

_PASSED = 6
"""More stages are left out: the page lists what has happened."""


class ShownStage(msgspec.Struct, frozen=True, kw_only=True):
    """`note`: when it was reached, or until when it must be left or reached."""

    name: str
    state: Literal["passed", "now", "ahead"]
    note: str
    late: bool = False


def progress(case: CaseReading, deadlines: Sequence[DeadlineView], *, is_awaited: bool) -> list[ShownStage]:
    """In their order. A complaint that has ended has only stages that are passed.

    `deadlines`: those for complainants, or all for staff, who also read their names. `is_awaited`: it waits for an
    answer of the complainant.
    """
    ahead = course(case.policy.document, case.complaint.stage, case.lasting_values())
    *passed, (present, since) = list(_entered(case))
    shown = [_done(case, stage, at) for stage, at in passed[-_PASSED:]]
    if not ahead:
        return [*shown, _done(case, present, since)]
    open_ones = [one for one in deadlines if one.ended is msgspec.UNSET and one.due is not None]
    coming = [_ahead(case, step, ahead[:number], open_ones) for number, step in enumerate(ahead)]
    return [*shown, _now(case, present, open_ones, is_awaited), *coming]


def _entered(case: CaseReading) -> Iterator[tuple[str, str]]:
    """Each stage with the time at which the complaint entered it."""
    before = None
    for one in case.happened:
        if one.stage and one.stage != before:
            yield one.stage, one.at
            before = one.stage


def _done(case: CaseReading, stage: str, at: str) -> ShownStage:
    return ShownStage(name=case.stage_name(stage), state="passed", note=case.time(at))


def _now(case: CaseReading, stage: str, deadlines: Sequence[DeadlineView], is_awaited: bool) -> ShownStage:
    """With the first deadline of the office, or else of the respondent. Without one it may wait for an answer."""
    owed = [one for one in deadlines if case.to_staff or one.duty in ("office", "respondent")]
    first = min(owed, key=lambda one: (one.duty != "office", one.due or ""), default=None)
    name, note, late = case.stage_name(stage), "", False
    if first is not None and first.due is not None:
        late = is_late(first)
        note = _due(case, first, "progress.overdue" if late else "progress.until")
    elif is_awaited:
        note = case.reader.text("progress.yours")
    return ShownStage(name=name, state="now", note=note, late=late)


def _due(case: CaseReading, one: DeadlineView, text: str) -> str:
    """Staff also read which deadline it is."""
    due = case.reader.text(text, at=case.time(one.due or ""))
    if not case.to_staff:
        return due
    return case.reader.text("progress.named", name=case.reader.label(one.label or None, one.clock), due=due)


def _ahead(
    case: CaseReading, step: CourseStep, before: Sequence[CourseStep], deadlines: Sequence[DeadlineView]
) -> ShownStage:
    """Where the act can lead to several stages, its own name says what comes. `before`: the steps until then."""
    name = _label(case, step.act) if step.forks else case.stage_name(step.stage)
    yours = case.reader.text("progress.theirs" if case.to_staff else "progress.yours")
    note = yours if _is_yours(case, step) else _until(case, step, before, deadlines)
    return ShownStage(name=name, state="ahead", note=note)


def _label(case: CaseReading, act: str) -> str:
    return case.event_name(EVENT_OF_ACT[act])


def _until(case: CaseReading, step: CourseStep, before: Sequence[CourseStep], deadlines: Sequence[DeadlineView]) -> str:
    """By when the stage is reached: as a running clock says, or how long the policy gives after an earlier step."""
    event = EVENT_OF_ACT[step.act]
    ended = {EVENT_OF_ACT[one.act] for one in before}
    ends = [name for name, one in case.policy.clocks.items() if event in _ends(one) and not ended & _ends(one)]
    running = [one for one in deadlines if one.clock in ends and one.duty == "office"]
    if running:
        own = [one for one in running if _ends(case.policy.clocks[one.clock]) == {event}]
        first = min(own or running, key=lambda one: one.due or "")
        return "" if is_late(first) else _due(case, first, "progress.until")
    known = case.situation()
    found = (_limit(case, case.policy.clocks[name], one.act, known) for one in reversed(before) for name in ends)
    return next((one for one in found if one), "")


def _ends(clock: CompiledClock) -> set[str]:
    return {each.event for each in clock.clock.until}


def _is_yours(case: CaseReading, step: CourseStep) -> bool:
    acts = (stage.acts.get(step.act) for stage in case.policy.document.stages.values())
    leading = [act for act in acts if act is not None and any(one.stage == step.stage for one in act.targets)]
    return bool(leading) and all({by.role for by in act.by} == {COMPLAINANT.kind} for act in leading)


def _limit(case: CaseReading, clock: CompiledClock, act: str, known: Mapping[str, str]) -> str:
    """Of a deadline of the office that the act begins."""
    limit = limit_for(clock, {"hours": "open", **known})
    starts = any(one.event == EVENT_OF_ACT[act] for one in clock.clock.start)
    if not starts or clock.clock.missed != "escalate" or limit is None or limit.kind == "none":
        return ""
    text = explaining.limit_text(limit, case.reader.language)
    return case.reader.text("progress.within", start=_label(case, act), limit=text)
