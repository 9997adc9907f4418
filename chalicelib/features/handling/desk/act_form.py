"""The form of an act at the desk: its inputs, made from what `GET …/acts` answers, and the values that were entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.features.handling.forms_of_acts import ActFormView, FieldForm, OwnCondition
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.worktime import Calendar
from chalicelib.tenants.people.membership import Membership
from chalicelib.web.pages import answers
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, Option
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.reader import Reader

_CONDITIONS = "conditions"
_ONE_LINE = 200
"""A text of at most so many characters is written on one line."""


class ActInput(msgspec.Struct, frozen=True):
    """`hint`: with which other values of the form the field is needed or possible."""

    input: Input
    hint: str


def names_people(form: ActFormView) -> bool:
    return any(fact_kinds.of(field.kind).names_people for field in form.fields)


def inputs(form: ActFormView, people: Iterable[Membership], labels: CaseLabels) -> list[ActInput]:
    members = [one for one in people if one.active]
    return [ActInput(_input(field, members, labels), _hint(field, form, labels.reader)) for field in form.fields]


def texts(form: ActFormView, reader: Reader) -> list[Option]:
    """The inputs that take a text in the writer's own words."""
    return [
        Option(_name(field), reader.label(field.label))
        for field in form.fields
        if fact_kinds.of(field.kind).is_free_text
    ]


def with_hints(asked: Iterable[ActInput], hints: Mapping[str, str]) -> list[ActInput]:
    """`hints`: of choices, by their values."""
    return [replace(one, input=replace(one.input, options=_hinted(one.input.options, hints))) for one in asked]


def _hinted(options: Sequence[Option], hints: Mapping[str, str]) -> list[Option]:
    return [replace(option, hint=hints.get(option.value, option.hint)) for option in options]


def values(form: ActFormView, given: Answers, calendar: Calendar) -> dict[str, Any]:
    """As the API takes them. What cannot be read stays text, and the act refuses it."""
    found = {field.name: _value(field, given.all(_name(field)), calendar) for field in form.fields}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def entered(asked: Sequence[ActInput], given: Answers) -> list[tuple[str, str]]:
    """Label and text of each value, for the page on which it is confirmed."""
    found = []
    for one in asked:
        known = {option.value: option.label for option in one.input.options}
        texts = [known.get(value, value) for value in given.all(one.input.name)]
        found.append((one.input.label, "\n".join(texts)))
    return [(label, text) for label, text in found if text]


def _name(field: FieldForm) -> str:
    return f"fact.{field.name}"


def _value(field: FieldForm, given: list[str], calendar: Calendar) -> Any:
    if field.kind == _CONDITIONS:
        options = () if field.choices is msgspec.UNSET else field.choices
        return {one.value: one.value in given for one in options}
    return answers.read(field.kind, given, calendar.zone)


def _input(field: FieldForm, members: Sequence[Membership], labels: CaseLabels) -> Input:
    kind, reader = fact_kinds.of(field.kind), labels.reader
    options = _people(field, members, labels) if kind.names_people else _options(field, reader)
    several = kind.is_list or field.kind == _CONDITIONS
    longest = 0 if field.max_length is msgspec.UNSET else field.max_length
    return Input(
        name=_name(field),
        pointer=f"/fields/{field.name}",
        label=reader.label(field.label),
        kind=_kind(several and field.most != 1, bool(options), kind.is_free_text and longest > _ONE_LINE),
        required=field.required or _depends(field),  # its hint says when, so it is not called optional
        type=kind.input if kind.input not in (None, "choices") else "text",
        options=options,
        most=longest,
    )


def _depends(field: FieldForm) -> bool:
    return field.shown_when is not msgspec.UNSET or field.required_when is not msgspec.UNSET


def _kind(several: bool, has_options: bool, is_area: bool) -> str:
    if has_options:
        return "several" if several else "one"
    return "area" if is_area else "line"


def _options(field: FieldForm, reader: Reader) -> list[Option]:
    offered = () if field.choices is msgspec.UNSET else field.choices
    return [Option(one.value, reader.label(one.label)) for one in offered]


def _people(field: FieldForm, members: Sequence[Membership], labels: CaseLabels) -> list[Option]:
    """Members with one of the roles that the field names, or all."""
    wanted = set() if field.roles is msgspec.UNSET else {one.role for one in field.roles}
    return [
        Option(one.sub, labels.person(one), labels.joined([labels.role(role) for role in one.roles]))
        for one in members
        if not wanted or wanted & set(one.roles)
    ]


def _hint(field: FieldForm, form: ActFormView, reader: Reader) -> str:
    """In which case the field belongs to the act, or is required."""
    only = [] if field.shown_when is msgspec.UNSET else [field.shown_when]
    needed = [] if field.required_when is msgspec.UNSET else field.required_when
    sentences = [
        *(reader.text("desk_act.only_with", case=text) for text in _cases(only, form, reader)),
        *(reader.text("desk_act.needed_with", case=text) for text in _cases(needed, form, reader)),
    ]
    return " ".join(sentences)


def _cases(conditions: Iterable[OwnCondition], form: ActFormView, reader: Reader) -> list[str]:
    fields = {one.name: one for one in form.fields}
    joiner = reader.text("file.listed")
    return [
        joiner.join(_case(fields.get(name), name, wanted, reader) for name, wanted in condition.items())
        for condition in conditions
    ]


def _case(field: FieldForm | None, name: str, wanted: Sequence[str], reader: Reader) -> str:
    if field is None:
        return name
    known: Mapping[str, str] = (
        {} if field.choices is msgspec.UNSET else {one.value: reader.label(one.label) for one in field.choices}
    )
    texts = reader.text("desk_act.or").join(known.get(value, value) for value in wanted)
    return reader.text("desk_act.is", field=reader.label(field.label), value=texts)
