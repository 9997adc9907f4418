"""Finds the parts of a policy that a complaint needs and a newer version lacks. They prevent a switch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chalicelib.complaints.fields import pointer
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.vocabulary import RESERVED_ACTORS

_VERSION = "/to"
"""The field with the newer version."""
_BUILTIN_FLAGS = frozenset({"reachable", "in_time", "routed", "demand"})
"""Flags that the system sets under every policy."""


def gaps(old: Policy, new: Policy, complaint: Complaint, stage: str, stages: Mapping[str, str]) -> list[Place]:
    """Returns places in the terms of the switch. Stages can be mapped; everything else must exist.

    `stage`: the new stage.
    """
    return [
        *_stage_map(old, new, stages),
        *_stage(new, complaint, stage),
        *_roles(old, new, complaint),
        *_tasks(new, complaint),
        *_values(new, complaint),
    ]


def _stage_map(old: Policy, new: Policy, stages: Mapping[str, str]) -> Iterator[Place]:
    known = ", ".join(new.document.stages)
    for name, to in stages.items():
        if name not in old.document.stages:
            yield Place(pointer("stages", name), Text("is not a stage of version {version}", version=old.version))
        elif to not in new.document.stages:
            yield Place(pointer("stages", name), Text("must be one of: {known}", known=known))


def _stage(new: Policy, complaint: Complaint, stage: str) -> Iterator[Place]:
    if stage == complaint.stage and stage not in new.document.stages:
        known = ", ".join(new.document.stages)
        yield Place(
            pointer("stages", stage),
            Text("this stage no longer exists; map it to one of: {known}", known=known),
        )


def _roles(old: Policy, new: Policy, complaint: Complaint) -> Iterator[Place]:
    """Roles with assignees, open tasks, or pending approvals or evidence."""
    needed: list[str] = [
        *(name for name in complaint.assigned if name in old.document.people),
        *(task.role for task in complaint.tasks.values()),
        *(role for proposal in complaint.proposals.values() for role in proposal.approvers),
        *(demand.of for demand in complaint.demands.values()),
        *filter(None, [complaint.flags.get("routed")]),
    ]
    known = {*new.document.people, *RESERVED_ACTORS}
    for role in _missing(needed, known):
        yield Place(_VERSION, Text("lacks the role `{name}`, which the complaint needs", name=role))


def _tasks(new: Policy, complaint: Complaint) -> Iterator[Place]:
    """Tasks that are open or wait for approval."""
    proposed = [proposal.task for proposal in complaint.proposals.values() if proposal.task is not None]
    for name in _missing([*(task.task for task in complaint.tasks.values()), *proposed], new.document.tasks):
        yield Place(_VERSION, Text("lacks the task `{name}`, which the complaint needs", name=name))


def _values(new: Policy, complaint: Complaint) -> Iterator[Place]:
    """Channel, severity class and flags: the newer version's conditions depend on them."""
    values = DefinedNames.of(new.document).values
    if complaint.channel not in new.document.intake.channels:
        yield Place(_VERSION, Text("the newer version has no channel `{channel}`", channel=complaint.channel))
    if complaint.severity is None and new.classes:
        yield Place(_VERSION, "the newer version has classes, and the complaint is in none")
    elif complaint.severity is not None and complaint.severity not in new.classes:
        yield Place(_VERSION, Text("the newer version has no class `{severity}`", severity=complaint.severity))
    for name, value in complaint.flags.items():
        known = values.get(name, frozenset())
        taken = any(one.startswith("field.") for one in known)
        if name not in _BUILTIN_FLAGS and value not in known and not taken:
            yield Place(
                _VERSION, Text("the newer version has no flag `{name}` of the value `{value}`", name=name, value=value)
            )


def _missing(needed: Iterable[str], known: Iterable[str]) -> list[str]:
    existing = set(known)
    return [name for name in dict.fromkeys(needed) if name not in existing]
