"""Which events can happen under a policy."""

from __future__ import annotations

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS


def by_itself(document: PolicyDocument) -> set[str]:
    """Those that no stage's act leads to: of time, evidence, proposals and tasks."""
    found = set(EVENTS - set(EVENT_OF_ACT.values()))
    if document.tasks:
        found.add("task_done")
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    if any(act.approval for act in acts) or any(task.approval for task in document.tasks.values()):
        found |= {"approved", "rejected"}
    return found | _evidence(document)


def _evidence(document: PolicyDocument) -> set[str]:
    """Evidence that is asked for at filing, and what comes in by uploading it."""
    at_filing = document.intake.evidence_within is not None and bool(document.intake.evidence)
    asked = at_filing or any("demand_evidence" in stage.acts for stage in document.stages.values())
    return ({"evidence_demanded"} if at_filing else set()) | ({"evidence_received"} if asked else set())


def anywhere(document: PolicyDocument) -> set[str]:
    """What may have been before, whatever the stage: `by_itself`, what every office does under any policy, that
    somebody was told, and the end of a complaint that follows another's."""
    return by_itself(document) | {"noted", "linked", "notified", "closed"}


def all_of(document: PolicyDocument) -> set[str]:
    acts = {act for stage in document.stages.values() for act in stage.acts}
    return {EVENT_OF_ACT[act] for act in acts if act in EVENT_OF_ACT} | by_itself(document)
