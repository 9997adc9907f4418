"""Checks that an act by time (`missed: {act, fields}`) is possible in a case in which its clock is due.

Only what the document decides counts: the stages in which the clock can run, its own state, the constant fields, and
the values that the case can have then. Everything else is taken to allow the act. A value stays until an act gives the
case another, or age raises its class. The start of the clock decides the values that its `when` asks for; a flag begins
without one. A switch of the version is not considered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import msgspec

from chalicelib.policy.language.conditions import CLOCK_PREFIX, Condition, condition_value, fits
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.derived.possible_events import stages_after
from chalicelib.policy.language.derived.possible_values import flag_values
from chalicelib.policy.language.derived.stage_graph import reachable_stages, reverse_graph, stage_transitions
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, Fact, RequiredWhen, band_name
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, COMPLAINT_CONDITIONS, EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path

_CLOSED = "closed"

_SEVERITY = "severity"


def at_due(document: PolicyDocument, clock: Clock, running: Set[str], stage: str) -> Mapping[str, frozenset[str]]:
    """By name of a condition: the possible values in this stage. A name that is missing can have any.

    `running`: the stages in which the clock can be running.
    """
    before, categories = _stages_before(stage, document), document.intake.categories
    earlier, meanwhile = _acts(document, before, before), _acts(document, before & running, before)
    flags = {flag for one in document.stages.values() for act in one.acts.values() for flag in act.sets}
    flags -= COMPLAINT_CONDITIONS | document.intake.facts.keys()
    found = {}
    for name in {"channel", _SEVERITY, *categories, *flags}:
        if name in clock.when:
            values = _values(name, clock.when[name], meanwhile, document)
        elif name in flags - categories.keys():
            values = _values(name, ["none"], earlier, document)
        else:
            continue
        if values is not None:
            found[name] = values
    return found


def _stages_before(stage: str, document: PolicyDocument) -> Set[str]:
    """The stages that lead to this one, itself included.

    A duplicate can come from any stage to those in which the case that it follows can be after `close`.
    """
    graph = stage_transitions(document)
    acts = [(stage, *item) for stage, one in document.stages.items() for item in one.acts.items()]
    closed = {to for at, name, act in acts if EVENT_OF_ACT.get(name) == _CLOSED for to in act.stages_after(at)}
    if graph is None or stage in reachable_stages(closed, graph):
        return {*document.stages}
    return reachable_stages([stage], reverse_graph(graph))


def _acts(document: PolicyDocument, stages: Set[str], onward: Set[str]) -> list[Act]:
    """The acts of these stages that can leave a case in one of the stages `onward`."""
    offered = [(name, act) for name in stages for act in document.stages[name].acts.values()]
    return [act for name, act in offered if act.stages_after(name) & onward]


def _values(name: str, first: Iterable[str], acts: Iterable[Act], document: PolicyDocument) -> frozenset[str] | None:
    """The first values, and those that the acts and age can give; None if they can give any."""
    found = {*first}
    if name == _SEVERITY and document.severity is not None:
        found |= {age.to for age in document.severity.ageing}
    for act in acts:
        given = flag_values(document, act.sets[name]) if name in act.sets else None
        if given is None and name in (*act.needs, *act.takes, *act.sets):
            return None
        found |= given or set()
    return frozenset(found)


_STAGE, _DUPLICATE_ENDS = "stage", "closed"


def faults(path: Path, name: str, missed: MissedAct, document: PolicyDocument) -> Iterator[Fault]:
    prevented = _prevented(name, missed, document)
    if None not in prevented.values():
        case_text = ", ".join(f"{stage} ({what})" for stage, what in prevented.items())
        yield Fault((*path, "act"), "act-never-due", name=missed.act, case=case_text)


def can_be_due(stage: str, act: str, document: PolicyDocument) -> bool:
    """Whether a clock can perform the act in this stage."""
    return any(
        _prevented(name, clock.missed, document).get(stage, _STAGE) is None
        for name, clock in document.clocks.items()
        if isinstance(clock.missed, MissedAct) and clock.missed.act == act
    )


def _prevented(name: str, missed: MissedAct, document: PolicyDocument) -> dict[str, str | None]:
    """By stage that offers the act: what prevents it at the due time of the clock; None if nothing does."""
    clock = document.clocks[name]
    running = running_in(clock, document)
    due_in, own = running - {*clock.paused_in}, {CLOCK_PREFIX + name: frozenset({"running"})}
    offered = {stage: one.acts[missed.act] for stage, one in document.stages.items() if missed.act in one.acts}
    prevented: dict[str, str | None] = {}
    for stage, act in offered.items():
        known = {**at_due(document, clock, running, stage), **own, _STAGE: frozenset({stage})}
        case = _Case(document, act, missed.fields, known)
        prevented[stage] = _STAGE if stage not in due_in else next(case.obstacles(), None)
    return prevented


class _Case(msgspec.Struct, frozen=True):
    """`known`: the values that the names of conditions can have at the due time; others can have any."""

    document: PolicyDocument
    act: Act
    fields: Mapping[str, Any]
    known: Mapping[str, frozenset[str]]

    def obstacles(self) -> Iterator[str]:
        """The conditions and fields that prevent the act."""
        yield from self._unmet(self.act.when, self.known)
        needed = set(self.act.needs)
        if ground := self.document.intake.refusals.get(str(self.fields.get("ground"))):
            yield from self._unmet(ground.when, self.known)
            needed |= {*ground.needs}
        yield from sorted((needed - self.fields.keys()) | (self.fields.keys() - {*self.act.needs, *self.act.takes}))
        yield from self._required_too()
        before = {name: values for name, values in self.known.items() if name not in self.fields}
        own = {name: frozenset({condition_value(value)}) for name, value in self.fields.items() if _is_single(value)}
        for name, value in self.fields.items():
            definition = self.document.definition(name)
            option = None if definition is None else definition.choices.get(condition_value(value))
            if option is not None and any(self._unmet(option.when, {**before, **own})):
                yield name

    def _required_too(self) -> Iterator[str]:
        """The other fields that `required: {when}` surely asks for. An own field hides a value of the case."""
        own = {name: self._own_value(name) for name in (*self.act.needs, *self.act.takes)}
        for name in sorted(own.keys() - self.fields.keys() - BUILT_IN_FIELDS.keys()):
            fact = self.document.definition(name)
            when = fact.required.when if fact and isinstance(fact.required, RequiredWhen) else None
            if when is not None and all(self._surely(key, values, own) for key, values in when.items()):
                yield name

    def _surely(self, key: str, values: list[str], own: Mapping[str, Any]) -> bool:
        return fits({key: values}, own) if key in own else key in self.known and self.known[key] <= {*values}

    def _own_value(self, name: str) -> Any:
        """None for a private value, which conditions do not see."""
        fact = self.document.definition(name) or Fact()
        return band_name(fact.bands, self.fields.get(name)) if fact.holder is None else None

    @staticmethod
    def _unmet(when: Condition, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
        return (name for name, values in when.items() if name in known and known[name].isdisjoint(values))


def _is_single(value: Any) -> bool:
    """False for numbers, whose bands conditions ask for, and for lists and texts in two languages."""
    return isinstance(value, str | bool)


def running_in(clock: Clock, document: PolicyDocument) -> set[str]:
    """The stages in which the clock can be running."""
    ends = {one.event for one in clock.until if not one.fields} | (CANCELLING_EVENTS - {*clock.survives})
    if _DUPLICATE_ENDS not in ends:
        return set(document.stages)  # a duplicate is closed in the stage of the case that it follows
    found = set[str]()
    stack = [*stages_after({one.event for one in clock.start}, document)]
    while stack:
        stage = stack.pop()
        if stage in found:
            continue
        found.add(stage)
        acts = document.stages[stage].acts.items() if stage in document.stages else ()
        stack += [to for name, act in acts if EVENT_OF_ACT.get(name, "") not in ends for to in _to(act)]
    return found


def _to(act: Act) -> list[str]:
    return [target.stage for target in act.targets]
