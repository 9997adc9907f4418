"""Counts each deadline as it was first promised: its first due time counts, whatever moved the time afterwards.

A promise is one deadline of a complaint: a run with its extensions, later promises and new starts in its place. It goes
on after a complaint that ended without an answer was reopened. A switch or a change of the complaint that takes the
deadline away ends no promise: what would have ended the deadline still keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.complaints.condition_context import banded
from chalicelib.complaints.runs import CANCELLED, MISSED, RUNNING, Run
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import matches
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.statistics.counting.acts import is_unanswered
from chalicelib.statistics.counting.moment import Moment, RunKey
from chalicelib.statistics.counting.tally import Tally
from chalicelib.statistics.days import due_day_of

_SWITCHED, _CHANGED = "switched", "reclassified"
_TAKEN_AWAY = frozenset({_SWITCHED, _CHANGED})
"""Causes that end the run of a deadline, but not what was promised."""
_CAUSES = CANCELLING_EVENTS | {_SWITCHED, "values_erased", "returned"}


class PromisedTime(msgspec.Struct, kw_only=True):
    """What was promised by one deadline, and what became of it."""

    moment: Moment
    """The last one that changed it."""
    run: Run
    policy: Policy
    """The one that defines its deadline."""
    first: Instant | None = None
    """The first due time. None before one is known."""
    day: str = ""
    """Its civil day."""
    done: Instant | None = None
    missed: bool = False
    cause: str = ""
    """Why its deadline was cancelled, or ended without an answer."""
    unanswered: bool = False
    """The organisation closed the complaint without an answer."""

    def follow(self, moment: Moment, run: Run, *, unanswered: bool) -> None:
        self.missed = self.missed or run.state == MISSED
        if run.n < self.run.n:
            return
        self.moment, self.run, self.policy = moment, run, moment.policy
        if self.first is None and run.due is not None:
            self.first, self.day = run.due, due_day_of(moment.policy.calendar_of(run.calendar), run.due)
        self.unanswered = unanswered and not run.open
        self.cause = _cause(moment) if self.unanswered or run.state == CANCELLED else ""
        self.done = None if self.cause else run.ended

    def follow_without_run(self, moment: Moment, *, unanswered: bool) -> None:
        """What would have ended the deadline that was taken away, or the end of the complaint."""
        clock = self.policy.clocks.get(self.run.clock)
        if clock is not None and matches(clock.clock.until, moment.type, banded(self.policy, moment.fields)):
            self.moment, self.done = moment, moment.at
        elif moment.type in CANCELLING_EVENTS:
            self.moment, self.cause, self.unanswered = moment, _cause(moment), unanswered

    def keep_earlier(self, others: Sequence[PromisedTime]) -> None:
        """A time that a member states for what was promised earlier already moves no promise."""
        if self.run.stated is None or not self.moment.by_staff:
            return
        same = [one for one in others if one.run.open and one.first is not None and not one.ends.isdisjoint(self.ends)]
        for one in same:
            if self.first is None or (one.first or 0) < self.first:
                self.first, self.day = one.first, one.day

    @property
    def ends(self) -> frozenset[str]:
        """The events that end its deadline."""
        clock = self.policy.clocks.get(self.run.clock)
        return frozenset() if clock is None else frozenset(one.event for one in clock.clock.until)

    @property
    def is_taken_away(self) -> bool:
        return self.cause in _TAKEN_AWAY and self.done is None

    @property
    def outcome(self) -> str:
        """`kept`, `extended` (met, but after the first due time), `late`, `overdue` (missed and still open),
        `unanswered`, `open`, `moved` (its present due time is later, or it has none), or `cancelled`."""
        if self.unanswered:
            return "unanswered"
        if self.missed:
            return "overdue" if self.run.open else "late"
        if self.done is not None:
            return "kept" if self.first is None or self.done <= self.first else "extended"
        if self.cause:
            return "moved" if self.is_taken_away else "cancelled"
        as_promised = self.run.state == RUNNING and self.run.due is not None and self.run.due <= (self.first or 0)
        return "open" if as_promised else "moved"

    def can_go_on(self, moment: Moment) -> bool:
        """Whether a later run of the deadline continues it, after this moment has ended its run.

        An answer ends what was promised, and so does a withdrawal by the complainant.
        """
        if moment.answered:
            return False
        if moment.type == "withdrawn" and moment.event.actor["kind"] == "complainant":
            return False
        return not self.run.open and (bool(self.cause) or moment.type in CANCELLING_EVENTS)


def _cause(moment: Moment) -> str:
    if moment.type == "closed" and "follows" in moment.fields:
        return "linked"
    return moment.type if moment.type in _CAUSES else _CHANGED


def promises(found: Sequence[Moment]) -> list[PromisedTime]:
    """Each once, in the order in which they began."""
    of_run: dict[RunKey, PromisedTime] = {}
    waiting: dict[str, PromisedTime] = {}
    every: list[PromisedTime] = []
    by_time = -1
    for moment in found:
        by_time = moment.at if moment.event.due_at is not None else by_time
        excused = moment.at == by_time and moment.event.actor["kind"] == "system" and "follows" not in moment.fields
        unanswered = is_unanswered(moment) and not excused
        waiting = {} if moment.answered else waiting
        for promise in every:
            if promise.is_taken_away:
                promise.follow_without_run(moment, unanswered=unanswered)
        begun: list[PromisedTime] = []
        for run in moment.changed:
            known = of_run.get((run.clock, run.n)) or _continued(of_run, waiting, run)
            if known is None:
                known = PromisedTime(moment=moment, run=run, policy=moment.policy)
                begun.append(known)
            of_run[run.clock, run.n] = known
            known.follow(moment, run, unanswered=unanswered)
        for promise in begun:
            promise.keep_earlier(every)
        every += begun
        changed = {run.clock: of_run[run.clock, run.n] for run in moment.changed if not run.task}
        waiting |= {clock: one for clock, one in changed.items() if one.can_go_on(moment)}
    return every


def _continued(of_run: dict[RunKey, PromisedTime], waiting: dict[str, PromisedTime], run: Run) -> PromisedTime | None:
    if run.replaces:
        return of_run.get((run.clock, run.replaces))
    return None if run.task else waiting.pop(run.clock, None)


def count_promises(tally: Tally, found: Sequence[Moment]) -> None:
    """On the day of the first due time; without one, only if it was cancelled, on that day."""
    for promise in promises(found):
        moment, clock, outcome = promise.moment, promise.run.clock, promise.outcome
        if promise.first is not None or outcome in ("cancelled", "unanswered"):
            day, named = promise.day or moment.day, moment.named(clock)
            tally.due_on(day, moment, "promise", *named, outcome, promise.cause)
