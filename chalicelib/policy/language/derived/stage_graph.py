"""The graph of a policy's stages: an edge for each act that leads from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.policy.language.model import PolicyDocument

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
