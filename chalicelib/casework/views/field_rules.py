"""The fields of an act as a form asks for them: the options with their labels, and what depends on other fields.

The rules themselves are checked where the act is decided: `fields`, `rules`, `applying.lowering`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from chalicelib.complaints.acting import open_acts, rules
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.condition_context import field_case
from chalicelib.complaints.fields import INTERNAL, FieldSpec, holder_of
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint, Demand
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition, fits, holds
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, SIGN, STRUCK, RequiredWhen, is_public
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording import condition_words, field_words
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.language.wording.printing import BUILT_IN_VALUES

CONDITIONS = "conditions"
"""The field with the conditions of acceptance."""


class AskedOption(msgspec.Struct, frozen=True, kw_only=True):
    """`when`: the values of other fields of the act with which it is possible; empty if it always is.

    `known`: of a condition that follows from the complaint, whether it is met.
    """

    value: str
    label: Label
    when: Condition = {}
    known: bool | None = None


class AskedField(msgspec.Struct, frozen=True, kw_only=True):
    """`required_when`: it is required if one of these conditions on the act's other fields holds.

    `shown_when`: only then it is a field of the act. `holder`: the confidentiality class; None if events hold it.
    """

    spec: FieldSpec
    label: Label
    options: list[AskedOption]
    required_when: list[Condition]
    shown_when: Condition
    holder: str | None


class _Asking(msgspec.Struct, frozen=True):
    """`case`: the values that conditions compare. `own`: the names of the act's fields. `units`: those of the units."""

    policy: Policy
    complaint: Complaint
    asker: Asker
    name: str
    act: Act | None
    case: Mapping[str, str]
    own: frozenset[str]
    units: Mapping[str, str]


def asked(policy: Policy, complaint: Complaint, asker: Asker, name: str, units: Mapping[str, str]) -> list[AskedField]:
    """`units`: the names of the organisation's units, by id."""
    act, hooks = open_acts.listed(policy, complaint).get(name), hooks_of(name)
    specs = open_acts.form(policy, complaint, asker, name)
    if act is None:  # a form leaves out fields that the API's description has no place for
        specs = [*specs, *(one for one in hooks.fixed if one.name not in {spec.name for spec in specs})]
    own = frozenset(one.name for one in specs)
    one = _Asking(policy, complaint, asker, name, act, field_case(policy, complaint, own), own, units)
    shown = hooks.shown_when(policy, complaint) if act is None else {}
    return [
        AskedField(
            spec=spec,
            label=_label(one, spec),
            options=list(_options(one, spec)),
            required_when=[] if spec.required else list(_required_when(one, spec)),
            shown_when=shown.get(spec.name, {}),
            holder=_holder(spec, is_internal=hooks.is_internal),
        )
        for spec in specs
    ]


def _label(one: _Asking, spec: FieldSpec) -> Label:
    """The policy's name of the field, or that of what it names."""
    document, name, built_in = one.policy.document, spec.name, BUILT_IN_FIELDS.get(spec.name)
    if spec.fact.name is not None:
        return spec.fact.name
    assigned = {} if one.act is None else one.act.assigned_fields
    role = next((role for role, field in assigned.items() if field == name), "")
    if role in document.people:
        return document.people[role]
    if name in document.intake.categories:
        return document.intake.category_names.get(name, BUILT_IN_VALUES["category"])
    if one.act is not None and name == one.act.sets_unit:
        return BUILT_IN_VALUES["unit"]
    own = f"{one.name}.{name}"
    if one.act is None and own in catalogue.texts("field_names"):
        return _words_of(own)
    return _words_of(name) if built_in is None else built_in.label


def _words_of(name: str) -> Label:
    """Of a field of a built-in act, or an option of it."""
    found = catalogue.texts("field_names").get(name)
    return Label(zh=name) if found is None else Label(zh=found.zh, en=found.en)


def _labels_of_language(spec: FieldSpec) -> dict[str, Label]:
    names = {value: f"{spec.name}.{value}" for value in spec.choices}
    return {value: _words_of(name) for value, name in names.items() if name in catalogue.texts("field_names")}


def _holder(spec: FieldSpec, *, is_internal: bool) -> str | None:
    if is_public(spec.kind, spec.fact):
        return None
    return INTERNAL if is_internal and spec.fact.holder is None else holder_of(spec)


def _options(one: _Asking, spec: FieldSpec) -> Iterator[AskedOption]:
    document = one.policy.document
    labels = {
        **spec.fact.choices,
        **field_words.of_values(document, ["fields", spec.name]),
        **_labels_of_language(spec),
        **_labels_of_case(one, spec),
    }
    for value in [*spec.choices, *_references(one, spec)]:
        ground = document.intake.refusals.get(value) if spec.name == "ground" else None
        if ground is not None and not holds(ground.when, one.case):
            continue
        yield AskedOption(
            value=value,
            label=labels.get(value) or Label(zh=value),
            when=_option_when(one, spec, value),
            known=_known(one, spec, value),
        )


