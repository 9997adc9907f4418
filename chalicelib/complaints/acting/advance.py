"""Events that the passing of time causes: warnings, misses, escalations, acts by time, ageing, lapsed demands, tasks.

The result does not depend on when a sweep runs: each event has `at = due_at`, from which the next rung counts. What was
late when the complaint was filed has the time of the filing as `at`, because no person could act before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from chalicelib.complaints import runs
from chalicelib.complaints.acting import acts, demands, open_acts
from chalicelib.complaints.acting.requested import Intent
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.flow import Flow, PerformedByTime
from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import SYSTEM, EventFields, Occurrence
from chalicelib.complaints.runs import MISSED, RUNNING, Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units import recurring
from chalicelib.kit import catalogue
from chalicelib.kit.instants import LAST, SECOND, Instant, to_text
from chalicelib.kit.problem import InBoth, Problem
from chalicelib.policy.compiled import CompiledAgeing, Policy
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.worktime import Calendar, due_time, parse_limit, spend

if TYPE_CHECKING:
    from chalicelib.complaints.acting.alarms import AlarmText


def _perform_missed_act(flow: Flow, run: Run, at: Instant) -> bool:
    """Performs the act of the run's clock, which meets the run. Needs no approval.

    Returns False, without a change, if the present stage does not offer the act, or if its values do not fit the case.
    """
    missed = flow.policy.clocks[run.clock].clock.missed
    if not isinstance(missed, MissedAct):
        return False
    act = open_acts.offered(flow.policy, flow.complaint, missed.act)
    if act is None:
        return False
    savepoint, due, at = flow.savepoint(), run.next or at, max(at, flow.complaint.at)
    try:
        given = acts.checked(flow, missed.act, act, _constants(missed.fields, unreached=run.unreached), at)
        with flow.by_time(PerformedByTime(run, f"{run.clock}/{run.n}/act", due)):
            acts.perform(flow, Intent(missed.act, act, given, SYSTEM, at))
    except Problem:
        flow.roll_back(savepoint)
        return False
    return True


def _constants(fields: Mapping[str, Any], *, unreached: bool) -> dict[str, Any]:
    """The values as a person would write them: a text in both languages is one text of a line for each.

    `unreached`: the first text says that the complainant was not reached.
    """
    found = dict(fields)
    added = catalogue.texts("complainant_not_reached")["text"] if unreached else InBoth("", "")
    for name, texts in fields.items():
        if isinstance(texts, dict):
            found[name] = "\n".join(text + added.of(language) for language, text in texts.items())
            added = InBoth("", "")
    return found


MAX_EVENTS = 40
"""Due events of one commit at most. The rest follows in further commits, because a transaction holds 100 items."""


class DueEvent(NamedTuple):
    """An event that is due at an instant. `apply` adds it to the flow; `subject`: what it is about.

    `order` sorts events of one instant: warnings, misses, ageing, demands that lapse or wait, acts by time, tasks. So
    an act by time can ask for a miss or a lapse of its own instant.
    """

    at: Instant
    order: int
    name: str
    apply: Callable[[Flow, Instant, Any], list[AlarmText] | None]
    subject: Any


_FIRST = itemgetter(0, 1, 2)
_MISS = 1  # the order of misses, behind warnings
_MOST_TEXTS = 12  # of the alarms of one instant, so that one commit can hold them


def wake_at(policy: Policy, complaint: Complaint) -> Instant | None:
    """Returns the first instant at which `advance` would add an event, or None."""
    event = _next_due(policy, complaint)
    return None if event is None else event.at


def advance(flow: Flow, now: Instant, most: int = MAX_EVENTS) -> bool:
    """Adds the events that fell due up to and including `now`, each with its consequences.

    Returns False if the flow would get more than `most` drafts, earlier ones included. The due event that exceeds the
    limit and all later ones are then left out, but never the first one of an empty flow. Warnings and misses of one
    instant are one due event here, with the messages about them behind them.
    """
    waiting: list[AlarmText] = []
    savepoint = flow.savepoint()
    while (event := _next_due(flow.policy, flow.complaint)) is not None and event.at <= now:
        if waiting and not _is_told_with(flow, event, waiting):
            waiting = _send(flow, waiting)
        savepoint = savepoint if waiting else flow.savepoint()
        with flow.by_time():
            new = event.apply(flow, event.at, event.subject) or []
            flow.tell_moves()
            if flow.policy.telephoned is not None:
                from chalicelib.complaints.acting import attempts  # few policies have messages by telephone

                attempts.settle(flow, event.at)
        if len(flow.drafts) + _told([*waiting, *new]) > most and savepoint.drafts:
            flow.roll_back(savepoint)
            return False
        waiting += new
    _send(flow, waiting)
    return True


def _is_told_with(flow: Flow, event: DueEvent, waiting: list[AlarmText]) -> bool:
    of_instant = max(event.at, flow.complaint.at) == waiting[-1].alarm.at
    return of_instant and event.order <= _MISS and len(waiting) < _MOST_TEXTS


def _told(waiting: list[AlarmText]) -> int:
    from chalicelib.complaints.acting import alarms  # few requests meet a due time

    return alarms.count(waiting)


def _send(flow: Flow, waiting: list[AlarmText]) -> list[AlarmText]:
    if waiting:
        from chalicelib.complaints.acting import alarms  # as above

        alarms.send(flow, waiting)
    return []


def _next_due(policy: Policy, complaint: Complaint) -> DueEvent | None:
    if complaint.erased_at is not None:
        return None
    spend(policy.wake_steps + len(complaint.runs) // 4)
    return min(_due_events(policy, complaint), key=_FIRST, default=None)


def _due_events(policy: Policy, complaint: Complaint) -> Iterator[DueEvent]:
    for run in complaint.runs:
        earliest = _bounces_until(complaint, run) if complaint.reaching else 0
        if run.warns and run.state == RUNNING:
            yield DueEvent(max(run.warns[0], earliest), 0, run.clock, _warn, run)
        if run.next is not None:
            yield _due_run(policy, run, max(run.next, earliest))
    yield from _due_ageing(policy, complaint)
    for key, demand in complaint.demands.items():
        if demand.due is not None and not demand.over:
            yield DueEvent(max(demand.due, complaint.at), 3, key, demands.lapse, key)
        if demand.decide_by is not None:
            yield DueEvent(max(demand.decide_by, complaint.at), 3, key, _remind, key)
    for name, at in recurring.openings(policy, complaint):
        yield DueEvent(at, 5, name, _open_task, name)


def _bounces_until(complaint: Complaint, run: Run) -> Instant:
    """Until when a bounce can take the run's start back: nothing that is due before is recorded until then."""
    from chalicelib.complaints.applying import reaching  # few policies ask whether people were reached

    return reaching.may_bounce(complaint, run) or 0


