"""The events that can happen under a policy, and the graph of its stages: an edge for each act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, EVENTS_IN_ANY_STAGE, PROPOSAL_EVENTS


def events_outside_stages(document: PolicyDocument) -> set[str]:
    """Events that no stage's act causes: those of time, evidence, proposals and tasks."""
    found = set(EVENTS - set(EVENT_OF_ACT.values()))
    if document.tasks:
        found.add("task_done")
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    if any(act.approval for act in acts) or any(task.approval for task in document.tasks.values()):
        found |= PROPOSAL_EVENTS
    return found | _evidence_events(document)


def _evidence_events(document: PolicyDocument) -> set[str]:
    """`evidence_demanded` if the intake asks for evidence; `evidence_received` if the intake or an act does."""
    at_filing = document.intake.evidence_within is not None and bool(document.intake.evidence)
    asked = at_filing or any("demand_evidence" in stage.acts for stage in document.stages.values())
    return ({"evidence_demanded"} if at_filing else set()) | ({"evidence_received"} if asked else set())


def events_in_any_stage(document: PolicyDocument) -> set[str]:
    """Events that may already have happened, whatever the stage.

    In addition to `events_outside_stages`: those of acts that every policy allows in every stage, notifications, and
    the closing of a complaint together with the one that it follows.
    """
    return events_outside_stages(document) | EVENTS_IN_ANY_STAGE | {"notified", "closed"}


def all_events(document: PolicyDocument) -> set[str]:
    """Events that an act of a stage causes, and `events_outside_stages`."""
    acts = {act for stage in document.stages.values() for act in stage.acts}
    return {EVENT_OF_ACT[act] for act in acts if act in EVENT_OF_ACT} | events_outside_stages(document)


def stages_after(events: Iterable[str], document: PolicyDocument) -> frozenset[str]:
    """The stages in which a complaint can be right after one of these events."""
    found: set[str] = set()
    for event in events:
        acts = [(name, *one) for name, stage in document.stages.items() for one in stage.acts.items()]
        causes = [(name, act) for name, key, act in acts if EVENT_OF_ACT.get(key) == event]
        if event == "registered":
            found.add(document.intake.first)
        elif not causes or event in events_in_any_stage(document):
            return frozenset(document.stages)
        for name, act in causes:
            found |= act.stages_after(name)
    return frozenset(found)


StageGraph = Mapping[str, set[str]]
"""Maps each stage to the stages that its acts lead to."""


def stage_transitions(document: PolicyDocument) -> StageGraph | None:
    """Returns None if an act or `intake.first` names an undefined stage; another check reports that fault."""
    stages = document.stages
    targets = {
        name: {target.stage for act in stage.acts.values() for target in act.targets} for name, stage in stages.items()
    }
    complete = document.intake.first in stages and all(to in stages for onward in targets.values() for to in onward)
    return targets if complete else None


def reverse_graph(graph: StageGraph) -> StageGraph:
    """The same graph with every edge reversed."""
    back: dict[str, set[str]] = {name: set() for name in graph}
    for name, targets in graph.items():
        for to in targets:
            back[to].add(name)
    return back


def reachable_stages(start: Iterable[str], graph: StageGraph) -> set[str]:
    """The stages that can be reached from the start stages, including the start stages."""
    found: set[str] = set()
    stack = list(start)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(graph[name])
    return found
