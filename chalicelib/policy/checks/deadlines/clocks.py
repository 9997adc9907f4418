"""Checks clocks and ageing: the events that start and stop them, and their limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from chalicelib.kit.instants import HOUR
from chalicelib.kit.problem import InBoth
from chalicelib.policy.checks import cases, event_fields, references
from chalicelib.policy.checks.deadlines import reaching, starts
from chalicelib.policy.checks.references import trigger_faults, undefined_events
from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.derived import possible_events
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.facts import Fact, is_public_time
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import UNIT_CALENDAR
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import Limit, parse_limit, parse_warning
from chalicelib.policy.worktime.limit_text import reason_in_both

MAX_WARNINGS = 20
"""The maximum number of warnings of a clock. Every event that changes a run stores its remaining warnings."""
SHORTEST_REPEAT = HOUR
"""The shortest interval for anything that repeats without a new event."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    for name, clock in document.clocks.items():
        path: Path = ("clocks", name)
        yield from _event_faults(path, clock, document, names)
        yield from _start_faults(path, clock, document, names)
        yield from _limit_rule_faults(path, clock, names)
        yield from _due_faults(path, name, clock, document)
        yield from _case_faults((*path, "within"), clock, document, names)
        yield from calendar_faults((*path, "calendar"), clock.calendar, document, names)
        yield from reaching.faults(path, clock, document)
    yield from _ageing_faults(document)


def _case_faults(path: Path, clock: Clock, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """`when` is evaluated when the clock starts, the limits also later: only what cannot change excludes cases."""
    if clock.within:
        conditions = [rule.when for rule in clock.within]
        possible, unchanged = {**names.possible, **cases.HOURS_VALUES}, lasting(document)
        always = {name: values for name, values in clock.when.items() if name in unchanged}
        yield from cases.faults(path, conditions, possible, cases.LIMITS, always)


def lasting(document: PolicyDocument) -> set[str]:
    """The names of conditions whose value no act changes: of the filing, and categories that no act corrects."""
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    corrected = {name for act in acts for name in (*act.needs, *act.takes)}
    return {"channel", *document.filing_values(), *document.intake.categories} - corrected


def calendar_faults(path: Path, name: str | None, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """The name of one of the `calendars`, or `unit` in a policy whose complaints have units."""
    if name is None:
        return
    yield from references.undefined_names(path, [name], names.calendars, "no-calendar")
    if name == UNIT_CALENDAR and document.intake.unit == "none":
        yield Fault(path, "unit-calendar-without-units")


def limit_faults(path: Path, text: str) -> Iterator[Fault]:
    try:
        parse_limit(text)
    except ValueError as error:
        yield Fault(path, "no-limit", name=text, reason=InBoth(*reason_in_both(str(error))))


def repeat_interval_faults(path: Path, text: str) -> Iterator[Fault]:
    """Checks an interval of repetition: a limit other than `none`, of at least `SHORTEST_REPEAT`."""
    wrong = list(limit_faults(path, text))
    yield from wrong
    if not wrong and (parsed := parse_limit(text)).kind == "none":
        yield Fault(path, "never-again")
    elif not wrong and _is_too_short(parsed):
        yield Fault(path, "repeats-too-often", name=text)


def _is_too_short(parsed: Limit) -> bool:
    return shortest(parsed) < SHORTEST_REPEAT


_OF_PARTS: dict[str, Callable[[Iterable[int]], int]] = {"later_of": max, "earlier_of": min, "then": sum}


def shortest(limit: Limit) -> int:
    """The least time that the limit can take, in milliseconds; for one that ends with a day, `SHORTEST_REPEAT`.

    The first such end can come at once. A repetition starts at the end of a day, and has the next day.
    """
    if limit.parts:
        return _OF_PARTS[limit.kind](shortest(part) for part in limit.parts)
    return limit.amount if limit.kind in ("elapsed", "working_time") else SHORTEST_REPEAT


def _event_faults(path: Path, clock: Clock, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if not clock.start:
        yield Fault((*path, "start"), "never-starts")
    if not clock.until:
        yield Fault((*path, "until"), "never-stops")
    yield from trigger_faults((*path, "start"), clock.start, document, names)
    yield from trigger_faults((*path, "until"), clock.until, document, names)
    yield from references.undefined_names((*path, "paused_in"), clock.paused_in, names.stages, "no-stage")
    yield from undefined_events((*path, "survives"), clock.survives)


def _start_faults(path: Path, clock: Clock, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """The condition is evaluated when the clock starts, on the case after that event."""
    stages = possible_events.stages_after((trigger.event for trigger in clock.start), document)
    wrong = list(references.condition_faults((*path, "when"), clock.when, names, {"stage": stages}))
    yield from wrong or starts.faults(path, clock, document)
    if clock.stated is not None and clock.stated not in document.intake.facts:
        yield from event_fields.stated_faults((*path, "stated"), clock.stated, clock.start, document)


def _limit_rule_faults(path: Path, clock: Clock, names: DefinedNames) -> Iterator[Fault]:
    for index, rule in enumerate(clock.within):
        yield from limit_faults((*path, "within", index, "limit"), rule.limit)
        yield from references.condition_faults((*path, "within", index, "when"), rule.when, names, cases.HOURS_VALUES)
    if len(clock.warn) > MAX_WARNINGS:
        yield Fault((*path, "warn"), "too-many-of", count=len(clock.warn), most=MAX_WARNINGS)
    for index, warn in enumerate(clock.warn[:MAX_WARNINGS]):
        try:
            parse_warning(warn)
        except ValueError as error:
            yield Fault((*path, "warn", index), "no-warning", name=warn, reason=error)


def _due_faults(path: Path, name: str, clock: Clock, document: PolicyDocument) -> Iterator[Fault]:
    if bool(clock.within) == (clock.stated is not None):
        yield Fault(path, "limit-or-stated", count=2 if clock.within else 0)
    if clock.stated is not None:
        times = public_times({**document.intake.facts, **document.fields})
        yield from references.undefined_names((*path, "stated"), [clock.stated], times, "no-public-time")
    if clock.tells_missed is not None and clock.within and all(rule.limit == "none" for rule in clock.within):
        yield Fault((*path, "tells_missed"), "never-missed", name=name)
    if clock.missed == "escalate" and not document.tiers:
        yield Fault((*path, "missed"), "no-tiers", name=name)


def public_times(facts: Mapping[str, Fact]) -> list[str]:
    """The names of times without `holder`. Events do not hold private times, so due times cannot depend on them."""
    return [name for name, fact in facts.items() if is_public_time(fact)]


def _ageing_faults(document: PolicyDocument) -> Iterator[Fault]:
    if document.severity is None:
        return
    for index, age in enumerate(document.severity.ageing):
        path: Path = ("severity", "ageing", index)
        yield from limit_faults((*path, "after"), age.after)
        if document.severity.classes:
            yield from references.undefined_names((*path, "to"), [age.to], document.severity.classes, "no-class")
        yield from undefined_events((*path, "start"), [age.start])
        yield from undefined_events((*path, "until"), age.until)