def _due_run(policy: Policy, run: Run, at: Instant) -> DueEvent:
    if run.rung == 0 and isinstance(policy.clocks[run.clock].clock.missed, MissedAct):
        return DueEvent(at, 4, run.clock, _act_or_miss, run)
    return DueEvent(at, _MISS, run.clock, _miss, run)


def _act_or_miss(flow: Flow, at: Instant, run: Run) -> list[AlarmText]:
    return [] if _perform_missed_act(flow, run, at) else _miss(flow, at, run)


def _due_ageing(policy: Policy, complaint: Complaint) -> Iterator[DueEvent]:
    for compiled in policy.ageing:
        if clocks.is_raised(policy, complaint.severity, compiled):
            moment = clocks.age_ends(policy, complaint, compiled)
            if moment is not None:
                earlier = policy.document.intake.received is not None or complaint.arrived_earlier
                at = moment if earlier else max(moment, complaint.at)
                yield DueEvent(at, 2, compiled.ageing.to, _reclassify, compiled)


def _remind(flow: Flow, at: Instant, key: str) -> None:
    from chalicelib.complaints.acting.masks import waiting  # few demands wait

    waiting.remind(flow, at, key)


def _open_task(flow: Flow, at: Instant, name: str) -> None:
    monthly = flow.policy.document.tasks[name].monthly
    until = None if monthly is None else to_text(recurring.end_of_due_day(flow.policy, name, monthly, at))
    consequences.open_task(flow, name, until, at, due_at=at)()


def _warn(flow: Flow, at: Instant, run: Run) -> list[AlarmText]:
    fields = {"clock": run.clock, "run": run.n, "due": None if run.due is None else to_text(run.due)}
    due, at = run.warns[0], max(at, flow.complaint.at)
    about = flow.add("warned", Occurrence(at, SYSTEM, due_at=due), fields, changed=[replace(run, warns=run.warns[1:])])
    return _messages(flow, run, flow.complaint.tier, (about, at, "warned"))


def _messages(flow: Flow, run: Run, tier: int, alarm: tuple[str, Instant, str]) -> list[AlarmText]:
    """`alarm`: the id of the event, its time and its type."""
    from chalicelib.complaints.acting import alarms  # few requests meet a due time

    return list(alarms.messages(flow, run, tier, alarms.Alarm(*alarm)))


