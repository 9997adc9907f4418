"""A policy whose calendar and limits have been parsed, with the counted steps (`worktime.budget`) of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.deadlines import Clock, Duty, MissedAct, Task
from chalicelib.policy.language.facts import Band, Fact
from chalicelib.policy.language.model import Ageing, PolicyDocument
from chalicelib.policy.language.parts import PARENT, role_names
from chalicelib.policy.language.publicity import ASSESSMENT, ASSESSMENT_FACT, INSPECTION
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, UNIT_CALENDAR
from chalicelib.policy.worktime import Calendar, Limit, parse_calendars, parse_limit, parse_warning

_RESPONDENT = "respondent"
DEFAULT_REPEAT_INTERVAL = "5 working days"
"""How often the top tier's alarm repeats if the policy does not set `again`. The alarm never stops on its own."""


class CompiledRule(msgspec.Struct, frozen=True):
    when: Condition
    limit: Limit


class CompiledClock(msgspec.Struct, frozen=True):
    """A clock with parsed limits and warnings. `rules` is empty if the starting event states the due time."""

    name: str
    clock: Clock
    duty: Duty
    rules: tuple[CompiledRule, ...]
    warns: tuple[str, ...]


class CompiledAgeing(msgspec.Struct, frozen=True):
    ageing: Ageing
    limit: Limit


class Policy(msgspec.Struct, frozen=True):
    """A published policy: its document and version, and the parsed calendar, limits and intervals."""

    document: PolicyDocument
    version: str
    calendar: Calendar
    calendars: Mapping[str, Calendar]
    """The further calendars by name."""
    clocks: Mapping[str, CompiledClock]
    tiers: tuple[Limit | None, ...]
    """The limit of each tier; None if the missed clock's own limit runs again."""
    again: Limit | None
    """How often the top tier's alarm repeats; None if the policy has no tiers."""
    ageing: tuple[CompiledAgeing, ...]
    repeats: Limit | None
    """How long an earlier complaint about the same matter counts (`intake.repeats`)."""
    intervals: Mapping[str, Limit]
    """By name of a recurring task: the time between two openings."""
    bands: Mapping[str, Sequence[Band]]
    """By name of a number that has bands, for the fields of events: of a field, or of a fact that no field replaces."""
    fact_bands: Mapping[str, Sequence[Band]]
    """By name of a fact that has bands."""
    conditional_choices: frozenset[str] = frozenset()
    """The names of the fields and facts each of whose choices has a condition: a case may allow none of them."""
    filing_values: frozenset[str] = frozenset()
    """The conditions that the filing decides (`possible_values.filing_values`)."""
    roles: tuple[str, ...] = ()
    """The roles in the order in which the author wrote them, or by name if this is not known."""
    excludes_people: bool = False
    """Whether an act excludes people: by `not`, `same`, or as a recusal."""
    of_respondent: frozenset[str] = frozenset()
    """The clocks of the respondent's own time, which wait for decisions on masks."""
    event_steps: int = 1
    """The counted steps of an event (`worktime.budget`)."""
    wake_steps: int = 1
    """The counted steps of the search for the next due event."""
    overseers: tuple[str, ...] = ()
    """The roles whose people of a parent unit take part (`of: parent`): they see the complaints of its units."""
    discloses_late: bool = False
    """Whether respondents see a complaint only from its acceptance on."""
    sets_unit: bool = False
    """Whether an act moves complaints to another unit."""
    unit_calendar: str = ""
    """The name of the calendar that the owners chose for the complaint's unit; empty if they chose none."""
    unit_calendars: Mapping[str, str] = {}
    """The names of the calendars that they chose, by unit."""
    units: frozenset[str] | None = None
    """The organisation's units, for acts that choose among them. None where they are not known, as in previews."""
    reach: Mapping[str, frozenset[str]] = {}
    reach_task: str = ""
    """What must reach the complainant, with the fields for which clocks ask, and the task of those who try."""
    telephoned: frozenset[str] | None = None
    """The clocks whose due time is in a message that is told by telephone without mail. None without such a message."""
    caps_total: bool = False
    """Whether an act has `most_total`: runs then keep from where it counts."""
    unknown_words: tuple[str, ...] = ()
    """JSON Pointers to what only a later release knows (`reading.published`). Such a policy allows no act."""
    carried: Mapping[str, Policy] = {}
    """For a unit: the earlier versions that define open tasks which this version lacks, by the name of the task."""

    def defining(self, fields: Mapping[str, Any]) -> Policy:
        """The version that defines what an event with these fields is about: a clock, a task, or else this one."""
        return self.carried.get(fields.get("clock") or fields.get("task") or "", self) if self.carried else self

    @property
    def asks_unit_calendar(self) -> bool:
        """True if a part of the policy uses the calendar of the complaint's unit."""
        document = self.document
        limitation = document.intake.limitation
        named = [
            *(clock.clock.calendar for clock in self.clocks.values()),
            *(task.calendar for task in document.tasks.values()),
            *(tier.calendar for tier in document.tiers),
            *([] if limitation is None else limitation.calendars),
        ]
        return UNIT_CALENDAR in named

    @property
    def follows_units(self) -> bool:
        """True if the calendar of a clock changes with the complaint's unit."""
        return any(clock.clock.follows_unit for clock in self.clocks.values())

    def of_unit(self, unit: str | None) -> Policy:
        """The policy with the calendar of this unit."""
        chosen = self.unit_calendars.get(unit or "", "")
        return self if chosen == self.unit_calendar else replace(self, unit_calendar=chosen)

    def calendar_name(self, named: str | None) -> str:
        """The name in `calendars` that `calendar: <named>` means now; empty for the policy's `calendar`."""
        chosen = self.unit_calendar if named == UNIT_CALENDAR else named
        return chosen if chosen is not None and chosen in self.calendars else ""

    def calendar_of(self, name: str) -> Calendar:
        """The calendar of that name; the policy's `calendar` for an empty or unknown name."""
        return self.calendars.get(name, self.calendar)

    @property
    def classes(self) -> list[str]:
        """The severity classes, lowest first; empty if the policy has none."""
        severity = self.document.severity
        return [] if severity is None else severity.order or list(severity.classes)


