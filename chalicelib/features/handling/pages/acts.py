"""The pages of the complainant's acts: what each means, its form, and its effect."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.complaints.fields import FormField
from chalicelib.features.handling import act
from chalicelib.features.handling.pages import entry
from chalicelib.features.handling.pages.answering import ANSWERS, Answering, answering
from chalicelib.features.handling.pages.meaning import act_text, meaning
from chalicelib.features.handling.pages.opened import MESSAGES, OpenedComplaint, opened
from chalicelib.features.messages.inbox.message import read_inbox
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.store import keys
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web import languages
from chalicelib.web.call import Call, Receipt, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import answers, session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Input, InputFault, fault_of, in_order, input_at, of_fact
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form, see_other
from chalicelib.web.pages.times import zone_name
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ACT = "/t/{tenant}/case/{number}/acts/{act}"


def register(api: Api) -> None:
    @get_page(api, _ACT, "The form of an act of the complainant")
    def get_act_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, session.SessionScope(call.params["number"]))
        if receipt is None:
            return to_case(call)
        return _form_if_open(call, opened(call, call.params["number"], receipt), Answers({}))

    @post_form(api, _ACT, "Do an act of the complainant")
    def post_act_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, session.SessionScope(call.params["number"]))
        return _sign_in(call) if receipt is None else _perform(call, receipt)


def _sign_in(call: Call) -> Reply:
    """The session has ended while the reader typed: asks for the receipt, then shows the form as it was sent."""
    given, number = Answers(call.body), call.params["number"]
    kept = [(name, value) for name, value in given.kept() if name.startswith("fact.")]
    asked = entry.EntryForm(
        number, "", f"{session.SessionScope(number).path(tenant_of(call))}/acts/{call.params['act']}", kept
    )
    if "receipt" not in given.given:
        return entry.page_for(call, asked)
    receipt = given.one("receipt")
    if wrong := entry.faults(call, number, receipt):
        return entry.page_for(call, msgspec.structs.replace(asked, faults=wrong))
    reply = _form_if_open(call, opened(call, number, receipt), given)
    return Reply(
        reply.body, reply.status, {**reply.headers, **session.begin(call, session.SessionScope(number), receipt)}
    )


def _perform(call: Call, receipt: str) -> Reply:
    number, given, reader = call.params["number"], Answers(call.body), reader_of(call)
    case = opened(call, number, receipt)
    found = case.state()
    policy = call.wiring.compiled.get(tenant_of(call), found.policy)
    fields = found.forms.get(call.params["act"], [])
    try:
        perform(call, policy, number, receipt, given, fields)
    except Problem as problem:
        if problem.kind == "act-not-open":
            return _not_open(call, case.tenant_page, problem)
        if problem.kind == "idempotency-key-reused":
            return to_case(call, "changed")
        asked = inputs(policy, fields, reader)
        return _form(call, case, found, given, faults(problem, asked, given, reader))
    return to_case(call, "done")


def _form_if_open(call: Call, case: OpenedComplaint, given: Answers) -> Reply:
    found = case.state()
    return _form(call, case, found, given) if call.params["act"] in found.acts else to_case(call, "changed")


def _form(
    call: Call, case: OpenedComplaint, found: ComplaintView, given: Answers, faults: list[InputFault] | None = None
) -> Reply:
    reader, name = reader_of(call), call.params["act"]
    policy = call.wiring.compiled.get(tenant_of(call), found.policy)
    wrong, (means, answered) = faults or [], _consequences(call, case, name, reader)
    values = {
        "tenant_page": case.tenant_page,
        "number": found.number,
        "path": session.SessionScope(found.number).path(case.tenant_page.org.id),
        "name": name,
        "text": act_text(policy.document, name, reader),
        "means": means,
        "answering": None if wrong else answered,  # an error never has private texts of the case
        "inputs": inputs(policy, found.forms.get(name, []), reader),
        "answers": given,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": given.one("key") or str(uuid.uuid4()),
        "zone": zone_name(policy.calendar, reader),
    }
    return page("case/act.html", reader, values, status=422 if wrong else 200)


def _consequences(call: Call, case: OpenedComplaint, name: str, reader: Reader) -> tuple[list[str], Answering | None]:
    """What follows from the act, and what it answers. Of an act that answers something, that of the page before."""
    record = case.record(call.wiring)
    reading = case.reading(call.wiring, reader, record)
    if name not in ANSWERS:
        return meaning(reading, name), None
    reader_id = keys.complainant(case.request.number)
    told = read_inbox(call.wiring.store, case.request.tenant, reader_id, MESSAGES, None).messages
    return meaning(reading, name), answering(reading, case.deadlines(call.wiring, record), told)


def _not_open(call: Call, tenant_page: TenantPage, problem: Problem) -> Reply:
    """Says which conditions fail, as the API does. What was typed is not kept: it cannot be sent."""
    reader, number = reader_of(call), call.params["number"]
    values = {
        "tenant_page": tenant_page,
        "number": number,
        "path": session.SessionScope(number).path(tenant_page.org.id),
        "text": act_text(tenant_page.policy.document, call.params["act"], reader),
        "why": languages.say(problem.text, reader.language),
    }
    return page("case/not_open.html", reader, values, status=409)


def to_case(call: Call, told: str = "") -> Reply:
    """Back to the complaint's page. `told`: `done`, `changed` or `reworded`, which the page says once."""
    reader = reader_of(call)
    asked = [f"{name}={value}" for name, value in (("told", told), ("lang", reader.language if reader.chosen else ""))]
    query = "&".join(one for one in asked if not one.endswith("="))
    return see_other(session.SessionScope(call.params["number"]).path(tenant_of(call)) + (f"?{query}" if query else ""))


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


def faults(problem: Problem, asked: list[Input], given: Answers, reader: Reader) -> list[InputFault]:
    """The faults of the form. Raises the problem again if it is about something else."""
    by_pointer = {one.pointer: one for one in asked}
    found = [
        fault_of(one, place, reader, is_empty=not given.all(one.name), text=given.one(one.name))
        for place in problem.places
        if (one := input_at(by_pointer, place))
    ]
    if not found:
        raise problem
    return in_order(found, asked)


def _values(policy: Policy, given: Answers, fields: list[FormField]) -> dict[str, Any]:
    zone = policy.calendar.zone
    found = {one.name: answers.read(one.kind, given.all(f"fact.{one.name}"), zone) for one in fields}
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
