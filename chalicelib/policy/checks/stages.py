"""Checking stages and their acts, each by itself; how they hang together is `check_reach`."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import clocks
from chalicelib.policy.checks.names import condition, unknown
from chalicelib.policy.checks.tells import tells
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import Act, PolicyDocument, Stage
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS, UNLISTED_ACTS
from chalicelib.policy.reading.faults import Fault, Path

_LISTABLE = EVENT_OF_ACT.keys() - UNLISTED_ACTS


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    assigning = any(act.assigns for stage in document.stages.values() for act in stage.acts.values())
    for name, stage in document.stages.items():
        yield from _stage(("stages", name), stage, document, names)
        for act_name, act in stage.acts.items():
            if not assigning and act.by and all(doer.of == "assigned" for doer in act.by):
                yield Fault(("stages", name, "acts", act_name, "by"), "nobody-assigned")


def _stage(path: Path, stage: Stage, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    for name, act in stage.acts.items():
        if name not in _LISTABLE:
            yield Fault((*path, "acts", name), "no-act", name=name, known=sorted(_LISTABLE))
        else:
            yield from _act((*path, "acts", name), act, names)
            yield from _rules_of((*path, "acts", name), name, act, document)
    onward = {act.to for act in stage.acts.values() if act.to is not None}
    if stage.acts and not onward - {path[-1]}:
        yield Fault(path, "stage-closed-in", name=path[-1])


def _act(path: Path, act: Act, names: DefinedNames) -> Iterator[Fault]:
    if not act.by:
        yield Fault((*path, "by"), "act-by-nobody")
    yield from unknown((*path, "by"), [doer.role for doer in act.by], names.actors, "no-role")
    if act.to is not None:
        yield from unknown((*path, "to"), [act.to], names.stages, "no-stage")
    yield from unknown((*path, "after"), act.after, EVENTS, "no-event")
    yield from unknown((*path, "assigns"), act.assigns, names.assignable, "no-role")
    fields = [*act.needs, *act.takes]
    yield from unknown((*path, "assigns"), act.assigns.values(), fields, "no-field-of-act")
    taken = [value.removeprefix("field.") for value in act.sets.values() if value.startswith("field.")]
    yield from unknown((*path, "sets"), taken, fields, "no-field-of-act")
    yield from condition((*path, "when"), act.when, names)
    yield from tells((*path, "tells"), act.tells, names)
    if act.approval is not None:
        if not act.approval.by:
            yield Fault((*path, "approval", "by"), "act-by-nobody")
        yield from unknown((*path, "approval", "by"), act.approval.by, names.roles, "no-role")
        yield from condition((*path, "approval", "when"), act.approval.when, names)


def _rules_of(path: Path, name: str, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """What single acts of the language need."""
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
            yield from clocks.limit((*path, part), getattr(act, part))
