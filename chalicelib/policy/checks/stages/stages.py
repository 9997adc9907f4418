"""Checks stages: the acts of each, how they are connected, and the ledgers of their complaints.

Complaints can reach every stage, and can come to an end from each. An end is a stage that no act except `reopen`
leaves, or a stage with an act that ends the case, such as `close`. A ledger has roles that keep it, and stages whose
complaints stand on one list of the staff queue.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks import cases, references
from chalicelib.policy.checks.references import condition_faults, notification_faults, undefined_events, undefined_names
from chalicelib.policy.checks.stages import act_rules
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.derived.possible_values import Values, clock_values, flag_values, own_values
from chalicelib.policy.language.derived.stage_graph import (
    StageGraph,
    reachable_stages,
    reverse_graph,
    stage_transitions,
)
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import TIME
from chalicelib.policy.language.stages import Act, Approval, Stage
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT, LISTABLE_ACTS, REOPENING_ACTS
from chalicelib.policy.reading.faults import Fault, Path


def ledger_faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    for name, ledger in document.ledgers.items():
        path: Path = ("ledgers", name)
        if not ledger.roles:
            yield Fault((*path, "roles"), "ledger-without", of="roles")
        yield from undefined_names((*path, "roles"), ledger.roles, names.roles, "no-role")
        if not ledger.stages:
            yield Fault((*path, "stages"), "ledger-without", of="stages")
        flags = {flag for stage in document.stages.values() for act in stage.acts.values() for flag in act.sets}
        yield from undefined_names((*path, "shows"), ledger.shows, {*document.intake.facts, *flags}, "cannot-be-listed")
        wrong = list(undefined_names((*path, "stages"), ledger.stages, names.stages, "no-stage"))
        yield from wrong
        if not wrong and len({document.stages[stage].shelf for stage in ledger.stages}) > 1:
            yield Fault((*path, "stages"), "ledger-of-several-shelves")


_ENDING_ACTS = {act for act, event in EVENT_OF_ACT.items() if event in CANCELLING_EVENTS} | {"archive"}


def reach_faults(document: PolicyDocument) -> Iterator[Fault]:
    graph = stage_transitions(document)
    if graph is not None:
        yield from _unreachable(document.intake.first, graph)
        yield from _endless(document, graph)


def _unreachable(first: str, graph: StageGraph) -> Iterator[Fault]:
    """Reports a root stage only: the stages behind it count as reachable from then on."""
    left = set(graph) - reachable_stages([first], graph)
    while left:
        behind = {to for name in left for to in graph[name] if to != name}
        root = next((name for name in graph if name in left - behind), None)
        root = root or next(name for name in graph if name in left)
        yield Fault(("stages", root), "stage-unreachable", name=root)
        left -= reachable_stages([root], graph)


def _endless(document: PolicyDocument, graph: StageGraph) -> Iterator[Fault]:
    """Reports stages that only lead to each other."""
    back = reverse_graph(graph)
    trapped = reachable_stages([document.intake.first], graph) - reachable_stages(_ends(document), back)
    while trapped:
        loop = _find_loop(next(iter(trapped)), graph, back)
        first = next(name for name in graph if name in loop)
        yield Fault(("stages", first), "endless", name=first, known=[name for name in graph if name in loop])
        trapped -= reachable_stages(loop, back)


def _ends(document: PolicyDocument) -> list[str]:
    return [name for name in document.stages if _is_end(name, document)]


def _is_end(name: str, document: PolicyDocument) -> bool:
    """A stage that no act leaves counts as an end here; `checks.stages` reports it."""
    acts = document.stages[name].acts
    leaving = {act_name for act_name, act in acts.items() if any(target.stage != name for target in act.targets)}
    return leaving <= REOPENING_ACTS or bool(_ENDING_ACTS & acts.keys())


def _find_loop(start: str, graph: StageGraph, back: StageGraph) -> set[str]:
    """A set of stages, reachable from `start`, that lead to each other and to no other stage."""
    while True:
        ahead = reachable_stages([start], graph)
        no_return = ahead - reachable_stages([start], back)
        if not no_return:
            return ahead
        start = next(iter(no_return))


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
    if not (stage.is_end or onward - {path[-1]}) and all(act.to != [] for act in stage.acts.values()):
        yield Fault(path, "stage-closed-in", name=path[-1])


def _reference_faults(path: Path, act: Act, names: DefinedNames, further: frozenset[str]) -> Iterator[Fault]:
    """`further`: names that the act may give besides fields and facts."""
    if not act.by:
        yield Fault((*path, "by"), "act-without-actor")
    roles = [selector.role for selector in act.by if selector.role != TIME]
    yield from undefined_names((*path, "by"), roles, names.actors, "no-role")
    yield from references.restriction_faults((*path, "by"), act.by, names)
    yield from undefined_names((*path, "needs"), act.needs, names.givable | further, "no-field")
    yield from undefined_names((*path, "takes"), act.takes, names.givable | further, "no-field")
    yield from undefined_events((*path, "after"), act.after)
    unknown = [role for role in act.assigns if role not in names.assignable]
    yield from undefined_names((*path, "assigns"), unknown, names.roles, "no-role")  # `known` lists the roles only
    fields = [*act.needs, *act.takes]
    yield from undefined_names((*path, "assigns"), act.assigned_fields.values(), fields, "no-field-of-act")
    for role, one in act.assigns.items():
        if not isinstance(one, str):
            yield from references.record_faults((*path, "assigns", role), one.excluded, one.same, names)
    taken = [value.removeprefix("field.") for value in act.sets.values() if value.startswith("field.")]
    yield from undefined_names((*path, "sets"), taken, fields, "no-field-of-act")
    for index, rule in enumerate(act.tells):
        to = [one.removeprefix("field.") for one in rule.roles if one.startswith("field.")]
        for key, used in (("to", to), ("encloses", rule.encloses)):
            known = [name for name in used if name in names.fields]  # what no field has is a fault already
            yield from undefined_names((*path, "tells", index, key), known, fields, "no-field-of-act")


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
    if isinstance(act.approval, list):
        for index, one in enumerate(act.approval):
            yield from approval_faults((*path, "approval", index), one, names, own)
            if not one.when and index + 1 < len(act.approval):
                yield Fault((*path, "approval", index + 1), "approval-never")
                break
    elif act.approval is not None:
        yield from approval_faults((*path, "approval"), act.approval, names, own)


def approval_faults(path: Path, approval: Approval, names: DefinedNames, own: Values) -> Iterator[Fault]:
    if not approval.by:
        yield Fault((*path, "by"), "approval-without-approver")
    yield from undefined_names((*path, "by"), approval.roles, names.roles, "no-role")
    yield from references.restriction_faults((*path, "by"), approval.by, names)
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
