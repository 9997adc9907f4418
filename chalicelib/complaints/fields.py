"""The fields of an act: their kinds, their checks, and whether they are public.

Events hold no free text. A field is public if its kind is (`fact_kinds`) and the policy gives it no `holder`.
Everything else is private and belongs to a class.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import EventFields, Secrets
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, pointer_of
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Condition, fits, holds
from chalicelib.policy.language.facts import BUILT_IN_FIELDS, SIGN, STRUCK, Fact, RequiredWhen, is_public
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.value_context import InvalidFieldValue, ValueContext
from chalicelib.policy.worktime import spend

INTERNAL = "internal"
"""The confidentiality class that only staff read."""
_PLAIN = Fact()
_CHOICES_A_STEP = 8
"""Choices whose conditions are compared in the time of a counted step."""
_LONGEST_STEP = 200


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of an act. `choices`: the values of a choice, or the names of the conditions."""

    name: str
    kind: str
    required: bool
    choices: list[str] | msgspec.UnsetType = msgspec.UNSET
    label: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


Forms = dict[str, list[FormField]]
"""The fields of each act."""


class FieldSpec(msgspec.Struct, frozen=True):
    """A field that an act takes. `kind`: a name of `fact_kinds`.

    `choices`: the allowed values of a choice, or the names of the conditions.
    """

    name: str
    kind: str
    required: bool
    choices: tuple[str, ...] = ()
    fact: Fact = _PLAIN
    zone: tzinfo = UTC
    """In which a date is compared with times."""
    now: Instant | None = None
    """The present for this value, if it is another: a complaint that arrived earlier wants things from then on."""

    @property
    def form_field(self) -> FormField:
        return FormField(
            name=self.name,
            kind=self.kind,
            required=self.required,
            choices=list(self.choices) or msgspec.UNSET,
            label=msgspec.UNSET if self.fact.name is None else self.fact.name.to_json(),
        )


class CheckedFields(msgspec.Struct, frozen=True):
    """Checked values: `public` for the event, `private` by confidentiality class, for the items beside it."""

    public: EventFields
    private: Secrets

    def event_fields(self) -> EventFields:
        """The public values, and in `given` the names of the private fields."""
        keys = sorted(key for values in self.private.values() for key in values)
        return {**self.public, "given": keys} if keys else dict(self.public)


FieldContext = Mapping[str, str]
"""The values that a choice's `when` is compared with (`situation`)."""


def specs(
    policy: Policy, act: Act, case: FieldContext | None = None, own: FieldContext | None = None
) -> list[FieldSpec]:
    """The fields that the act needs and takes, in the policy's order, with the choices that the complaint allows.

    `case`: the complaint's values. Without it, each name has the value `none` for a choice's `when`. `own`: the values
    of the act itself. Without them, a choice's `when` is satisfied by each of them that the act could have. A field
    whose `required: {when}` depends on the act's other fields is not required here: see `missing`.
    """
    free = frozenset((*act.needs, *act.takes)) if own is None else frozenset()
    before = case or {}
    known = {**before, **(own or {})}
    needed = with_requirement(act.needs, act.takes)
    return _required_in([spec(policy, act, name, required, known, free) for name, required in needed], before, {})


def by_hand(policy: Policy, act: Act) -> Act:
    """The act as a person does it: without the fields that time alone gives."""
    of_time = {name for name in act.takes if (policy.document.fields.get(name) or _PLAIN).given_by == "time"}
    return replace(act, takes=[name for name in act.takes if name not in of_time]) if of_time else act


def without_values(policy: Policy, act: Act, case: FieldContext) -> tuple[str, ...]:
    """The choices that the act needs and of which this case allows no value: with one, no person can do the act."""
    grounds = policy.document.intake.refusals.values()
    if "ground" in act.needs and grounds and not any(holds(ground.when, case) for ground in grounds):
        return ("ground",)
    needed = specs(policy, by_hand(policy, act), case)
    return tuple(one.name for one in needed if one.required and lacks_values(act, one))


