"""Checks facts and fields: lengths, choices, bands, and the cases in which a fact is required."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chalicelib.policy.checks.references import condition_faults, undefined_names
from chalicelib.policy.language.conditions import FILED_BY
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.derived.possible_values import Values, clock_values, field_values
from chalicelib.policy.language.facts import Band, Fact, RequiredWhen, is_public
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.reading.faults import Fault, Path

_PLAIN = Fact()
MAX_BANDS = 20
"""The maximum number of bands of a number."""


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    intake = document.intake
    for key, fact in intake.facts.items():
        path: Path = ("intake", "facts", key)
        yield from _value_faults(path, fact)
        yield from _required_faults(path, key, fact, intake, names)
        yield from _choice_faults(path, key, fact, intake, names)
        if fact_kinds.of(fact.kind).names_people:
            yield Fault((*path, "kind"), "people-outside-acts", name=key)
    yield from _people_faults(document, names)
    yield from _time_faults(document)
    acts, clocks = _acts_by_field(document), clock_values(document)
    for key, fact in document.fields.items():
        yield from _value_faults(("fields", key), fact)
        yield from _option_faults(("fields", key), fact, names, {**clocks, **_beside(document, key, fact, acts)})
        if isinstance(fact.required, RequiredWhen):
            yield from _case_faults(("fields", key, "required", "when"), key, fact.required, document, names)


_PARTIES = frozenset({"complainant", "respondent"})


def _people_faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """The role of people exists, and only acts name them: nothing else compares them with the members."""
    elsewhere = _outside_acts(document)
    for key, fact in document.fields.items():
        path: Path = ("fields", key)
        names_people = fact_kinds.of(fact.kind).names_people
        if names_people and key in elsewhere:
            yield Fault((*path, "kind"), "people-outside-acts", name=key)
        if fact.roles and not names_people:
            yield Fault((*path, "role"), "role-without-people", name=key)
            continue
        for role in fact.roles:
            yield from _role_faults((*path, "role"), role, document, names)


def _outside_acts(document: PolicyDocument) -> set[str]:
    """The fields of late filings and of tasks."""
    received = document.intake.received.needs if document.intake.received else []
    return {*received, *(name for task in document.tasks.values() for name in (*task.needs, *task.takes))}


def _time_faults(document: PolicyDocument) -> Iterator[Fault]:
    """A clock gives each field that time alone gives. A person can do the acts with such a field without it."""
    needed = {name for stage in document.stages.values() for act in stage.acts.values() for name in act.needs}
    needed |= {name for ground in document.intake.refusals.values() for name in ground.needs}
    acts_by_time = [one.missed for one in document.clocks.values() if isinstance(one.missed, MissedAct)]
    given = {name for missed in acts_by_time for name in missed.fields}
    for key, fact in document.fields.items():
        if fact.given_by not in (None, "time"):
            yield Fault(("fields", key, "given_by"), "given-by-of-fact", name=fact.given_by)
        elif fact.given_by is not None and key in needed | _outside_acts(document):
            yield Fault(("fields", key, "given_by"), "time-gives-elsewhere", name=key)
        elif fact.given_by is not None and key not in given:
            yield Fault(("fields", key, "given_by"), "time-never-gives", name=key)
    for key, fact in document.intake.facts.items():
        if fact.given_by == "staff" and key in document.fields:
            yield Fault(("intake", "facts", key, "given_by"), "staff-fact-is-field", name=key)
        if fact.given_by == "time":
            yield Fault(("intake", "facts", key, "given_by"), "time-gives-elsewhere", name=key)


def _role_faults(path: Path, role: str, document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    """`routed` is a role where there is routing."""
    field = role.removeprefix("field.")
    if field == role:
        yield from undefined_names(path, [role], names.actors - _PARTIES, "no-role")
    elif field not in names.choices or field not in document.fields:
        yield Fault(path, "no-field", name=field, known=sorted(document.fields))
    else:
        others = sorted(names.choices[field] - names.roles)
        yield from undefined_names(path, others[:1], names.roles, "no-role")


def _value_faults(path: Path, fact: Fact) -> Iterator[Fault]:
    if fact.most is not None:
        yield from _most_faults((*path, "most"), fact, fact.most)
    if fact_kinds.of(fact.kind).values == "choices" and not fact.choices:
        yield Fault((*path, "choices"), "no-choices")
    yield from _number_faults(path, fact)


def _number_faults(path: Path, fact: Fact) -> Iterator[Fault]:
    if fact_kinds.of(fact.kind).values != "bands":
        wrong = {"least": fact.least is not None, "sum": fact.sum is not None, "bands": bool(fact.bands)}
        yield from (Fault((*path, key), f"{key}-without-number") for key, is_given in wrong.items() if is_given)
        return
    if fact.sum is not None and not is_public(fact.kind, fact):
        yield Fault((*path, "sum"), "sum-of-private")
    if len(fact.bands) > MAX_BANDS:
        yield Fault((*path, "bands"), "too-many-of", count=len(fact.bands), most=MAX_BANDS)
    elif fact.bands:
        yield from _band_faults((*path, "bands"), fact.bands)


def _most_faults(path: Path, fact: Fact, most: float) -> Iterator[Fault]:
    if fact_kinds.of(fact.kind).values == "bands":
        if fact.least is not None and most < fact.least:
            yield Fault(path, "most-below-least", most=most, least=fact.least)
    elif most < 1 or most != int(most):
        yield Fault(path, "no-length", most=most)


def _band_faults(path: Path, bands: list[Band]) -> Iterator[Fault]:
    """Only the last band has no end, so that each number is in exactly one band."""
    below: float | None = None
    for index, band in enumerate(bands[:-1]):
        if band.most is None:
            yield Fault((*path, index), "band-hides-others", name=band.name)
        elif below is not None and band.most <= below:
            yield Fault((*path, index, "most"), "bands-not-ascending", most=band.most, below=below)
        below = band.most if band.most is not None else below
    if bands[-1].most is not None:
        yield Fault(path, "bands-without-end", name=bands[-1].name)
    names = [band.name for band in bands]
    for index, name in enumerate(names):
        if name == "none":
            yield Fault((*path, index), "reserved", name=name)
        elif name in names[:index]:
            yield Fault((*path, index), "band-twice", name=name)


def _required_faults(path: Path, key: str, fact: Fact, intake: Intake, names: DefinedNames) -> Iterator[Fault]:
    if isinstance(fact.required, list) and intake.channels:
        yield from undefined_names((*path, "required"), fact.required, intake.channels, "no-channel")
    if isinstance(fact.required, RequiredWhen):
        where: Path = (*path, "required", "when")
        if not fact.required.when:
            yield Fault(where, "required-always")
        known = {"channel", "severity", "unit", FILED_BY, *intake.categories, *intake.facts} - {key}
        later = [name for name in fact.required.when if name in names.values and name not in known]
        for name in later:
            yield Fault((*where, name), "not-yet-known", name=name, known=sorted(known & names.values.keys()))
        rest = {name: values for name, values in fact.required.when.items() if name not in later}
        yield from condition_faults(where, rest, names)


def _case_faults(
    path: Path, key: str, required: RequiredWhen, document: PolicyDocument, names: DefinedNames
) -> Iterator[Fault]:
    """The condition of an act's field can use the other fields of the acts that take it."""
    if not required.when:
        yield Fault(path, "field-required-always", name=key)
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    beside = {name for act in acts if key in (*act.needs, *act.takes) for name in (*act.needs, *act.takes)} - {key}
    public = [name for name in beside if document.fields.get(name, _PLAIN).holder is None]
    own = {name: names.choices[name] | {"none"} for name in public if names.choices.get(name)}
    yield from condition_faults(path, required.when, names, own)


