"""Whether what was said reached the complainant, and what follows for the clocks that ask for it (X.6).

A mail counts from its sending. If it bounces within 24 hours, the runs that it started and ended are taken back.
Without a mail, an attempt on record (`attempted`) lets them start and end. The third attempt that reached no person, on
three working days of the clock's calendar, lets them start, but ends none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.applying import calling
from chalicelib.complaints.applying.contact import COMPLAINANT, MAIL
from chalicelib.complaints.condition_context import banded
from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import EventDraft, event_id
from chalicelib.complaints.runs import CANCELLED, MET, MISSED, Reaching, Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.conditions import REACHED, holds, matches
from chalicelib.policy.language.parts import role_names
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.zone import wall_clock

BOUNCES_WITHIN = DAY
ATTEMPTED, RETURNED = "attempted", "returned"
_ENOUGH = 3
"""Working days with an attempt that reached no person, after which a run starts nevertheless."""


def told_by(complaint: Complaint, act: Act, role: str, case: Mapping[str, str]) -> bool:
    """Whether an act in this role reaches the complainant: because they do it themselves, or by a mail.

    Also if no way is known to reach them. `case`: the values that the conditions of the act's messages compare.
    """
    is_theirs = role == COMPLAINANT or all(one.role == COMPLAINANT for one in act.by)
    if is_theirs or not complaint.contact:
        return True
    told = (rule for rule in act.tells if COMPLAINANT in role_names(rule.to) and holds(rule.when, case))
    return bool(complaint.contact.get(MAIL)) and any(rule.way is None or MAIL in rule.way for rule in told)


class _Following:
    """An event, the complaint after it with the runs before it, and the runs that the event changes."""

    def __init__(self, policy: Policy, before: Complaint, after: Complaint, draft: EventDraft, changed: Iterable[Run]):
        self.policy, self.before, self.after, self.draft = policy, before, after, draft
        self.changed = {(run.clock, run.n): run for run in changed}

    def now(self) -> list[Run]:
        """The open runs after the event."""
        runs = {(run.clock, run.n): run for run in self.before.runs} | self.changed
        return [run for run in runs.values() if run.open]

    def clock(self, name: str) -> CompiledClock | None:
        return self.policy.clocks.get(name)

    def fields(self) -> Mapping[str, Any]:
        return banded(self.policy, self.draft.fields)

    def change(self, runs: Iterable[Run]) -> None:
        self.changed.update({(run.clock, run.n): run for run in runs})


def follow(
    policy: Policy, before: Complaint, after: Complaint, draft: EventDraft, changed: Sequence[Run]
) -> tuple[list[Run], list[Reaching] | None]:
    """The changed runs, with those that reaching the complainant changes, and `Complaint.reaching` if it changes."""
    if draft.result.partial:
        return list(changed), None
    change = _Following(policy, before, after, draft, changed)
    told = _kept(change)
    if draft.type == ATTEMPTED:
        told = [left for one in told for left in _after_attempt(change, one)]
    elif draft.type == RETURNED:
        told = [_taken_back(change, one) if one.about == draft.fields.get("of") else one for one in told]
    elif draft.type in policy.reach:
        told += _telling(change)
    if policy.telephoned is not None:
        told += calling.told(policy, after, draft)
    told = [one for one in told if _matters(change, one)]
    return list(change.changed.values()), None if told == before.reaching else told


def _kept(change: _Following) -> list[Reaching]:
    """What still waits, or can still bounce. What was seen ended its runs for good, also if others bounce."""
    seen = [one for one in change.before.reaching if one.mailed and _is_seen(change, one)]
    final = {(run.clock, run.n) for one in seen for run in one.ended}
    return [_still(change, one, final) for one in change.before.reaching if one not in seen]


def _is_seen(change: _Following, one: Reaching) -> bool:
    """No mail bounces after this time, and the complainant who acts has seen the case."""
    return change.draft.actor.stands_for == COMPLAINANT or change.draft.at > one.at + BOUNCES_WITHIN


def _still(change: _Following, one: Reaching, final: Set[tuple[str, int]]) -> Reaching:
    starts = {name: days for name, days in one.starts.items() if not _is_over(change, name)}
    _answered(change, one, one.starts.keys() - starts.keys())
    ended = [run for run in one.ended if (run.clock, run.n) not in final]
    return replace(one, starts=starts, ended=[run for run in ended if not _is_over(change, run.clock, again=True)])


def _answered(change: _Following, one: Reaching, names: Iterable[str]) -> None:
    """What ends a clock before it began meets it, as the answer of a complainant who had not been reached."""
    known = [clock for name in sorted(names) if (clock := change.clock(name)) is not None]
    ending = [clock for clock in known if matches(clock.clock.until, change.draft.type, change.fields())]
    draft = replace(change.draft, type=one.type, fields=one.fields)
    case = replace(change.before, seq=change.after.seq)
    found = (clocks.start(change.policy, clock, case, draft) for clock in ending)
    change.change(clocks.end(run, draft.at, MET) for run in found if run is not None)


def _is_over(change: _Following, name: str, *, again: bool = False) -> bool:
    """Whether the event ends, cancels or starts again what waits for this clock.

    `again`: not if it ends the clock only because it has reached the complainant too.
    """
    clock, type_ = change.clock(name), change.draft.type
    if clock is None:
        return True
    if type_ == "notified" and change.draft.act is None:  # a message starts and stops no clock
        return False
    if type_ in CANCELLING_EVENTS and type_ not in clock.clock.survives:
        return True
    if again and _asks(change.policy, clock, type_, change.draft.fields):
        return False
    return matches([*clock.clock.until, *clock.clock.start], type_, change.fields())


def _matters(change: _Following, one: Reaching) -> bool:
    if one.tried is not None and (one.mailed or not calling.is_over(change.draft)):
        return True
    if one.mailed:
        return bool(one.ended) or any(run.seq == one.seq and _is_of_silence(change, run) for run in change.now())
    return bool(one.starts) or any(_ends(change, one, run) for run in change.now())


def _ends(change: _Following, one: Reaching, run: Run) -> bool:
    """Whether the run was open at the event, and the event ends it once it has reached the complainant."""
    clock = change.clock(run.clock)
    return clock is not None and run.seq < one.seq and _asks(change.policy, clock, one.type, one.fields)


def _asks(policy: Policy, clock: CompiledClock, type_: str, fields: Mapping[str, Any]) -> bool:
    """Whether the event ends the clock if it has reached the complainant, and not otherwise."""
    given = banded(policy, fields)
    reached, not_reached = {**given, REACHED: True}, {**given, REACHED: False}
    return matches(clock.clock.until, type_, reached) and not matches(clock.clock.until, type_, not_reached)


def _telling(change: _Following) -> Iterator[Reaching]:
    """What the event told, if it started or ended runs by a mail, or waits for an attempt."""
    draft, policy = change.draft, change.policy
    fields = {name: draft.fields[name] for name in policy.reach[draft.type] if name in draft.fields}
    about = event_id(change.before.number, change.after.seq, draft.name)
    told = Reaching(about=about, seq=change.after.seq, type=draft.type, at=draft.at, fields=fields)
    if not draft.fields.get(REACHED, True):
        yield replace(told, starts={clock.name: [] for clock in policy.clocks.values() if _waits(change, clock)})
    elif draft.actor.stands_for == COMPLAINANT or _is_filing(change):
        return
    elif not change.after.contact:
        _mark_unreached(change)
    elif change.after.contact.get(MAIL):
        yield replace(told, mailed=True, ended=_ended(change, draft))


def _is_filing(change: _Following) -> bool:
    """A complainant who files reads at once what is asked of them."""
    before = change.before
    return before.seq == 1 and before.filed_by == COMPLAINANT and change.draft.type == "evidence_demanded"


def _waits(change: _Following, clock: CompiledClock) -> bool:
    return clocks.waits(change.policy, clock, change.draft) and _start(change, clock, change.draft) is not None


def _start(change: _Following, clock: CompiledClock, draft: EventDraft) -> Run | None:
    if not matches(clock.clock.start, draft.type, banded(change.policy, draft.fields)):
        return None
    return clocks.start(change.policy, clock, change.after, draft)


def _mark_unreached(change: _Following) -> None:
    """The runs that begin although no way is known to reach the complainant."""
    begun = [run for run in change.changed.values() if run.seq == change.after.seq and _is_of_silence(change, run)]
    change.change(replace(run, unreached=True) for run in begun)


def _is_of_silence(change: _Following, run: Run) -> bool:
    clock = change.clock(run.clock)
    return clock is not None and clock.clock.silence is not None


def _ended(change: _Following, draft: EventDraft) -> list[Run]:
    """The runs that the mail ended, as they were before, and those that an earlier mail ended before it."""
    before = [*change.before.runs, *(run for one in change.before.reaching for run in one.ended)]
    now = {(run.clock, run.n) for run in change.now()}
    known = [(run, change.clock(run.clock)) for run in before if (run.clock, run.n) not in now]
    return [run for run, clock in known if clock is not None and _asks(change.policy, clock, draft.type, draft.fields)]


def _taken_back(change: _Following, one: Reaching) -> Reaching:
    """A mail that bounced: the runs that it started end, and those that it ended continue."""
    others = {(run.clock, run.n) for other in change.before.reaching if other.seq != one.seq for run in other.ended}
    started = [run for run in change.now() if run.seq == one.seq and _is_of_silence(change, run)]
    taken = [run for run in started if run.state != MISSED]
    at = change.draft.at
    change.change(clocks.end(run, at, CANCELLED) for run in taken)
    change.change(_continued(change, run) for run in one.ended if (run.clock, run.n) not in others)
    return replace(one, mailed=False, ended=[], starts={run.clock: [] for run in taken})


def _continued(change: _Following, run: Run) -> Run:
    return clocks.adjust(change.policy, change.policy.clocks[run.clock], run, change.after, change.draft.at)


def _after_attempt(change: _Following, one: Reaching) -> Iterator[Reaching]:
    """What waits after an attempt that did or did not reach the complainant."""
    draft = change.draft
    if one.mailed:
        yield one
    elif _is_yes(draft.fields.get(REACHED)):
        _begin(change, one, one.starts, unreached=False)
        ended = [run for run in change.now() if _ends(change, one, run)]
        change.change(clocks.end(run, draft.at, MET) for run in ended)
    else:
        tried = {name: _with_day(change, name, days, draft.at) for name, days in one.starts.items()}
        enough = [name for name, days in tried.items() if len(days) >= _ENOUGH]
        _begin(change, one, enough, unreached=True)
        starts = {name: days for name, days in tried.items() if name not in enough}
        calls = None if one.tried is None else _with_working_day(change.policy.calendar, one.tried, draft.at)
        yield replace(one, starts=starts, tried=None if calls is None or len(calls) >= _ENOUGH else calls)


def _is_yes(value: object) -> bool:
    return value in (True, "yes")


def _begin(change: _Following, one: Reaching, names: Iterable[str], *, unreached: bool) -> None:
    draft = replace(change.draft, type=one.type, fields={**one.fields, REACHED: True})
    known = (change.policy.clocks[name] for name in names)
    found = (_start(change, clock, draft) for clock in known)
    change.change(replace(run, unreached=unreached) for run in found if run is not None)


def _with_day(change: _Following, name: str, days: list[str], at: Instant) -> list[str]:
    policy = change.policy
    calendar = policy.calendar_of(policy.calendar_name(policy.clocks[name].clock.calendar))
    return _with_working_day(calendar, days, at)


def _with_working_day(calendar: Calendar, days: list[str], at: Instant) -> list[str]:
    day = _working_day(calendar, at)
    return days if day is None or day in days else [*days, day]


def _working_day(calendar: Calendar, at: Instant) -> str | None:
    """The date, if it is a working day."""
    year = calendar.year_at(at)
    is_working = any(begin <= at < end for begin, end in zip(year.begins, year.ends, strict=True))
    return wall_clock(calendar.zone, at).date().isoformat() if is_working else None


def may_bounce(complaint: Complaint, run: Run) -> Instant | None:
    """Until when a bounce can take the run's start back. Until then nothing that is due is recorded."""
    ends = (one.at + BOUNCES_WITHIN for one in complaint.reaching if one.mailed and one.seq == run.seq)
    return next(ends, None)


def is_awaited(complaint: Complaint) -> bool:
    """Whether a run waits for an attempt to reach the complainant."""
    return any(not one.mailed for one in complaint.reaching)
