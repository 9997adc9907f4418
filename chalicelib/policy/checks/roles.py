"""Checking roles and the ladder of tiers: nobody without anything to do, no tier without anybody."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks.names import unknown
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import RESERVED_ACTORS
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    used = _used(document)
    for role in document.people:
        if role in RESERVED_ACTORS:
            yield Fault(("people", role), "reserved", name=role)
        elif role not in used:
            yield Fault(("people", role), "role-unused", name=role)
    for index, tier in enumerate(document.tiers):
        path: Path = ("tiers", index)
        if not tier.roles:
            yield Fault((*path, "roles"), "tier-empty")
        yield from unknown((*path, "roles"), tier.roles, names.roles, "no-role")
        if tier.within is not None:
            yield from _within((*path, "within"), tier.within)
        if tier.again is not None:
            yield from clocks.repeats((*path, "again"), tier.again)
            if index + 1 < len(document.tiers):
                yield Fault((*path, "again"), "again-below-top")
    yield from unknown(("holds",), document.holds, names.roles, "no-role")


def _within(path: Path, text: str) -> Iterator[Fault]:
    """A tier that has no end hands on to none, and its own alarm is never repeated either."""
    yield from clocks.limit(path, text)
    if text == "none":
        yield Fault(path, "tier-without-end")


def _used(document: PolicyDocument) -> set[str]:
    """Every role that the policy gives something to do or to know: without that it need not be named."""
    used = {role for tier in document.tiers for role in tier.roles} | set(document.holds)
    used.update(to for tell in document.intake.tells for to in tell.to)
    used.update(route.role for route in document.intake.routing)
    for stage in document.stages.values():
        for act in stage.acts.values():
            used.update(doer.role for doer in act.by)
            used.update(to for tell in act.tells for to in tell.to)
            used.update(act.assigns)
            used.update(act.approval.by if act.approval else ())
    for task in document.tasks.values():
        used.update((task.role, *task.approval))
    rules = document.confidentiality
    if rules is not None:
        used.update(doer.role for doer in (*(rules.complainant or ()), *(rules.content or ())))
        used.update(rules.auditors)
    if document.points is not None:
        used.update(threshold.role for threshold in document.points.at if threshold.role is not None)
    return used
