"""Checking clocks and ageing: what starts and stops them, and their limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chalicelib.instants import HOUR
from chalicelib.policy.checks import cases
from chalicelib.policy.checks import names as checks
from chalicelib.policy.checks.triggers import triggers
from chalicelib.policy.language import possible_events
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import Clock, Fact, PolicyDocument
from chalicelib.policy.language.vocabulary import EVENTS
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import Limit, parse_limit, parse_warning

MAX_WARNINGS = 20
"""Each run carries those that are to come, in every event that changes it."""
SHORTEST_REPEAT = HOUR
"""What time repeats by itself is at least so far apart."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    happening = possible_events.all_events(document)
    for name, clock in document.clocks.items():
        path: Path = ("clocks", name)
        yield from _run(path, clock, names, happening)
        yield from _limits(path, clock, names)
        yield from _due(path, name, clock, document)
        yield from _restarts(path, clock)
        yield from cases.faults(path, clock.within, names)
    yield from _ageing(document)


def limit(path: Path, text: str) -> Iterator[Fault]:
    try:
        parse_limit(text)
    except ValueError as error:
        yield Fault(path, "no-limit", name=text, reason=error)


def repeats(path: Path, text: str) -> Iterator[Fault]:
    """A limit after which something comes again and again."""
    wrong = list(limit(path, text))
    yield from wrong
    if not wrong and (parsed := parse_limit(text)).kind == "none":
        yield Fault(path, "never-again")
    elif not wrong and _short(parsed):
        yield Fault(path, "repeats-too-often", name=text)


def _short(parsed: Limit) -> bool:
    return parsed.kind in ("elapsed", "working_time") and parsed.amount < SHORTEST_REPEAT


def _run(path: Path, clock: Clock, names: DefinedNames, happening: set[str]) -> Iterator[Fault]:
    if not clock.start:
        yield Fault((*path, "start"), "never-starts")
    if not clock.until:
        yield Fault((*path, "until"), "never-stops")
    yield from triggers((*path, "start"), clock.start, happening, names)
    yield from triggers((*path, "until"), clock.until, happening, names)
    yield from checks.condition((*path, "when"), clock.when, names)
    yield from checks.unknown((*path, "paused_in"), clock.paused_in, names.stages, "no-stage")
    yield from checks.unknown((*path, "survives"), clock.survives, EVENTS, "no-event")


def _limits(path: Path, clock: Clock, names: DefinedNames) -> Iterator[Fault]:
    for index, rule in enumerate(clock.within):
        yield from limit((*path, "within", index, "limit"), rule.limit)
        yield from checks.condition((*path, "within", index, "when"), rule.when, names, cases.HOURS)
    if len(clock.warn) > MAX_WARNINGS:
        yield Fault((*path, "warn"), "too-many-of", count=len(clock.warn), most=MAX_WARNINGS)
    for index, warn in enumerate(clock.warn[:MAX_WARNINGS]):
        try:
            parse_warning(warn)
        except ValueError as error:
            yield Fault((*path, "warn", index), "no-warning", name=warn, reason=error)


def _due(path: Path, name: str, clock: Clock, document: PolicyDocument) -> Iterator[Fault]:
    if bool(clock.within) == (clock.stated is not None):
        yield Fault(path, "limit-or-stated", count=2 if clock.within else 0)
    if clock.stated is not None:
        times = public_times({**document.intake.facts, **document.fields})
        yield from checks.unknown((*path, "stated"), [clock.stated], times, "no-public-time")
    if clock.missed == "escalate" and not document.tiers:
        yield Fault((*path, "missed"), "no-tiers", name=name)


def _restarts(path: Path, clock: Clock) -> Iterator[Fault]:
    """What an escalation starts and escalates in turn comes again by itself, each time that it is missed."""
    if clock.missed != "escalate" or all(trigger.event != "escalated" for trigger in clock.start):
        return
    if clock.stated is not None:
        yield Fault((*path, "stated"), "starts-again-at-once")
    for index, rule in enumerate(clock.within):
        where: Path = (*path, "within", index, "limit")
        if not list(limit(where, rule.limit)) and _short(parse_limit(rule.limit)):
            yield Fault(where, "repeats-too-often", name=rule.limit)


def public_times(facts: Mapping[str, Fact]) -> list[str]:
    """A private time is not in the event, so nothing can be reckoned from it."""
    return [name for name, fact in facts.items() if fact.kind == "time" and fact.holder is None]


def _ageing(document: PolicyDocument) -> Iterator[Fault]:
    if document.severity is None:
        return
    for index, age in enumerate(document.severity.ageing):
        path: Path = ("severity", "ageing", index)
        yield from limit((*path, "after"), age.after)
        if document.severity.classes:
            yield from checks.unknown((*path, "to"), [age.to], document.severity.classes, "no-class")
        yield from checks.unknown((*path, "start"), [age.start], EVENTS, "no-event")
        yield from checks.unknown((*path, "until"), age.until, EVENTS, "no-event")
