"""The form of an act: its inputs, and its values as the API takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.complaints.fields import FormField
from chalicelib.features.handling import act
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language import fact_kinds
from chalicelib.policy.language.facts import Fact
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Receipt
from chalicelib.web.call_context import tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import values
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.faults import Fault, fault_of, input_at
from chalicelib.web.pages.inputs import Input, of_fact
from chalicelib.web.pages.reader import Reader
from chalicelib.web.request_parts import KEY_PATTERN


def inputs(policy: Policy, fields: list[FormField], reader: Reader) -> list[Input]:
    """`fields`: of the act's form in the complaint's view. Staff fill in those without an input: people and events."""
    return [_input(policy, field, reader) for field in fields if fact_kinds.of(field.kind).input is not None]


def _input(policy: Policy, field: FormField, reader: Reader) -> Input:
    fact = policy.document.definition(field.name) or Fact()
    found = of_fact(field.name, fact, field.required, reader, short=False, root="fields")
    if field.choices is msgspec.UNSET or not found.options:
        return found
    allowed = [option for option in found.options if option.value in field.choices]
    return msgspec.structs.replace(found, options=allowed)


def perform(call: Call, policy: Policy, number: str, receipt: str, given: Answers, fields: list[FormField]) -> None:
    """Does the act of the path. Raises `Problem` as the API's route does.

    A form that is sent twice acts once: it has a key, as programs send `Idempotency-Key`.
    """
    chosen = _values(policy, given, fields)
    command = act.ActCommand(
        tenant=tenant_of(call),
        number=number,
        credential=Credential(receipt=receipt),
        act=call.params["act"],
        fields=chosen,
        request=_request(call, receipt, given.one("key"), chosen),
        if_match=None,
        now=call.now,
    )
    act.act(call.wiring, command)


def faults(problem: Problem, asked: list[Input], given: Answers, reader: Reader) -> list[Fault]:
    """The faults of the form. Raises the problem again if it is about something else."""
    by_pointer = {one.pointer: one for one in asked}
    found = [
        fault_of(one, place, reader, is_empty=not given.all(one.name))
        for place in problem.places
        if (one := input_at(by_pointer, place))
    ]
    if not found:
        raise problem
    return found


def _values(policy: Policy, given: Answers, fields: list[FormField]) -> dict[str, Any]:
    zone = policy.calendar.zone
    found = {one.name: values.read(one.kind, given.all(f"fact.{one.name}"), zone) for one in fields}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _request(call: Call, receipt: str, key: str, chosen: Mapping[str, Any]) -> Request | None:
    if re.fullmatch(KEY_PATTERN, key) is None:
        return None
    return Request(
        tenant=tenant_of(call),
        principal=principal(Receipt(receipt)),
        source=call.route_id,
        key=key,
        body_hash=canonical.digest({"params": dict(call.params), "fields": dict(chosen)}),
    )
