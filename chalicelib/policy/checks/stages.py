"""Checks each stage and its acts. `reachability` checks how the stages are connected."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks.references import condition_faults, notification_faults, undefined_names
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import Act, PolicyDocument, Stage
from chalicelib.policy.language.vocabulary import EVENTS, LISTABLE_ACTS
from chalicelib.policy.reading.faults import Fault, Path


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    assigning = any(act.assigns for stage in document.stages.values() for act in stage.acts.values())
    for name, stage in document.stages.items():
        yield from _stage_faults(("stages", name), stage, document, names)
        for act_name, act in stage.acts.items():
            if not assigning and act.by and all(selector.of == "assigned" for selector in act.by):
                yield Fault(("stages", name, "acts", act_name, "by"), "nobody-assigned")


def _stage_faults(path: Path, stage: Stage, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    for name, act in stage.acts.items():
        if name not in LISTABLE_ACTS:
            yield Fault((*path, "acts", name), "no-act", name=name, known=sorted(LISTABLE_ACTS))
        else:
            yield from _act_faults((*path, "acts", name), act, names)
            yield from _act_rule_faults((*path, "acts", name), name, act, document)
    onward = {act.to for act in stage.acts.values() if act.to is not None}
    if stage.acts and not onward - {path[-1]}:
        yield Fault(path, "stage-closed-in", name=path[-1])


def _act_faults(path: Path, act: Act, names: DefinedNames) -> Iterator[Fault]:
    if not act.by:
        yield Fault((*path, "by"), "act-by-nobody")
    yield from undefined_names((*path, "by"), [selector.role for selector in act.by], names.actors, "no-role")
    if act.to is not None:
        yield from undefined_names((*path, "to"), [act.to], names.stages, "no-stage")
    yield from undefined_names((*path, "after"), act.after, EVENTS, "no-event")
    yield from undefined_names((*path, "assigns"), act.assigns, names.assignable, "no-role")
    fields = [*act.needs, *act.takes]
    yield from undefined_names((*path, "assigns"), act.assigns.values(), fields, "no-field-of-act")
    taken = [value.removeprefix("field.") for value in act.sets.values() if value.startswith("field.")]
    yield from undefined_names((*path, "sets"), taken, fields, "no-field-of-act")
    yield from condition_faults((*path, "when"), act.when, names)
    yield from notification_faults((*path, "tells"), act.tells, names)
    if act.approval is not None:
        if not act.approval.by:
            yield Fault((*path, "approval", "by"), "act-by-nobody")
        yield from undefined_names((*path, "approval", "by"), act.approval.by, names.roles, "no-role")
        yield from condition_faults((*path, "approval", "when"), act.approval.when, names)


def _act_rule_faults(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """The rules of individual acts of the language."""
    if name == "refuse" and not document.intake.refusals:
        yield Fault(path, "refuse-without-grounds")
    if name == "refuse" and "ground" not in act.needs:
        yield Fault((*path, "needs"), "refuse-needs-ground")
    if name == "classify" and ("severity" not in act.needs or document.severity is None):
        yield Fault((*path, "needs"), "classify-needs-severity")
    if act.all and name != "sign":
        yield Fault((*path, "all"), "all-but-sign")
    for part in ("within", "most"):
        if getattr(act, part) is not None:
            yield from clocks.limit_faults((*path, part), getattr(act, part))