def lacks_values(act: Act, spec: FieldSpec) -> bool:
    """True of a choice of which the case allows none, and of a unit where the organisation has none."""
    is_choice = fact_kinds.of(spec.kind).values == "choices" and bool(spec.fact.choices or spec.name == act.sets_unit)
    return is_choice and not spec.choices


def missing(
    specs: list[FieldSpec], given: CheckedFields, case: FieldContext, own: Mapping[str, Any]
) -> list[FieldSpec]:
    """Those that the case or the act's other fields require. `own`: the act's public values, with bands of numbers."""
    named = {*given.public, *(key for private in given.private.values() for key in private)}
    return [one for one in _required_in(specs, case, own) if one.required and one.name not in named]


def _required_in(specs: list[FieldSpec], case: FieldContext, own: Mapping[str, Any]) -> list[FieldSpec]:
    """The fields, each required if its `required: {when}` holds. An own field hides a value of the case."""
    values = {**case, **{one.name: own.get(one.name) for one in specs}}
    return [replace(one, required=one.required or _is_required(one.fact, values)) for one in specs]


def _is_required(fact: Fact, values: Mapping[str, Any]) -> bool:
    return isinstance(fact.required, RequiredWhen) and fits(fact.required.when, values)


def with_requirement(needs: Sequence[str], takes: Sequence[str]) -> list[tuple[str, bool]]:
    """Each field once, with True if it is required."""
    required = dict.fromkeys(needs, True)
    return list({**required, **{name: False for name in takes if name not in required}}.items())


def spec(
    policy: Policy, act: Act, name: str, required: bool, case: FieldContext, free: frozenset[str] = frozenset()
) -> FieldSpec:
    """`free`: the names that a choice's `when` does not ask for."""
    fact = policy.document.definition(name) or _PLAIN
    if act.assigns and name in act.assigned_fields.values():
        return FieldSpec(name, "people", required, fact=fact)
    if name == act.sets_unit:
        return _unit_spec(policy, name, required, fact)
    built_in = BUILT_IN_FIELDS.get(name)
    if built_in is None or (built_in.may_be_redefined and name in policy.document.fields):
        return policy_spec(policy, name, required, case, free)
    if name not in _CHOICES:
        return FieldSpec(name, built_in.kind, required, built_in.choices, built_in.fact)
    choices = _CHOICES[name](policy, case)
    if not choices:
        return policy_spec(policy, name, required, case, free)
    return FieldSpec(name, built_in.kind, required, choices, fact)


def _unit_spec(policy: Policy, name: str, required: bool, fact: Fact) -> FieldSpec:
    """One of the organisation's units; any name where these are not known."""
    if policy.units is None:
        return FieldSpec(name, "reference", required, fact=fact)
    return FieldSpec(name, "choice", required, tuple(sorted(policy.units)), replace(fact, kind="choice"))


def policy_spec(
    policy: Policy, name: str, required: bool, case: FieldContext, free: frozenset[str] = frozenset()
) -> FieldSpec:
    """The field as the policy's `fields` or, for a fact or a category, its `intake` define it."""
    categories = policy.document.intake.categories
    if name in categories and policy.document.definition(name) is None:
        return FieldSpec(name, "choice", required, tuple(categories[name]), Fact(kind="choice"))
    fact = policy.document.definition(name) or _PLAIN
    return FieldSpec(name, fact.kind, required, allowed_choices(fact, case, free), fact, policy.calendar.zone)