def _miss(flow: Flow, at: Instant, run: Run) -> list[AlarmText]:
    """Adds the miss of one rung. Its id `<number>/<clock>/<run>/<rung>` ensures that it is recorded only once (X.3)."""
    rung, due = run.rung + 1, run.next or at
    at = max(at, flow.complaint.at)  # a complaint that arrived earlier can be late when it is filed
    escalates = _escalates(flow.policy, run)
    tier = rung + 1 if escalates and rung < len(flow.policy.document.tiers) else None
    since = max(due, flow.complaint.registered_at)  # before it was filed, no person could act
    missed = replace(run, state=MISSED, rung=rung, warns=[], next=_next_rung(flow.policy, run, tier, since))
    fields: EventFields = {"clock": run.clock, "run": run.n, "rung": rung}
    about = flow.add(
        "missed", Occurrence(at, SYSTEM, due_at=due, name=f"{run.clock}/{run.n}/{rung}"), fields, changed=[missed]
    )
    _tell_missed(flow, run, about, at, due)
    if tier is not None:
        reached = max(tier, flow.complaint.tier)
        roles = flow.policy.document.tiers[tier - 1].roles
        flow.add(
            "escalated", Occurrence(at, SYSTEM, due_at=due), {**fields, "tier": tier, "roles": roles}, tier=reached
        )
        return _messages(flow, run, tier, (about, at, "escalated"))
    # If it escalates, the time of the top tier is over too. The top tier is notified again (P2.2).
    return _messages(flow, run, flow.complaint.tier, (about, at, "missed")) if escalates else []


def _tell_missed(flow: Flow, run: Run, about: str, at: Instant, due: Instant) -> None:
    """Tells the complainant once for each run, but not of what was late when it was filed."""
    told = flow.policy.clocks[run.clock].clock.tells_missed
    if told is None or run.rung or due <= flow.complaint.registered_at:
        return
    from chalicelib.policy.language.derived.duties import duty_of  # few clocks tell it

    is_ours = duty_of(flow.policy.document, flow.policy.clocks[run.clock].clock) == "office"
    wording = "missed_told" if is_ours and _escalates(flow.policy, run) else "missed_told_on_record"
    flow.notify([told], about=about, at=at, wording=wording, clock=run.clock, **runs.due_field(run))


def _next_rung(policy: Policy, run: Run, tier: int | None, since: Instant) -> Instant | None:
    """The time at which the reached tier misses its own limit or, if it has none, the clock's limit.

    It counts from `since`. If the due time was stated, each tier gets as much time as the run had. `tier` is None at
    the top of the ladder, where the policy sets the interval of repeated alarms, and for clocks that do not escalate.
    """
    if tier is None:
        again = policy.again if _escalates(policy, run) else None
        return (
            None if again is None else due_time(policy.calendar_of(run.calendar), again, since, from_day_end=True).due
        )
    limit = policy.tiers[tier - 1] or (parse_limit(run.limit) if run.limit else None)
    if limit is None:
        later = since + max((run.due or since) - run.started, SECOND)
        return later if later < LAST else None
    # A start at 24:00 belongs to the day that ended.
    return due_time(_tier_calendar(policy, run, tier), limit, since, from_day_end=True).due


def _escalates(policy: Policy, run: Run) -> bool:
    """True unless the policy only records the clock's misses. An act by time that is not possible escalates too."""
    return policy.clocks[run.clock].clock.missed != "record"


def _tier_calendar(policy: Policy, run: Run, tier: int) -> Calendar:
    """The calendar of the tier's own limit: by default the policy's. Without such a limit, the missed clock's."""
    if policy.tiers[tier - 1] is None:
        return policy.calendar_of(run.calendar)
    return policy.calendar_of(policy.calendar_name(policy.document.tiers[tier - 1].calendar))


def _reclassify(flow: Flow, at: Instant, compiled: CompiledAgeing) -> None:
    from chalicelib.complaints.acting import alarms  # few policies have ageing

    due, at, age = at, max(at, flow.complaint.at), compiled.ageing
    fields = {"from": flow.complaint.severity, "to": age.to, "cause": "ageing", "after": age.after}
    about = flow.add("reclassified", Occurrence(at, SYSTEM, due_at=due), fields, severity=age.to)
    flow.notify(alarms.recipients(flow), about=about, at=at, wording="reclassified")
    for message in consequences.open_tasks(flow, "reclassified", fields, at):
        message()
