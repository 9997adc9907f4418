"""Checking clocks, tasks and ageing: what starts and stops them, their limits, and the cases that these cover."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from chalicelib.policy import check_names as checks
from chalicelib.policy.conditions import holds
from chalicelib.policy.faults import Fault, Path
from chalicelib.policy.model import Clock, Document, Fact, Rule, Trigger
from chalicelib.policy.names import Names
from chalicelib.policy.vocabulary import EVENT_OF_ACT, EVENTS
from chalicelib.policy.worktime import parse_limit, parse_warn

_HOURS = {"hours": ("open", "closed")}
_SILENT = frozenset({"warned", "missed", "switched"})
"""Events that only say what became of runs: they start and stop no clock and open no task."""
MOST_CASES = 2_000
"""Combinations of values that are tried per clock; a policy with more is told to say less in one clock."""


def faults(document: Document, names: Names) -> Iterator[Fault]:
    happening = happenings(document)
    for name, clock in document.clocks.items():
        yield from _clock(("clocks", name), name, clock, document, names, happening)
    yield from _ageing(document)


def happenings(document: Document) -> set[str]:
    """The events that can happen under this policy."""
    acts = {act for stage in document.stages.values() for act in stage.acts}
    found = {EVENT_OF_ACT[act] for act in acts if act in EVENT_OF_ACT}
    return found | (EVENTS - set(EVENT_OF_ACT.values()))


def limit(path: Path, text: str) -> Iterator[Fault]:
    try:
        parse_limit(text)
    except ValueError as error:
        yield Fault(path, str(error))


def _clock(
    path: Path, name: str, clock: Clock, document: Document, names: Names, happening: set[str]
) -> Iterator[Fault]:
    if not clock.start:
        yield Fault((*path, "from"), "nothing starts this clock")
    if not clock.until:
        yield Fault((*path, "until"), "nothing stops this clock")
    yield from triggers((*path, "from"), clock.start, happening, names)
    yield from triggers((*path, "until"), clock.until, happening, names)
    yield from checks.condition((*path, "when"), clock.when, names)
    yield from checks.unknown((*path, "paused_in"), clock.paused_in, names.stages, "stage")
    yield from checks.unknown((*path, "survives"), clock.survives, EVENTS, "event")
    for index, rule in enumerate(clock.within):
        yield from limit((*path, "within", index, "limit"), rule.limit)
        yield from checks.condition((*path, "within", index, "when"), rule.when, names, _HOURS)
    for index, warn in enumerate(clock.warn):
        try:
            parse_warn(warn)
        except ValueError as error:
            yield Fault((*path, "warn", index), str(error))
    if bool(clock.within) == (clock.stated is not None):
        yield Fault(path, "a clock has either limits (`within`) or a stated time (`stated`)")
    if clock.stated is not None:
        yield from checks.unknown(
            (*path, "stated"), [clock.stated], public_times({**document.intake.facts, **document.fields}), "public time"
        )
    if clock.missed == "escalate" and not document.tiers:
        yield Fault((*path, "missed"), f"`{name}` escalates, but the policy has no tiers")
    yield from _cases(path, clock.within, names)


def public_times(facts: Mapping[str, Fact]) -> list[str]:
    """A private time is not in the event, so nothing can be reckoned from it."""
    return [name for name, fact in facts.items() if fact.kind == "time" and fact.holder is None]


def triggers(path: Path, given: Iterable[Trigger], happening: set[str], names: Names) -> Iterator[Fault]:
    for index, trigger in enumerate(given):
        if trigger.event not in EVENTS:
            yield Fault((*path, index), f"the language has no event `{trigger.event}`")
        elif trigger.event in _SILENT:
            yield Fault(
                (*path, index), f"nothing starts or stops by `{trigger.event}`; a miss that escalates is `escalated`"
            )
        elif trigger.event not in happening:
            yield Fault((*path, index), f"no act of this policy leads to `{trigger.event}`")


def _cases(path: Path, rules: list[Rule], names: Names) -> Iterator[Fault]:
    """Each case has exactly one limit: `none` is said, never implied (design §3)."""
    known = {**names.values, "hours": frozenset(_HOURS["hours"])}
    asked = sorted({name for rule in rules for name in rule.when if name in known})
    spaces = [sorted(known[name]) + (["none"] if name in names.absent else []) for name in asked]
    cases = itertools.islice(itertools.product(*spaces), MOST_CASES) if rules else ()
    for values in cases:
        case = dict(zip(asked, values, strict=True))
        found = [rule for rule in rules if holds(rule.when, case)]
        shown = ", ".join(f"{name}: {value}" for name, value in case.items())
        if not found:
            yield Fault(
                (*path, "within"), f"no limit for the case {shown}; say `limit: none` where there is to be none"
            )
        elif len(found) > 1:
            yield Fault((*path, "within"), f"two limits for the same case {shown or '(always)'}")


def _ageing(document: Document) -> Iterator[Fault]:
    if document.severity is None:
        return
    for index, age in enumerate(document.severity.ageing):
        path: Path = ("severity", "ageing", index)
        yield from limit((*path, "after"), age.after)
        yield from checks.unknown((*path, "to"), [age.to], document.severity.classes, "class")
        yield from checks.unknown((*path, "start"), [age.start], EVENTS, "event")
        yield from checks.unknown((*path, "until"), age.until, EVENTS, "event")