def _choice_faults(path: Path, key: str, fact: Fact, intake: Intake, names: DefinedNames) -> Iterator[Fault]:
    if fact_kinds.of(fact.kind).values != "choices" or not fact.choices:
        return
    yield from _option_faults(path, fact, names, {})
    for channel in intake.channels:
        required = fact.required is True or (isinstance(fact.required, list) and channel in fact.required)
        if required and not any(channel in choice.when.get("channel", (channel,)) for choice in fact.choices.values()):
            yield Fault((*path, "required"), "cannot-give", name=key, channel=channel)


def _acts_by_field(document: PolicyDocument) -> Mapping[str, set[int]]:
    """The acts that need or take each field, as positions."""
    found: dict[str, set[int]] = {}
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    for position, act in enumerate(acts):
        for name in (*act.needs, *act.takes):
            found.setdefault(name, set()).add(position)
    return found


def _beside(document: PolicyDocument, key: str, fact: Fact, acts: Mapping[str, set[int]]) -> Values:
    """The values of the fields in conditions of this field's choices, where one act takes both."""
    asked = {name for choice in fact.choices.values() for name in choice.when} - {key}
    found = {name: field_values(document, name) for name in asked if acts.get(key, set()) & acts.get(name, set())}
    return {name: values | {"none"} for name, values in found.items() if values}


def _option_faults(path: Path, fact: Fact, names: DefinedNames, beside: Values) -> Iterator[Fault]:
    known = {name: values | names.possible.get(name, frozenset()) for name, values in beside.items()}
    for name, choice in fact.choices.items():
        yield from condition_faults((*path, "choices", name, "when"), choice.when, names, known)