def _option_when(one: _Asking, spec: FieldSpec, value: str) -> Condition:
    """Without what the case fulfils: the form has no options that it rules out."""
    severity = one.policy.document.severity
    if spec.name == SIGN and severity is not None and not spec.fact.choices:
        return {"severity": [name for name, signs in severity.signs.items() if value in signs]}
    option = spec.fact.choices.get(value)
    return {} if option is None else _of_own(option.when, one.own)


def _of_own(condition: Condition, own: Collection[str]) -> Condition:
    return {name: values for name, values in condition.items() if name in own}


def _known(one: _Asking, spec: FieldSpec, value: str) -> bool | None:
    conditions = one.policy.document.intake.conditions
    is_condition = spec.name == CONDITIONS and value in conditions
    return rules.derived_condition(conditions[value], one.policy, one.complaint) if is_condition else None


def _labels_of_case(one: _Asking, spec: FieldSpec) -> dict[str, Label]:
    """Of options that the complaint has: lines of its stage's guidance, what awaits approval, open demands."""
    complaint, stages = one.complaint, one.policy.document.stages
    if one.act is not None and spec.name == one.act.sets_unit:
        return {unit: Label(zh=name) for unit, name in one.units.items()}
    demands = {f"{complaint.number}/{key}": demand for key, demand in complaint.demands.items()}
    if spec.name == "item" and complaint.stage in stages:
        return {str(number): line for number, line in enumerate(stages[complaint.stage].guidance, 1)}
    if spec.name == "proposal":
        return {f"{complaint.number}/{key}": _proposed(one, key) for key in complaint.proposals}
    return {value: _demanded(one, demands[value]) for value in _references(one, spec)}


def _proposed(one: _Asking, key: str) -> Label:
    proposal = one.complaint.proposals[key]
    task = one.policy.document.tasks.get(proposal.task or "")
    return event_label(one.policy.document, EVENT_OF_ACT[proposal.act]) if task is None else task.name


def _demanded(one: _Asking, demand: Demand) -> Label:
    known = one.policy.document.intake.evidence
    kinds = [known[kind].name for kind in demand.kinds if kind in known]
    return condition_words.alternatives(kinds) if kinds else Label(zh=demand.of)


def _references(one: _Asking, spec: FieldSpec) -> list[str]:
    """The open demands, for the field that names one. A party knows those to itself."""
    complaint, concern = one.complaint, hooks_of(one.name).concern
    if spec.name != concern or spec.choices:
        return []
    is_staff = one.asker.kind == "staff"
    found = (key for key, demand in complaint.demands.items() if is_staff or demand.of == one.asker.kind)
    return [f"{complaint.number}/{key}" for key in found if not complaint.demands[key].recorded]


def _required_when(one: _Asking, spec: FieldSpec) -> Iterator[Condition]:
    document, severity = one.policy.document, one.policy.document.severity
    required = spec.fact.required
    if isinstance(required, RequiredWhen):
        rest = {name: values for name, values in required.when.items() if name not in one.own}
        if fits(rest, one.case):
            yield _of_own(required.when, one.own)
    if one.act is None:
        return
    grounds = [name for name, ground in document.intake.refusals.items() if spec.name in ground.needs]
    if grounds and "ground" in one.own:
        yield {"ground": grounds}
    if severity is not None and hooks_of(one.name).severity is not None:
        if spec.name == SIGN and severity.needs_sign:
            yield {"severity": list(severity.needs_sign)}
        yield from _to_lower(one, spec)
    yield from _stated(one, spec)


def _to_lower(one: _Asking, spec: FieldSpec) -> Iterator[Condition]:
    """What the policy needs for a lower class, and for striking a sign."""
    from chalicelib.complaints.applying import lowering  # few acts

    rule = lowering.rule(one.policy)
    if rule is not None and spec.name in rule.needs:
        yield from lower_class(one.policy, one.complaint)


def lower_class(policy: Policy, complaint: Complaint) -> Iterator[Condition]:
    """The values of an act's fields with which it lowers the class or strikes a sign."""
    from chalicelib.complaints.applying import lowering

    lower = [name for name in policy.classes if lowering.applies(policy, complaint, {"severity": name})]
    for name, values in (("severity", lower), (STRUCK, lowering.on_record(complaint))):
        if values:
            yield {name: values}


def _stated(one: _Asking, spec: FieldSpec) -> Iterator[Condition]:
    """The due time of a task that the act opens."""
    for task in one.policy.document.tasks.values():
        for trigger in task.on if task.stated == spec.name else []:
            rest = {name: values for name, values in trigger.fields.items() if name not in one.own}
            if trigger.event == EVENT_OF_ACT[one.name] and fits(rest, {}):
                yield _of_own(trigger.fields, one.own)
