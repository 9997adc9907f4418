"""Missed deadlines that are not met yet: which, since when, whose, and what the policy's ladder does next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from chalicelib.casework.views.deadline_views import DeadlineView
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.policy.language.deadlines import Duty
from chalicelib.web.pages.time_left import stretch

Whose = Literal["office", "respondent", "complainant"]
_WHOSE: dict[Duty, Whose] = {
    "office": "office",
    "service": "office",
    "respondent": "respondent",
    "complainant": "complainant",
}


class Reported(msgspec.Struct, frozen=True):
    """To whom a miss was reported. `at`: when."""

    at: str
    roles: str


class LateDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """`actor`: who has to act; empty if no person can. `since`: its due time. `length`: how long it is late.

    `next`: what happens if it goes on, as a sentence; empty without a further rung.
    """

    name: str
    actor: str
    whose: Whose
    since: str
    length: str
    reported: list[Reported]
    next: str


def late(case: CaseReading, deadlines: Sequence[DeadlineView]) -> list[LateDeadline]:
    """The earliest first. `deadlines`: those for complainants."""
    open_misses = sorted((one for one in deadlines if is_late(one)), key=lambda one: (one.due or "", one.clock))
    runs = {(run.clock, run.n): run for run in case.complaint.runs}
    return [_late(case, one, runs.get((one.clock, one.run))) for one in open_misses]


def is_late(deadline: DeadlineView) -> bool:
    return deadline.state == MISSED and deadline.ended is msgspec.UNSET


def _late(case: CaseReading, one: DeadlineView, run: Run | None) -> LateDeadline:
    reader, due = case.reader, one.due or to_text(case.now)
    return LateDeadline(
        name=reader.label(one.label or None, one.clock),
        actor=reader.label(one.actor or None),
        whose=_WHOSE[one.duty],
        since=case.time(due),
        length=_length(case, one.clock, from_text(due)),
        reported=list(_reported(case, one)),
        next="" if run is None else _next(case, run),
    )


def _length(case: CaseReading, clock: str, due: Instant) -> str:
    """In whole days, and in hours on the first day: of open time if the limit counts that."""
    passed = stretch(case.policy, clock, min(due, case.now), case.now)
    unit, count = ("days", passed.days) if passed.days else ("hours", passed.hours)
    of = "working_" if passed.is_working else ""
    if not count:
        return case.reader.text(f"late.{of}hours_none")
    return case.reader.text(f"late.{of}{unit}_one" if count == 1 else f"late.{of}{unit}", count=count)


def _reported(case: CaseReading, one: DeadlineView) -> Iterator[Reported]:
    for each in case.happened:
        fields = each.fields
        if each.type == "escalated" and (fields["clock"], fields["run"]) == (one.clock, one.run):
            yield Reported(case.time(each.at), case.roles(fields["roles"]))


def _next(case: CaseReading, run: Run) -> str:
    """The next rung of the ladder: the tier above the one that was told last, or the top one once more."""
    tiers = case.policy.document.tiers
    if run.next is None or not tiers:
        return ""
    further = run.rung + 1 < len(tiers)
    roles = case.roles(tiers[min(run.rung + 1, len(tiers) - 1)].roles)
    return case.reader.text("late.next" if further else "late.again", at=case.time(run.next), roles=roles)
