"""Checks roles, tiers and confidentiality: every role is used, every tier has roles, and rules name known roles."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import RESERVED_ACTORS
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    used = _used_roles(document)
    for role in document.people:
        if role in RESERVED_ACTORS:
            yield Fault(("people", role), "reserved", name=role)
        elif role not in used:
            yield Fault(("people", role), "role-unused", name=role)
    for index, tier in enumerate(document.tiers):
        path: Path = ("tiers", index)
        if not (tier.roles or tier.acting):
            yield Fault((*path, "roles"), "tier-empty")
        yield from undefined_names((*path, "roles"), tier.roles, names.roles, "no-role")
        if tier.within is not None:
            yield from _tier_limit_faults((*path, "within"), tier.within)
        if tier.again is not None:
            yield from clocks.repeat_interval_faults((*path, "again"), tier.again)
            if index + 1 < len(document.tiers):
                yield Fault((*path, "again"), "again-below-top")
    yield from undefined_names(("holds",), document.holds, names.roles, "no-role")


def _tier_limit_faults(path: Path, text: str) -> Iterator[Fault]:
    """An invalid limit, or `none`: a tier without a limit would never escalate to the next one."""
    yield from clocks.limit_faults(path, text)
    if text == "none":
        yield Fault(path, "tier-without-end")


def _used_roles(document: PolicyDocument) -> set[str]:
    """The roles to which the policy gives work, notifications or access."""
    used = {role for tier in document.tiers for role in tier.roles} | set(document.holds)
    used.update(to for rule in document.intake.tells for to in rule.roles)
    used.update(route.role for route in document.intake.routing)
    used.update(role for roles in document.intake.filed_by.values() for role in roles)
    for stage in document.stages.values():
        for act in stage.acts.values():
            used.update(selector.role for selector in act.by)
            used.update(to for rule in act.tells for to in rule.roles)
            used.update(act.assigns)
            used.update(act.approval.roles if act.approval else ())
    used.update(role for fact in document.fields.values() for role in fact.roles)
    for task in document.tasks.values():
        used.update((task.role, *task.approval, *(to for rule in task.tells for to in rule.roles)))
    rules = document.confidentiality
    if rules is not None:
        used.update(selector.role for selector in (*(rules.complainant or ()), *(rules.content or ())))
        used.update(rules.auditors)
    if document.points is not None:
        used.update(threshold.role for threshold in document.points.at if threshold.role is not None)
    used.update(role for ledger in document.ledgers.values() for role in ledger.roles)
    used.update(selector.role for form in document.forms.values() for selector in form.by or ())
    return used | _publishing_roles(document)


def _publishing_roles(document: PolicyDocument) -> set[str]:
    """The roles of publicity and supervision."""
    used: set[str] = set()
    if document.publicity is not None and document.publicity.notices is not None:
        approval = document.publicity.notices.approval
        used.update(approval.roles if approval else ())
    if document.supervision is not None:
        inspection = document.supervision.inspection
        used.update(document.supervision.by, (inspection.role, *inspection.tells) if inspection else ())
    return used


def confidentiality_faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """A fault for each unknown role in `confidentiality`, and one if the respondent may see the identity (P1.4)."""
    rules = document.confidentiality
    if rules is None:
        return
    known = names.roles | {"owner", "respondent"}
    identity_readers = [selector.role for selector in rules.complainant or ()]
    if "respondent" in identity_readers:
        yield Fault(("confidentiality", "complainant"), "never-sees")
    yield from undefined_names(("confidentiality", "complainant"), identity_readers, known, "no-role")
    content_readers = [selector.role for selector in rules.content or ()]
    yield from undefined_names(("confidentiality", "content"), content_readers, known, "no-role")
    yield from undefined_names(("confidentiality", "auditors"), rules.auditors, names.roles, "no-role")
