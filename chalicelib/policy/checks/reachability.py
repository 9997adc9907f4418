"""Checks that complaints can reach every stage, and can come to an end from each.

An end is a stage that no act except `reopen` leaves, or a stage with an act that ends the case, such as `close`.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stage_graph import StageGraph, reachable_stages, reverse_graph, stage_transitions
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT, REOPENING_ACTS
from chalicelib.policy.reading.faults import Fault

_ENDING_ACTS = {act for act, event in EVENT_OF_ACT.items() if event in CANCELLING_EVENTS} | {"archive"}


def faults(document: PolicyDocument) -> Iterator[Fault]:
    graph = stage_transitions(document)
    if graph is not None:
        yield from _unreachable(document.intake.first, graph)
        yield from _endless(document, graph)


def _unreachable(first: str, graph: StageGraph) -> Iterator[Fault]:
    """Reports a root stage only: the stages behind it count as reachable from then on."""
    left = set(graph) - reachable_stages([first], graph)
    while left:
        behind = {to for name in left for to in graph[name] if to != name}
        root = next((name for name in graph if name in left - behind), None)
        root = root or next(name for name in graph if name in left)
        yield Fault(("stages", root), "stage-unreachable", name=root)
        left -= reachable_stages([root], graph)


def _endless(document: PolicyDocument, graph: StageGraph) -> Iterator[Fault]:
    """Reports stages that only lead to each other."""
    back = reverse_graph(graph)
    trapped = reachable_stages([document.intake.first], graph) - reachable_stages(_ends(document), back)
    while trapped:
        loop = _find_loop(next(iter(trapped)), graph, back)
        first = next(name for name in graph if name in loop)
        yield Fault(("stages", first), "endless", name=first, known=[name for name in graph if name in loop])
        trapped -= reachable_stages(loop, back)


def _ends(document: PolicyDocument) -> list[str]:
    return [name for name in document.stages if _is_end(name, document)]


def _is_end(name: str, document: PolicyDocument) -> bool:
    """A stage that no act leaves counts as an end here; `checks.stages` reports it."""
    acts = document.stages[name].acts
    leaving = {act_name for act_name, act in acts.items() if any(target.stage != name for target in act.targets)}
    return leaving <= REOPENING_ACTS or bool(_ENDING_ACTS & acts.keys())


def _find_loop(start: str, graph: StageGraph, back: StageGraph) -> set[str]:
    """A set of stages, reachable from `start`, that lead to each other and to no other stage."""
    while True:
        ahead = reachable_stages([start], graph)
        no_return = ahead - reachable_stages([start], back)
        if not no_return:
            return ahead
        start = next(iter(no_return))
