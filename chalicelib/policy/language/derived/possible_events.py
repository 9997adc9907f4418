"""The events that can happen under a policy, and the stages right after them."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.policy.language.derived import reach
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, EVENTS_IN_ANY_STAGE, PROPOSAL_EVENTS


def events_outside_stages(document: PolicyDocument) -> set[str]:
    """Events that no stage's act causes: those of time, evidence, proposals and tasks."""
    found = set(EVENTS - set(EVENT_OF_ACT.values()))
    if document.tasks:
        found.add("task_done")
    if reach.events(document):
        found.add("attempted")
    if _asks_approval(document):
        found |= PROPOSAL_EVENTS
    return found | _evidence_events(document)


def _asks_approval(document: PolicyDocument) -> bool:
    lowering = document.severity.lowering if document.severity else None
    second = lowering is not None and lowering.approval is not None
    by_acts = any(act.approval for act in document.acts)
    return second or by_acts or any(task.approval for task in document.tasks.values())


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
    causing: dict[str | None, list[tuple[str, Act]]] = {}
    for name, stage in document.stages.items():
        for key, act in stage.acts.items():
            causing.setdefault(EVENT_OF_ACT.get(key), []).append((name, act))
    for event in events:
        causes = causing.get(event, [])
        if event == "registered":
            found.add(document.intake.first)
        elif not causes or event in events_in_any_stage(document):
            return frozenset(document.stages)
        for name, act in causes:
            found |= act.stages_after(name)
    return frozenset(found)
