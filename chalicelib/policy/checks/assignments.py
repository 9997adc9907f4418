"""Checks that somebody assigns the people on whom acts and notifications depend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import RoleSelector
from chalicelib.policy.reading.faults import Fault, Path

_ROUTED = "routed"


def faults(document: PolicyDocument) -> Iterator[Fault]:
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
            yield Fault(path, "nobody-assigned", name=one.role)
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
                    yield Fault(path, "nobody-assigned", name="assigned")
    for index, rule in enumerate(document.intake.tells):
        if "assigned" in rule.roles:
            yield Fault(("intake", "tells", index, "to"), "nobody-assigned", name="assigned")