def allowed_choices(fact: Fact, case: FieldContext, free: Collection[str]) -> tuple[str, ...]:
    """The choices that the case allows. `free`: the names that their conditions do not ask for."""
    spend(1 + len(fact.choices) // _CHOICES_A_STEP)
    return tuple(choice for choice, option in fact.choices.items() if _is_allowed(option.when, case, free))


def _is_allowed(when: Condition, case: FieldContext, free: Collection[str]) -> bool:
    return holds({name: values for name, values in when.items() if name not in free}, case)


def _conditions(policy: Policy, _case: FieldContext) -> tuple[str, ...]:
    return tuple(policy.document.intake.conditions)


def _grounds(policy: Policy, _case: FieldContext) -> tuple[str, ...]:
    return tuple(policy.document.intake.refusals)


def _severities(policy: Policy, _case: FieldContext) -> tuple[str, ...]:
    return tuple(policy.classes)


def _signs(policy: Policy, _case: FieldContext) -> tuple[str, ...]:
    signs = policy.document.severity.signs if policy.document.severity else {}
    return tuple(dict.fromkeys(sign for of_class in signs.values() for sign in of_class))


def _evidence_kinds(policy: Policy, _case: FieldContext) -> tuple[str, ...]:
    return tuple(policy.document.intake.evidence)


def _clocks(policy: Policy, _case: FieldContext) -> tuple[str, ...]:
    return tuple(policy.clocks)


def _guidance_lines(policy: Policy, case: FieldContext) -> tuple[str, ...]:
    """The lines of the stage's guidance, counted from 1 (P2.4)."""
    lines = policy.document.stages[case["stage"]].guidance if "stage" in case else []
    return tuple(str(number) for number, _ in enumerate(lines, 1))


_CHOICES: dict[str, Callable[[Policy, FieldContext], tuple[str, ...]]] = {
    "conditions": _conditions,
    "ground": _grounds,
    "severity": _severities,
    SIGN: _signs,
    STRUCK: _signs,
    "clock": _clocks,
    "kinds": _evidence_kinds,
    "item": _guidance_lines,
}
"""The choices of built-in fields. A field without choices under a policy is one that the policy defines, or a text."""


def check(
    specs: list[FieldSpec], given: Mapping[str, Any], *, now: Instant, since: Instant | None, root: str
) -> CheckedFields:
    """Sorts the given values into public and private ones. Raises `Problem("invalid")` with every faulty place.

    `since`: the registration, before which no time in the past may lie. `root`: the JSON key of the values.
    """
    places: list[Place] = []
    public: EventFields = {}
    private: Secrets = {}
    known = {one.name for one in specs}
    places.extend(
        Place(pointer(root, name), "is not one of this request's fields") for name in given if name not in known
    )
    for one in specs:
        if given.get(one.name) is None:
            if one.required:
                places.append(Place(pointer(root, one.name), "is required"))
            continue
        try:
            value = read(one, given[one.name], now, since)
        except InvalidFieldValue as wrong:
            places.append(Place(pointer(root, one.name, *wrong.path), wrong.sentence))
            continue
        if is_public(one.kind, one.fact):
            public[one.name] = value
        else:
            private.setdefault(holder_of(one), {})[one.name] = value
    if places:
        raise Problem("invalid", "Some values are missing or not of the kind that is needed.", places=places)
    return CheckedFields(public, private)


def read(one: FieldSpec, value: Any, now: Instant, since: Instant | None) -> Any:
    """Returns the value in its stored form. Raises `InvalidFieldValue`. A fact may lie before the complaint."""
    since = None if one.fact.given_by == "staff" else since
    return fact_kinds.read(one.kind, value, ValueContext(one.choices, one.fact, one.now or now, since, one.zone))


def holder_of(one: FieldSpec) -> str:
    """The confidentiality class of a private value. See `class_of`."""
    return class_of(one.name, one.fact)


def class_of(name: str, fact: Fact) -> str:
    """The confidentiality class: named by the policy, or the first part of the key if it is one, or `content`."""
    first = name.partition(".")[0]
    return fact.holder or (first if first in ("complainant", "respondent") else "content")


def pointer(*steps: str) -> str:
    """A JSON pointer (RFC 6901). Long names are cut to keep responses small."""
    return pointer_of(step[:_LONGEST_STEP] for step in steps)
