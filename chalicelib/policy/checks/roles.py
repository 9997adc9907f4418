"""Checks roles, tiers and confidentiality: every role is used, every tier has roles, and rules name known roles.

Somebody must assign the people on whom acts and notifications depend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import RoleSelector
from chalicelib.policy.language.vocabulary import RESERVED_ACTORS
from chalicelib.policy.reading.faults import Fault, Path

_ROUTED = "routed"


def assignment_faults(document: PolicyDocument) -> Iterator[Fault]:
    """Reports what is for the assigned; notifications of the assigned only if nothing else is at fault."""
    assigned = {role for stage in document.stages.values() for act in stage.acts.values() for role in act.assigns}
    found = list(_part_faults(document, assigned))
    yield from found
    if not found and not assigned:
        yield from _notification_faults(document)


def _part_faults(document: PolicyDocument, assigned: set[str]) -> Iterator[Fault]:
    for stage_name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            path: Path = ("stages", stage_name, "acts", act_name, "by")
            yield from _selector_faults(path, act.by, assigned, document)
    rules = document.confidentiality
    if rules is not None:
        yield from _selector_faults(("confidentiality", "complainant"), rules.complainant or (), assigned, document)
        yield from _selector_faults(("confidentiality", "content"), rules.content or (), assigned, document)


def _selector_faults(
    path: Path, selectors: Sequence[RoleSelector], assigned: set[str], document: PolicyDocument
) -> Iterator[Fault]:
    for one in selectors:
        if one.of == "assigned" and not _is_assigned(one, assigned, document):
            yield Fault(path, "role-not-assigned", name=one.role)
            return


def _is_assigned(selector: RoleSelector, assigned: set[str], document: PolicyDocument) -> bool:
    """An assignment to a field, such as `responsible`, can concern any role; so can one of the routed role."""
    if selector.role not in document.people and selector.role != _ROUTED:
        return True
    functions = assigned - set(document.people)
    routes = {route.role for route in document.intake.routing}
    if selector.role == _ROUTED:
        return bool(functions or assigned & routes)
    return (
        selector.role in assigned or bool(functions - {_ROUTED}) or (_ROUTED in functions and selector.role in routes)
    )


def _notification_faults(document: PolicyDocument) -> Iterator[Fault]:
    for stage_name, stage in document.stages.items():
        for act_name, act in stage.acts.items():
            for index, rule in enumerate(act.tells):
                if "assigned" in rule.roles:
                    path: Path = ("stages", stage_name, "acts", act_name, "tells", index, "to")
                    yield Fault(path, "role-not-assigned", name="assigned")
    for index, rule in enumerate(document.intake.tells):
        if "assigned" in rule.roles:
            yield Fault(("intake", "tells", index, "to"), "role-not-assigned", name="assigned")


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
            used.update(role for one in act.approvals for role in one.roles)
    lowering = document.severity.lowering if document.severity else None
    used.update(lowering.approval.roles if lowering and lowering.approval else ())
    used.update(role for fact in document.fields.values() for role in fact.roles)
    for task in document.tasks.values():
        used.update((task.role, *task.approval, *(to for rule in task.tells for to in rule.roles)))
    rules = document.confidentiality
    if rules is not None:
        used.update(selector.role for selector in (*(rules.complainant or ()), *(rules.content or ())))
        used.update(rules.auditors)
    if document.points is not None:
        used.update(threshold.role for threshold in document.points.at if threshold.role is not None)
    if document.amendment is not None and document.amendment.approval is not None:
        used.update(document.amendment.approval.by)
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
