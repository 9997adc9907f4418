"""Checking the ways through the stages: which no complaint comes into.

A stage is reported once, at the root: what lies behind it counts as reached from then on.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stage_graph import StageGraph, reachable_stages, stage_transitions
from chalicelib.policy.reading.faults import Fault


def faults(document: PolicyDocument) -> Iterator[Fault]:
    leads = stage_transitions(document)
    if leads is not None:
        yield from _unreachable(document.intake.first, leads)


def _unreachable(first: str, leads: StageGraph) -> Iterator[Fault]:
    left = set(leads) - reachable_stages([first], leads)
    while left:
        behind = {to for name in left for to in leads[name] if to != name}
        root = next((name for name in leads if name in left - behind), None)
        root = root or next(name for name in leads if name in left)
        yield Fault(("stages", root), "stage-unreachable", name=root)
        left -= reachable_stages([root], leads)