def compile_policy(document: PolicyDocument, version: str) -> Policy:
    """Parses the calendar and limits of a checked document.

    Raises ValueError or CalendarFault for a document that `checks.document.check` has not passed.
    """
    from chalicelib.policy import counted_steps  # once for each version
    from chalicelib.policy.language.derived import disclosure, reach

    document = _with_inspection(document)
    reached = reach.events(document)
    document = replace(document, tasks=reach.with_task(document)) if reached else document
    calendars = parse_calendars(document.calendar, document.calendars)
    document_clocks = {**document.clocks, **_task_clocks(document)}
    return Policy(
        document=document,
        version=version,
        calendar=calendars[""],
        calendars={name: calendars[name] for name in document.calendars},
        clocks={name: _compile_clock(document, name, clock) for name, clock in document_clocks.items()},
        tiers=tuple(parse_limit(tier.within) if tier.within else None for tier in document.tiers),
        again=parse_limit(document.tiers[-1].again or DEFAULT_REPEAT_INTERVAL) if document.tiers else None,
        ageing=tuple(
            CompiledAgeing(age, parse_limit(age.after))
            for age in (document.severity.ageing if document.severity else [])
        ),
        repeats=parse_limit(document.intake.repeats.within) if document.intake.repeats else None,
        intervals={name: parse_limit(task.every) for name, task in document.tasks.items() if task.every},
        bands=_bands({**document.intake.facts, **document.fields}),
        fact_bands=_bands(document.intake.facts),
        conditional_choices=frozenset(_conditional_choices({**document.intake.facts, **document.fields})),
        filing_values=frozenset(document.filing_values()),
        roles=tuple(document.people),
        excludes_people=_excludes_people(document),
        reach=reached,
        reach_task=reach.task(document),
        telephoned=reach.telephoned(document),
        caps_total=any(act.most_total for stage in document.stages.values() for act in stage.acts.values()),
        overseers=tuple(sorted(disclosure.overseers(document))),
        discloses_late=disclosure.is_by_acceptance(document),
        sets_unit=any(act.sets_unit for act in document.acts),
        of_respondent=frozenset(_of_respondent(document)),
        event_steps=counted_steps.of_event(document, len(document_clocks)),
        wake_steps=counted_steps.of_wake(document),
    )


