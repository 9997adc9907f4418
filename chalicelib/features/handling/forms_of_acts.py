"""The forms of a complaint's acts, as programs and pages show them to one caller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.casework import due_events
from chalicelib.casework.views import act_forms
from chalicelib.casework.views.act_forms import ActForm, PossibleApproval
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint, load_visible_complaint
from chalicelib.casework.views.field_rules import CONDITIONS, AskedField, AskedOption
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.acting.requested import NotOpen
from chalicelib.complaints.rights.confidentiality import speaker_for
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.language.wording.own_terms import accepted_thing, event_label
from chalicelib.tenants import organisation
from chalicelib.web import languages
from chalicelib.wiring import Wiring

Words = dict[Literal["zh", "en"], str]
OwnCondition = dict[str, list[str]]


class FieldOption(msgspec.Struct, frozen=True, kw_only=True):
    """`when`: possible only if other fields of the act have one of these values; for a number with bands, those of its
    band. `known`: for a condition that follows from the complaint, whether it is met."""

    value: str
    label: Words
    when: OwnCondition | UnsetType = UNSET
    known: bool | UnsetType = UNSET


class NumberBand(msgspec.Struct, frozen=True, kw_only=True):
    """A range of a number, above that of the band before. The last one has no `most`."""

    name: str
    most: float | UnsetType = UNSET


class RoleName(msgspec.Struct, frozen=True, kw_only=True):
    role: str
    label: Words


class FieldForm(msgspec.Struct, frozen=True, kw_only=True):
    """A field of an act. `expected`: what a value must be, in words; `example`: such a value.

    `required_when`: required too if one of these conditions on the act's other fields holds. `shown_when`: it belongs
    to the act only then. `holder`: the class of those who may read it; absent if the record shows it. `least` and
    `most`: of a number, or of the people; `max_length`: of a text. `roles`: of the people that it names.
    """

    name: str
    label: Words
    kind: str
    required: bool
    expected: Words
    choices: list[FieldOption] | UnsetType = UNSET
    required_when: list[OwnCondition] | UnsetType = UNSET
    shown_when: OwnCondition | UnsetType = UNSET
    holder: str | UnsetType = UNSET
    tense: Literal["past", "future"] | UnsetType = UNSET
    least: float | UnsetType = UNSET
    most: float | UnsetType = UNSET
    max_length: int | UnsetType = UNSET
    bands: list[NumberBand] | UnsetType = UNSET
    roles: list[RoleName] | UnsetType = UNSET
    example: FieldValue | UnsetType = UNSET


class ActFails(msgspec.Struct, frozen=True, kw_only=True):
    """Why an act is not open. `condition`: values that the complaint must have; `after`: events that must happen
    before. `in_time`: false if the due times that the act could change are over. `without_value`: fields that it
    needs and of which no value is possible."""

    text: Words
    condition: OwnCondition | UnsetType = UNSET
    after: list[str] | UnsetType = UNSET
    in_time: bool | UnsetType = UNSET
    without_value: list[str] | UnsetType = UNSET


class ApprovalForm(msgspec.Struct, frozen=True, kw_only=True):
    """One of `by` must approve the act. `when`: only if fields or flags of the act have one of these values."""

    by: list[RoleName]
    when: OwnCondition | UnsetType = UNSET


class ActFormView(msgspec.Struct, frozen=True, kw_only=True):
    """An act and its form. `fails`: only if it is not `open`. `office`: it exists under every policy, for members.

    `on_behalf_of`: the party for which the caller would record it. `meaning`: what it means, for complainants.
    """

    act: str
    label: Words
    open: bool
    fails: ActFails | UnsetType = UNSET
    office: bool | UnsetType = UNSET
    on_behalf_of: Literal["complainant"] | UnsetType = UNSET
    meaning: Words | UnsetType = UNSET
    fields: list[FieldForm]
    approvals: list[ApprovalForm] | UnsetType = UNSET


class ActFormsView(msgspec.Struct, frozen=True, kw_only=True):
    """`version`: of the complaint, for `If-Match`."""

    version: str
    acts: list[ActFormView]


def act_forms_of(wiring: Wiring, request: ComplaintRequest) -> ActFormsView:
    """Of the acts that exist for the caller, open or not. Raises `Problem`: `complaint-unknown`, `forbidden`."""
    visible = load_visible_complaint(wiring, request, [organisation.key(request.tenant)])
    return ActFormsView(version=str(visible.case.version), acts=forms_for(request, visible))


def forms_for(request: ComplaintRequest, visible: VisibleComplaint) -> list[ActFormView]:
    """As `act_forms_of`. The organisation's item was read with the complaint."""
    return list(_acts(request, visible))


def _acts(request: ComplaintRequest, visible: VisibleComplaint) -> Iterator[ActFormView]:
    flow = due_events.preview(visible.case, request.now)
    policy, complaint, asker = flow.policy, flow.complaint, visible.asker
    now = max(request.now, complaint.at)
    org = organisation.among(visible.case.entries, request.tenant)
    units = {unit: one.name for unit, one in org.units.items()}
    for form in act_forms.forms(policy, complaint, asker, now, units):
        yield _act(policy, form, asker)
    speaker = speaker_for(policy, complaint, asker, COMPLAINANT.kind) if asker.kind == "staff" else None
    if speaker is not None:
        for form in act_forms.forms(policy, complaint, speaker, now, units):
            yield _act(policy, form, speaker)


