"""The form of an act of the complainant: its fields, what was typed into them, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.complaints.fields import FormField
from chalicelib.features.handling.pages.opened import OpenedComplaint
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.web.pages import answers
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, InputFault, faults_at, in_order, of_fact
from chalicelib.web.pages.reader import Reader


def further_acts(found: ComplaintView) -> list[str]:
    return [] if found.further_acts is msgspec.UNSET else found.further_acts


def fields_of(found: ComplaintView, act: str) -> list[FormField]:
    further = {} if found.further_forms is msgspec.UNSET else found.further_forms
    return found.forms.get(act) or further.get(act, [])


def inputs(policy: Policy, case: OpenedComplaint, found: ComplaintView, act: str, reader: Reader) -> list[Input]:
    """A built-in act has the labels and choices of the language. Only staff fill in fields without an input."""
    own = case.inputs_of(act)
    if own is None:
        fields = found.forms.get(act, [])
        return [_input(policy, field, reader) for field in fields if fact_kinds.of(field.kind).input is not None]
    specs = [one for one in own if fact_kinds.of(one.kind).input is not None]
    return [of_fact(one.name, one.fact, one.required, reader, short=False, root="fields") for one in specs]


def _input(policy: Policy, field: FormField, reader: Reader) -> Input:
    fact = policy.document.definition(field.name) or Fact()
    found = of_fact(field.name, fact, field.required, reader, short=False, root="fields")
    if field.choices is msgspec.UNSET or not found.options:
        return found
    allowed = [option for option in found.options if option.value in field.choices]
    return msgspec.structs.replace(found, options=allowed)


def values(policy: Policy, given: Answers, fields: list[FormField]) -> dict[str, Any]:
    zone = policy.calendar.zone
    found = {one.name: answers.read(one.kind, given.all(f"fact.{one.name}"), zone) for one in fields}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def faults(problem: Problem, asked: list[Input], given: Answers, reader: Reader) -> list[InputFault]:
    """The faults of the form. Raises the problem again if it is about something else."""
    found = faults_at(asked, problem.places, given, reader)
    if not found:
        raise problem
    return in_order(found, asked)