def _with_inspection(document: PolicyDocument) -> PolicyDocument:
    """The document with the task that `supervision.inspection` stands for, unless the name is taken."""
    inspection = None if document.supervision is None else document.supervision.inspection
    if inspection is None or INSPECTION in (*document.tasks, *document.clocks):
        return document
    return replace(
        document,
        tasks={INSPECTION: inspection.task(), **document.tasks},
        fields={ASSESSMENT: ASSESSMENT_FACT, **document.fields},
    )


def _of_respondent(document: PolicyDocument) -> Iterator[str]:
    """The clocks that a message to the respondent names, and those that acts of the respondent meet.

    Staff may do such an act too, for an answer that came by post. The act that time does instead is not counted.
    """
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    doers: dict[str, set[str]] = {}
    for name, act in acts:
        doers.setdefault(EVENT_OF_ACT[name], set()).update(one.role for one in act.by)
    tells = [*document.intake.tells, *(rule for _, act in acts for rule in act.tells)]
    told = {rule.due for rule in tells if _RESPONDENT in role_names(rule.to)}
    for name, clock in document.clocks.items():
        by_time = EVENT_OF_ACT[clock.missed.act] if isinstance(clock.missed, MissedAct) else None
        ends = [doers[one.event] for one in clock.until if one.event in doers and one.event != by_time]
        if name in told or (ends and all(_RESPONDENT in one for one in ends)):
            yield name


def _bands(facts: Mapping[str, Fact]) -> dict[str, Sequence[Band]]:
    return {name: fact.bands for name, fact in facts.items() if fact.bands}


def _conditional_choices(facts: Mapping[str, Fact]) -> Iterator[str]:
    for name, fact in facts.items():
        if fact.choices and all(choice.when for choice in fact.choices.values()):
            yield name


def _excludes_people(document: PolicyDocument) -> bool:
    """Also if acts are for the people of a parent unit, which a unit may lack."""
    acts = [item for stage in document.stages.values() for item in stage.acts.items()]
    lowering = document.severity.lowering if document.severity else None
    seconds = lowering.approval.by if lowering and lowering.approval else []
    selectors = [one for _, act in acts for one in (*act.by, *(by for each in act.approvals for by in each.by))]
    selectors += seconds
    return any(EVENT_OF_ACT.get(name) == "recused" for name, _ in acts) or any(
        not isinstance(one, str) and (one.excluded or one.same or one.of == PARENT) for one in selectors
    )


def _compile_clock(document: PolicyDocument, name: str, clock: Clock) -> CompiledClock:
    return CompiledClock(
        name=name,
        clock=clock,
        rules=tuple(CompiledRule(rule.when, parse_limit(rule.limit)) for rule in clock.within),
        warns=tuple(str(parse_warning(text)) for text in clock.warn),
        duty=clock.duty or _derived_duty(document, clock),
    )


def _derived_duty(document: PolicyDocument, clock: Clock) -> Duty:
    from chalicelib.policy.language.derived import duties  # few policies leave it out

    return duties.duty_of(document, clock)


def _task_clocks(document: PolicyDocument) -> dict[str, Clock]:
    """Clocks for the tasks that have a due time; each has the name of its task."""
    return {
        name: _task_clock(document, name, task)
        for name, task in document.tasks.items()
        if task.within or task.stated or task.monthly or task.scheduled
    }


def _task_clock(document: PolicyDocument, name: str, task: Task) -> Clock:
    own = {"task": [name]}
    earlier = [{"event": event, "fields": own if event == "task_opened" else {}} for event in ends_of(task)]
    clock = {
        "name": msgspec.to_builtins(task.name),
        "start": [{"event": "task_opened", "fields": own}],
        "until": [{"event": "task_done", "fields": own}, *earlier],
        **_task_due(task),
        "missed": "escalate" if document.tiers else "record",
        "survives": ["closed"],
        "duty": "office",
        "calendar": task.calendar,
        "clause": task.clause,
    }
    return msgspec.convert(clock, Clock)


def ends_of(task: Task) -> list[str]:
    """The events that end the time of a task though it is not done; `task_opened` is a monthly task's next opening.

    None for a repeated task, whose repetition `until` ends.
    """
    return [] if task.every else task.until


def _task_due(task: Task) -> dict[str, Any]:
    within = task.scheduled.due if task.scheduled else task.within
    return {"within": [{"limit": within}]} if within else {"stated": "until"}
