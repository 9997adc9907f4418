"""Checks each stage and its acts. `reachability` checks how the stages are connected."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import act_rules, cases, people
from chalicelib.policy.checks.events.event_names import undefined_events
from chalicelib.policy.checks.references import condition_faults, notification_faults, undefined_names
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.possible_values import Values, clock_values, flag_values, own_values
from chalicelib.policy.language.stages import Act, Approval, Stage
from chalicelib.policy.language.vocabulary import LISTABLE_ACTS
from chalicelib.policy.reading.faults import Fault, Path

MAX_TARGETS = 20
"""The maximum number of targets of an act."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    clocks = clock_values(document)
    for name, stage in document.stages.items():
        yield from _stage_faults(("stages", name), stage, document, names, clocks)


def _stage_faults(
    path: Path, stage: Stage, document: PolicyDocument, names: DefinedNames, clocks: Values
) -> Iterator[Fault]:
    here = {"stage": frozenset({str(path[-1])})}
    for name, act in stage.acts.items():
        where: Path = (*path, "acts", name)
        if name not in LISTABLE_ACTS:
            yield Fault(where, "no-act-of-stage", name=name, known=sorted(LISTABLE_ACTS))
            continue
        yield from _reference_faults(where, act, names, act_rules.corrected(name, document))
        yield from _flag_faults(where, act, document)
        yield from condition_faults((*where, "when"), act.when, names, {**here, **clocks})
        after = {"stage": frozenset(act.stages_after(str(path[-1])))}
        yield from _outcome_faults(where, act, names, {**after, **own_values(document, act)}, clocks)
        yield from _target_faults(where, act, names, {**here, **own_values(document, act)})
        yield from act_rules.faults(where, name, act, document)
    onward = {target.stage for act in stage.acts.values() for target in act.targets}
    if stage.acts and not onward - {path[-1]} and all(act.to != [] for act in stage.acts.values()):
        yield Fault(path, "stage-closed-in", name=path[-1])


def _reference_faults(path: Path, act: Act, names: DefinedNames, further: frozenset[str]) -> Iterator[Fault]:
    """`further`: names that the act may give besides fields and facts."""
    if not act.by:
        yield Fault((*path, "by"), "act-by-nobody")
    yield from undefined_names((*path, "by"), [selector.role for selector in act.by], names.actors, "no-role")
    yield from people.restriction_faults((*path, "by"), act.by, names)
    yield from undefined_names((*path, "needs"), act.needs, names.givable | further, "no-field")
    yield from undefined_names((*path, "takes"), act.takes, names.givable | further, "no-field")
    yield from undefined_events((*path, "after"), act.after)
    unknown = [role for role in act.assigns if role not in names.assignable]
    yield from undefined_names((*path, "assigns"), unknown, names.roles, "no-role")  # `known` lists the roles only
    fields = [*act.needs, *act.takes]
    yield from undefined_names((*path, "assigns"), act.assigned_fields.values(), fields, "no-field-of-act")
    for role, one in act.assigns.items():
        if not isinstance(one, str):
            yield from people.record_faults((*path, "assigns", role), one.excluded, one.same, names)
    taken = [value.removeprefix("field.") for value in act.sets.values() if value.startswith("field.")]
    yield from undefined_names((*path, "sets"), taken, fields, "no-field-of-act")


def _flag_faults(path: Path, act: Act, document: PolicyDocument) -> Iterator[Fault]:
    """A flag takes the value of a field that has a list of values, so that conditions can ask for it."""
    for flag, value in act.sets.items():
        name = value.removeprefix("field.")
        if name != value and name in (*act.needs, *act.takes) and not flag_values(document, value):
            yield Fault((*path, "sets", flag), "flag-without-values", name=name)


def _outcome_faults(path: Path, act: Act, names: DefinedNames, own: Values, clocks: Values) -> Iterator[Fault]:
    """Conditions on the case as the act would leave it can also ask for the act's own fields.

    Those of messages can ask for the states of clocks before the act, too.
    """
    yield from notification_faults((*path, "tells"), act.tells, names, {**own, **clocks})
    if act.approval is not None:
        yield from approval_faults((*path, "approval"), act.approval, names, own)


def approval_faults(path: Path, approval: Approval, names: DefinedNames, own: Values) -> Iterator[Fault]:
    if not approval.by:
        yield Fault((*path, "by"), "act-by-nobody")
    yield from undefined_names((*path, "by"), approval.roles, names.roles, "no-role")
    yield from people.restriction_faults((*path, "by"), approval.by, names)
    for index, one in enumerate(approval.by):
        if not isinstance(one, str) and one.same == "proposed":
            yield Fault((*path, "by", index, "same"), "approved-by-proposer")
    yield from condition_faults((*path, "when"), approval.when, names, own)


def _target_faults(path: Path, act: Act, names: DefinedNames, extra: Values) -> Iterator[Fault]:
    """A single target needs no condition. Of several, exactly one applies in each case in which the act is open."""
    if isinstance(act.to, str):
        yield from undefined_names((*path, "to"), [act.to], names.stages, "no-stage")
    if not isinstance(act.to, list):
        return
    where: Path = (*path, "to")
    if not act.to:
        yield Fault(where, "no-targets")
        return
    if len(act.to) > MAX_TARGETS:
        yield Fault(where, "too-many-of", count=len(act.to), most=MAX_TARGETS)
        return
    for index, target in enumerate(act.to):
        yield from undefined_names((*where, index, "stage"), [target.stage], names.stages, "no-stage")
        yield from condition_faults((*where, index, "when"), target.when, names, extra)
    changed = {*act.sets, *act.needs, *act.takes}
    within = {name: values for name, values in act.when.items() if name not in changed}
    conditions = [target.when for target in act.to]
    yield from cases.faults(where, conditions, {**names.possible, **extra}, cases.TARGETS, within)
