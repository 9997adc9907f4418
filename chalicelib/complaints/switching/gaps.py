"""What a newer policy version lacks that a complaint needs: nothing that it stands on may vanish under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chalicelib.complaints.fields import pointer
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.vocabulary import RESERVED_ACTORS
from chalicelib.problem import Place

_OF_THE_LANGUAGE = frozenset({"reachable", "in_time", "routed", "demand"})
"""Flags that the language itself sets, under any policy."""


def gaps(old: Policy, new: Policy, complaint: Complaint, stage: str, stages: Mapping[str, str]) -> list[Place]:
    """Places below `/fields`: stages can be mapped, all else must be there. `stage`: where it would stand."""
    return [
        *_map(old, new, stages),
        *_stage(new, complaint, stage),
        *_roles(old, new, complaint),
        *_tasks(new, complaint),
        *_values(new, complaint),
    ]


def _map(old: Policy, new: Policy, stages: Mapping[str, str]) -> Iterator[Place]:
    known = ", ".join(new.document.stages)
    for name, to in stages.items():
        if name not in old.document.stages:
            yield Place(pointer("fields", "stages", name), f"is no stage of version {old.version}")
        elif to not in new.document.stages:
            yield Place(pointer("fields", "stages", name), f"must be one of: {known}")


def _stage(new: Policy, complaint: Complaint, stage: str) -> Iterator[Place]:
    if stage == complaint.stage and stage not in new.document.stages:
        known = ", ".join(new.document.stages)
        yield Place(pointer("fields", "stages", stage), f"this stage is gone; say which it becomes, one of: {known}")


def _roles(old: Policy, new: Policy, complaint: Complaint) -> Iterator[Place]:
    """Roles that people are assigned in, that owe a task, or whose approval or evidence is awaited."""
    needed: list[str] = [
        *(name for name in complaint.assigned if name in old.document.people),
        *(task.role for task in complaint.tasks.values()),
        *(role for proposal in complaint.proposals.values() for role in proposal.approvers),
        *(demand.of for demand in complaint.demands.values()),
        *filter(None, [complaint.flags.get("routed")]),
    ]
    known = {*new.document.people, *RESERVED_ACTORS}
    for role in _missing(needed, known):
        yield Place(pointer("fields", "roles", role), "the complaint needs this role, and the newer version lacks it")


def _tasks(new: Policy, complaint: Complaint) -> Iterator[Place]:
    """Tasks that are owed, or wait for approval."""
    proposed = [proposal.task for proposal in complaint.proposals.values() if proposal.task is not None]
    for name in _missing([*(task.task for task in complaint.tasks.values()), *proposed], new.document.tasks):
        yield Place(pointer("fields", "tasks", name), "the complaint needs this task, and the newer version lacks it")


def _values(new: Policy, complaint: Complaint) -> Iterator[Place]:
    """Channel, class and flags: conditions of the newer version go by them."""
    values = DefinedNames.of(new.document).values
    if complaint.channel not in new.document.intake.channels:
        yield Place("/fields/channel", f"the newer version has no channel `{complaint.channel}`")
    if complaint.severity is not None and complaint.severity not in new.classes:
        yield Place("/fields/severity", f"the newer version has no class `{complaint.severity}`")
    if complaint.severity is None and new.classes:
        yield Place("/fields/severity", "the newer version has classes, and the complaint is in none")
    for name, value in complaint.flags.items():
        known = values.get(name, frozenset())
        taken = any(one.startswith("field.") for one in known)
        if name not in _OF_THE_LANGUAGE and value not in known and not taken:
            yield Place(pointer("fields", "flags", name), f"the newer version has no flag of the value `{value}`")


def _missing(needed: Iterable[str], known: Iterable[str]) -> list[str]:
    there = set(known)
    return [name for name in dict.fromkeys(needed) if name not in there]
