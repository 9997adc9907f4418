"""Checking that every complaint can come to an end: no stages that only lead into each other for ever.

An end is a stage that no act leads out of, or none but `reopen`; or an act that ends the case, such as `close`.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stage_graph import StageGraph, reachable_stages, reverse_graph, stage_transitions
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault

_ENDING = {act for act, event in EVENT_OF_ACT.items() if event in CANCELLING_EVENTS} | {"archive"}


def faults(document: PolicyDocument) -> Iterator[Fault]:
    onward = stage_transitions(document)
    if onward is None:
        return
    back = reverse_graph(onward)
    trapped = reachable_stages([document.intake.first], onward) - reachable_stages(_ends(document), back)
    while trapped:
        loop = _loop(next(iter(trapped)), onward, back)
        first = next(name for name in onward if name in loop)
        yield Fault(("stages", first), "endless", name=first, known=[name for name in onward if name in loop])
        trapped -= reachable_stages(loop, back)


def _ends(document: PolicyDocument) -> list[str]:
    return [name for name, stage in document.stages.items() if _is_end(name, document)]


def _is_end(name: str, document: PolicyDocument) -> bool:
    """A stage that nobody can leave counts as one here: it is reported as that."""
    acts = document.stages[name].acts
    out = {act for act, said in acts.items() if said.to not in (None, name)}
    return out <= {"reopen"} or bool(_ENDING & acts.keys())


def _loop(start: str, onward: StageGraph, back: StageGraph) -> set[str]:
    """Stages that all lead to each other and nowhere else, where every way from `start` leads to in the end."""
    while True:
        ahead = reachable_stages([start], onward)
        further = ahead - reachable_stages([start], back)
        if not further:
            return ahead
        start = next(iter(further))
