"""The values that a case can have when a clock is due, as far as the document decides them.

A value stays until an act gives the case another, or age raises its class. The start of the clock decides the values
that its `when` asks for; a flag begins without one. A switch of the version is not considered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.possible_values import flag_values
from chalicelib.policy.language.stage_graph import reachable_stages, reverse_graph, stage_transitions
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import COMPLAINT_CONDITIONS, EVENT_OF_ACT

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
