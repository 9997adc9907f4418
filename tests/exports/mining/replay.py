"""Replays traces on the stages of their policy versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.policy.language.vocabulary import EVENTS_IN_ANY_STAGE, UNLISTED_ACTS

Policies = Mapping[str, Mapping[str, Any]]
"""The documents of the versions, by the id of the version's object."""
Trace = Sequence[Mapping[str, str]]


def misfits(trace: Trace, policies: Policies) -> list[str]:
    """The events that their policy does not allow in the stage before, or that lead to a stage to which it does not."""
    found, stage = [], ""
    for event in trace:
        if event["stage"] not in _stages_after(event, stage, policies[event["policy"]]):
            found.append(f"{event['seq']} {event['concept:name']}: {stage} → {event['stage']}")
        stage = event["stage"]
    return found


def fitness(traces: Sequence[Trace], policies: Policies) -> float:
    """The share of events that fit."""
    events = sum(len(trace) for trace in traces)
    return 1 - sum(len(misfits(trace, policies)) for trace in traces) / events


def _stages_after(event: Mapping[str, str], stage: str, policy: Mapping[str, Any]) -> set[str]:
    """The stages in which the event can leave a complaint that was in this stage. None if it cannot happen there."""
    act, type_ = event.get("act"), event["concept:name"]
    if type_ == "registered":
        return {policy["intake"]["first"]} if not stage else set()
    if act is None or type_ == "proposed":
        return {stage}
    listed = policy["stages"][stage].get("acts", {}).get(act)
    if listed is None:
        return {stage} if act in UNLISTED_ACTS or type_ in EVENTS_IN_ANY_STAGE or type_ == "assigned" else set()
    onward = listed.get("to")
    targets = {onward} if isinstance(onward, str) else {one["stage"] for one in onward or ()}
    return {stage} if event.get("partial") == "true" else targets or {stage}