def _act(policy: Policy, form: ActForm, asker: Asker) -> ActFormView:
    is_office = form.act is None and hooks_of(form.name).office
    return ActFormView(
        act=form.name,
        label=act_label(policy.document, form.name),
        open=form.refusal is None,
        fails=UNSET if form.refusal is None else _fails(form.refusal),
        office=is_office or UNSET,
        on_behalf_of=UNSET if asker.behalf is None else "complainant",
        meaning=_meaning(policy.document, form.name) if asker.kind == COMPLAINANT.kind else UNSET,
        fields=[_field(policy, form, one) for one in form.fields],
        approvals=[_approval(policy, one) for one in form.approvals] or UNSET,
    )


def act_label(document: PolicyDocument, name: str) -> Words:
    """What a person does by the act. The label of its term says that it has happened."""
    own = catalogue.texts("act_names").get(name)
    if own is not None:
        return _in_both(own)
    return {"zh": event_label(document, EVENT_OF_ACT[name]).zh, "en": name.replace("_", " ").capitalize()}


def _words(label: Label) -> Words:
    return {"zh": label.zh, "en": label.en}


def _in_both(text: InBoth) -> Words:
    return {"zh": text.zh, "en": text.en}


def _meaning(document: PolicyDocument, name: str) -> Words | UnsetType:
    found = catalogue.texts("pages").get(f"act_effect.{name}")
    if found is None:
        return UNSET
    thing = accepted_thing(document)
    return {"zh": found.zh.format(thing=thing.zh), "en": str(found).format(thing=thing.en)}


def _fails(refusal: NotOpen) -> ActFails:
    return ActFails(
        text={"zh": languages.say(refusal.text, "zh"), "en": str(refusal.text)},
        condition=dict(refusal.when) or UNSET,
        after=list(refusal.after) or UNSET,
        in_time=UNSET if refusal.in_time else False,
        without_value=list(refusal.lacking) or UNSET,
    )


def _approval(policy: Policy, one: PossibleApproval) -> ApprovalForm:
    return ApprovalForm(by=[role_name(policy, role) for role in one.roles], when=one.when or UNSET)


def role_name(policy: Policy, role: str) -> RoleName:
    """The role with its name; a party has the same in every policy."""
    label = policy.document.people.get(role)
    if label is not None:
        return RoleName(role=role, label=_words(label))
    known = catalogue.texts("pages").get(f"role.{role}")
    return RoleName(role=role, label={"zh": role, "en": role} if known is None else _in_both(known))


def _field(policy: Policy, form: ActForm, asked: AskedField) -> FieldForm:
    spec = asked.spec
    fact, kind = spec.fact, fact_kinds.of(spec.kind)
    return FieldForm(
        name=spec.name,
        label=_words(asked.label),
        kind=spec.kind,
        required=spec.required,
        expected=_in_both(kind.expected),
        choices=[_option(one) for one in asked.options] or UNSET,
        required_when=asked.required_when or UNSET,
        shown_when=asked.shown_when or UNSET,
        holder=asked.holder or UNSET,
        tense=UNSET if fact.tense == "any" or not kind.is_time else fact.tense,
        least=UNSET if fact.least is None else fact.least,
        most=_most(fact, kind),
        max_length=fact.longest if kind.has_length and not spec.choices else UNSET,
        bands=[NumberBand(name=one.name, most=UNSET if one.most is None else one.most) for one in fact.bands] or UNSET,
        roles=[role_name(policy, role) for role in _roles(form, asked)] or UNSET,
        example=_example(asked, kind),
    )


def _option(one: AskedOption) -> FieldOption:
    when, known = one.when or UNSET, UNSET if one.known is None else one.known
    return FieldOption(value=one.value, label=_words(one.label), when=when, known=known)


def _most(fact: Fact, kind: fact_kinds.FactKind) -> float | UnsetType:
    if kind.names_people:
        from chalicelib.policy.language.values.value_readers import MAX_PEOPLE  # few fields name people

        return min(fact.longest, MAX_PEOPLE)
    return UNSET if kind.has_length or fact.most is None else fact.most


def _roles(form: ActForm, asked: AskedField) -> list[str]:
    """That the policy gives the people, or in which the act assigns them."""
    assigned: Mapping[str, str] = {} if form.act is None else form.act.assigned_fields
    named = [role for role in asked.spec.fact.roles if not role.startswith("field.")]
    return named or [role for role, field in assigned.items() if field == asked.spec.name]


def _example(asked: AskedField, kind: fact_kinds.FactKind) -> Any:
    """A possible value. None of people and of conditions, which only the case has."""
    if asked.options:
        first = asked.options[0].value
        if asked.spec.name == CONDITIONS:
            return {one.value: one.known is not False for one in asked.options}
        return [first] if kind.is_list else first
    if kind.values == "bands":
        return asked.spec.fact.least or asked.spec.fact.most or 1
    return UNSET if kind.sample is None else kind.sample
