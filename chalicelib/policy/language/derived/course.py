"""The steps that usually lie ahead of a case: from its stage to an end, by the acts that most cases take."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chalicelib.policy.language.conditions import CLOCK_PREFIX, Condition
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import ACT_TERMS

_USUAL, _BY_TIME, _ASIDE = 10, 100, 1000
"""What an act costs: the course is the cheapest way to an end. One step more is better than an act that is rare."""
_FILING = "archive"
"""A step of the office alone. A case that it leads on has ended for its parties."""


class CourseStep(NamedTuple):
    """`act`: that leads to the stage, from the stage before. `forks`: it may lead to another one as well."""

    act: str
    stage: str
    forks: bool


def course(document: PolicyDocument, stage: str, known: Mapping[str, str]) -> list[CourseStep]:
    """Without the present stage; empty at an end. Behind a fork there is only what follows on each of its ways.

    `known`: the values of the case that no act changes, by name.
    """
    steps = _cheapest(document, stage, known)
    kept = list(steps)
    for before, step in zip([stage, *(one.stage for one in steps)], steps, strict=False):
        if step.forks and step in kept:
            sure = [_stages_behind(document, way, known) for way in _targets(document, before, step.act, known)]
            passed = kept.index(step) + 1
            kept[passed:] = [one for one in kept[passed:] if all(one.stage in each for each in sure)]
    return kept


def _stages_behind(document: PolicyDocument, stage: str, known: Mapping[str, str]) -> set[str]:
    return {one.stage for one in _cheapest(document, stage, known)}


def _cheapest(document: PolicyDocument, stage: str, known: Mapping[str, str]) -> list[CourseStep]:
    best: dict[str, int] = {}
    queue: list[tuple[int, int, str, tuple[CourseStep, ...]]] = [(0, 0, stage, ())]
    counted = 1
    while queue:
        cost, _, name, steps = heapq.heappop(queue)
        if name in best:
            continue
        best[name] = cost
        if _is_end(document, name):
            return list(steps)
        for added, step in _onward(document, name, known):
            heapq.heappush(queue, (cost + added, counted, step.stage, (*steps, step)))
            counted += 1
    return []


def _is_end(document: PolicyDocument, name: str) -> bool:
    stage = document.stages[name]
    leading = {key for key, act in stage.acts.items() if not is_aside(key) and act.stages_after(name) != {name}}
    return stage.is_end or _FILING in leading


def _onward(document: PolicyDocument, name: str, known: Mapping[str, str]) -> Iterator[tuple[int, CourseStep]]:
    for key, act in document.stages[name].acts.items():
        if _may_hold(act.when, known):
            ways = _targets(document, name, key, known)
            for place, way in enumerate(ways):
                yield _cost(key, act) + place, CourseStep(key, way, len(ways) > 1)


def _targets(document: PolicyDocument, name: str, key: str, known: Mapping[str, str]) -> list[str]:
    """The other stages to which the act of the stage may lead."""
    found = (one.stage for one in document.stages[name].acts[key].targets if _may_hold(one.when, known))
    return [one for one in dict.fromkeys(found) if one != name and one in document.stages]


def _cost(key: str, act: Act) -> int:
    if is_aside(key):
        return _ASIDE
    if act.by_time or any(name.startswith(CLOCK_PREFIX) for name in act.when):
        return _BY_TIME
    return _USUAL


def is_aside(key: str) -> bool:
    return "aside" in ACT_TERMS[key].part


def _may_hold(condition: Condition, known: Mapping[str, str]) -> bool:
    return all(known[name] in values for name, values in condition.items() if name in known)
