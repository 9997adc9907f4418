"""The ways from stage to stage, as the acts lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.policy.language.model import PolicyDocument

StageGraph = Mapping[str, set[str]]
"""From each stage, the stages that its acts lead to."""


def ways(document: PolicyDocument) -> StageGraph | None:
    """None where an act, or the beginning, leads to a stage that is none: that is a fault by itself."""
    stages = document.stages
    found = {name: {act.to for act in stage.acts.values() if act.to} for name, stage in stages.items()}
    whole = document.intake.first in stages and all(to in stages for onward in found.values() for to in onward)
    return found if whole else None


def turned(onward: StageGraph) -> StageGraph:
    """The same ways, walked backwards."""
    back: dict[str, set[str]] = {name: set() for name in onward}
    for name, found in onward.items():
        for to in found:
            back[to].add(name)
    return back


def reached(start: Iterable[str], onward: StageGraph) -> set[str]:
    """The stages to which a way leads, those of the start among them."""
    found: set[str] = set()
    stack = list(start)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(onward[name])
    return found
