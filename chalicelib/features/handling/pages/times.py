"""The deadlines of a complaint by what they are to its complainant: ahead, over, or part of its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.runs import MET, MISSED
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.kit.instants import to_text
from chalicelib.web.pages.deadlines import ShownDeadline, shown


class EndedDeadline(msgspec.Struct, frozen=True):
    """`late`: whether it was missed before. `text`: when it was due, and what ended it."""

    name: str
    late: bool
    text: str


class CaseTimes(msgspec.Struct, frozen=True):
    """`ahead` and `over`: those that run, sorted by time. `over`: their time has passed."""

    ahead: list[ShownDeadline]
    over: list[ShownDeadline]
    ended: list[EndedDeadline]


def times(case: CaseReading, deadlines: Sequence[DeadlineView]) -> CaseTimes:
    """`deadlines`: those for complainants."""
    now = to_text(case.now)
    open_ones = [one for one in deadlines if one.ended is msgspec.UNSET]
    over = [one for one in open_ones if one.due is not None and one.due <= now]
    return CaseTimes(
        ahead=_shown(case, [one for one in open_ones if one not in over]),
        over=_shown(case, over),
        ended=list(_ended(case, deadlines)),
    )


def _shown(case: CaseReading, deadlines: Sequence[DeadlineView]) -> list[ShownDeadline]:
    return shown(msgspec.to_builtins(deadlines), case.policy.calendar, case.reader)


def _ended(case: CaseReading, deadlines: Sequence[DeadlineView]) -> Iterator[EndedDeadline]:
    """The latest first. A deadline that was cancelled in time is no news."""
    known = [one for one in deadlines if one.state in (MET, MISSED)]
    ended = [one for one in known if isinstance(one.ended, str) and one.due]
    for one in sorted(ended, key=lambda one: str(one.ended), reverse=True):
        late = one.state == MISSED
        name = "done" if not late else "done_late" if _is_done(case, one) else "stopped_late"
        text = case.reader.text(f"times.{name}", due=case.time(one.due or ""), ended=case.time(str(one.ended)))
        yield EndedDeadline(case.reader.label(one.label or None, one.clock), late, text)


def _is_done(case: CaseReading, one: DeadlineView) -> bool:
    """Whether the event that ended it is one for which its clock waited. Others only stop it."""
    clock = case.policy.clocks.get(one.clock)
    awaited = set() if clock is None else {each.event for each in clock.clock.until}
    ending = (
        each.type
        for each in case.happened
        for run in each.clocks
        if (run["clock"], run["n"]) == (one.clock, one.run) and run.get("ended") is not None
    )
    return next(ending, "") in awaited
