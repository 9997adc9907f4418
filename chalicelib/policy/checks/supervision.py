"""Checks supervision: its roles exist, and its inspections have an end."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.publicity import Inspection
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import parse_limit


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    supervision = document.supervision
    if supervision is None:
        return
    path: Path = ("supervision",)
    if not supervision.by:
        yield Fault((*path, "by"), "supervised-by-nobody")
    yield from undefined_names((*path, "by"), supervision.by, names.roles, "no-role")
    if supervision.inspection is not None:
        yield from _inspection_faults((*path, "inspection"), supervision.inspection, names)


def _inspection_faults(path: Path, inspection: Inspection, names: DefinedNames) -> Iterator[Fault]:
    wrong = list(clocks.limit_faults((*path, "due"), inspection.due))
    yield from wrong
    if not wrong and parse_limit(inspection.due).kind == "none":
        yield Fault((*path, "due"), "schedule-never-due")
    yield from undefined_names((*path, "role"), [inspection.role], names.roles, "no-role")
    yield from undefined_names((*path, "tells"), inspection.tells, names.roles | {"owner"}, "no-role")
