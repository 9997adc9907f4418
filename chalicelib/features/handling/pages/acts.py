"""The pages of the complainant's acts: what each means, its form, and its effect."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chalicelib.casework.authorization import Credential
from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.complaints.fields import FormField
from chalicelib.features.handling import act, drafts, dry_run
from chalicelib.features.handling.pages import entry
from chalicelib.features.handling.pages.act_forms import (
    asks_again,
    facts_of,
    form,
    form_if_open,
    not_open,
    path_of,
    to_case,
)
from chalicelib.features.handling.pages.act_inputs import faults, fields_of, further_acts, inputs, values
from chalicelib.features.handling.pages.opened import OpenedComplaint, opened
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web import languages
from chalicelib.web.call import Call, Receipt, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import source_hash
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import KeptQuery, Reader, reader_of
from chalicelib.web.pages.rendering import get_page, post_form, see_other
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_CLOSED = ""
"""In place of the name of an input: the act was not open when the form was sent."""
_ACT = "/t/{tenant}/case/{number}/acts/{act}"


class ActPageQuery(KeptQuery, frozen=True, kw_only=True):
    """`draft`: what was typed, and cannot be done as it is."""

    draft: str | None = None


def register(api: Api) -> None:
    @get_page(api, _ACT, "The form of an act of the complainant", query=ActPageQuery)
    def get_act_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, session.SessionScope(call.params["number"]))
        if receipt is None:
            return _ask_again(call)
        case = opened(call, call.params["number"], receipt)
        if call.query.draft:
            return _again(call, case, receipt, call.query.draft)
        kept = kept_forms.find(call, call.query.form, path_of(call))
        if kept is None:
            return form_if_open(call, case, Answers({}), [])
        given = Answers({**kept.answers.given, "form": [kept.id]})
        return form_if_open(call, case, given, [one for one in kept.faults if one.name == _CLOSED])

    @post_form(api, _ACT, "Do an act of the complainant")
    def post_act_page(call: Call) -> Reply:
        receipt = session.receipt_of(call, session.SessionScope(call.params["number"]))
        return _sign_in(call) if receipt is None else _perform(call, receipt)


def _ask_again(call: Call) -> Reply:
    """Asks for the receipt, if a form is kept that was sent without a session."""
    kept = kept_forms.find(call, call.query.form, path_of(call))
    if kept is None:
        return to_case(call)
    kept = kept._replace(faults=[one for one in kept.faults if one.name != _CLOSED])
    return entry.again(call, kept, entry.EntryForm(call.params["number"], action=path_of(call)))


def _sign_in(call: Call) -> Reply:
    """The session has ended while the reader typed: asks for the receipt, then shows the form as it was sent."""
    sent, number = Answers(call.body), call.params["number"]
    given = kept_forms.merged(call, sent, path_of(call))
    receipt = given.one("receipt")
    wrong = entry.faults(call, number, receipt) if "receipt" in sent.given else []
    if wrong or "receipt" not in sent.given:
        kept = kept_forms.again(call, path_of(call), given, saying(wrong), lasts=kept_forms.LASTS)
        return kept or _ask(call, given, wrong)
    typed = Answers({name: values for name, values in given.given.items() if name in ("form", *facts_of(given))})
    is_kept = given is not sent
    kept = kept_forms.again(call, path_of(call), typed, lasts=kept_forms.LASTS) if is_kept else None
    reply = kept or form_if_open(call, opened(call, number, receipt), typed, [])
    return Reply(
        reply.body, reply.status, {**reply.headers, **session.begin(call, session.SessionScope(number), receipt)}
    )


def _ask(call: Call, given: Answers, wrong: Sequence[CodedFault]) -> Reply:
    """Asks for the receipt on a page without an address of its own, which has what was typed in hidden inputs."""
    facts, reader = facts_of(given), reader_of(call)
    kept = [(name, value) for name, value in given.kept() if name in facts]
    number, receipt = call.params["number"], given.one("receipt")
    return entry.page_for(call, entry.EntryForm(number, receipt, path_of(call), kept, saying(wrong)(reader)))


def _perform(call: Call, receipt: str) -> Reply:
    number, given, reader = call.params["number"], Answers(call.body), reader_of(call)
    case = opened(call, number, receipt)
    found = case.state()
    policy = call.wiring.compiled.get(tenant_of(call), found.policy)
    fields = fields_of(found, call.params["act"])
    if asks_again(call.params["act"]) and call.params["act"] in found.acts and given.one("go") != "sure":
        return _keep(call, case, found, given, [])
    try:
        act.act(call.wiring, _command(call, policy, number, receipt, given, fields))
    except Problem as problem:
        if problem.kind == "act-not-open":
            return _keep_closed(call, case, given, problem)
        if problem.kind == "idempotency-key-reused":
            return to_case(call, "changed")
        asked = inputs(policy, case, found, call.params["act"], reader)
        return _keep(call, case, found, given, faults(problem, asked, given, reader))
    kept_forms.forget_one(call, given.one("form"))
    return to_case(call, "done")


def _drawer(call: Call) -> drafts.Drawer:
    return drafts.Drawer(tenant_of(call), call.params["number"], drafts.COMPLAINANT)


def _keep(call: Call, case: OpenedComplaint, found: ComplaintView, given: Answers, wrong: list[InputFault]) -> Reply:
    """What was typed gets an address, with its faults or the question whether the reader is sure: browsers do not store
    the answer to a form."""
    name, id_ = call.params["act"], given.one("draft")
    draft = drafts.ActDraft(
        id=id_ if drafts.is_id(id_) else str(uuid.uuid4()),
        key=str(uuid.uuid4()),
        act=name,
        version=found.version,
        given={each: values for each, values in given.given.items() if each.startswith("fact.")},
        at=call.now,
        until=call.wiring.real_clock() + drafts.LASTS,
    )
    if draft.is_too_large:
        return form(call, case, found, given, wrong, confirms=not wrong)
    drafts.keep(call.wiring, _drawer(call), draft)
    path = session.SessionScope(found.number).path(tenant_of(call))
    return see_other(reader_of(call).link(f"{path}/acts/{name}", draft=draft.id))


def _again(call: Call, case: OpenedComplaint, receipt: str, id_: str) -> Reply:
    """The form with what was typed, and what is wrong with it now."""
    draft, found, reader = (
        drafts.find(call.wiring, _drawer(call), id_, call.params["act"]),
        case.state(),
        reader_of(call),
    )
    if draft is None or draft.act not in (*found.acts, *further_acts(found)):
        return not_open(call, case.tenant_page, Answers({} if draft is None else draft.given), [])
    given = Answers({**draft.given, "key": [draft.key], "draft": [draft.id]})
    policy, fields = call.wiring.compiled.get(tenant_of(call), found.policy), fields_of(found, draft.act)
    try:
        dry_run.dry_run(call.wiring, _command(call, policy, found.number, receipt, given, fields))
    except Problem as problem:
        if problem.kind != "invalid":
            return to_case(call, "changed")
        asked = inputs(policy, case, found, draft.act, reader)
        return form(call, case, found, given, faults(problem, asked, given, reader))
    return form(call, case, found, given, confirms=asks_again(draft.act))


def _keep_closed(call: Call, case: OpenedComplaint, given: Answers, problem: Problem) -> Reply:
    """Says which conditions fail, as the API does, with what was typed: it cannot be sent, but copied."""

    def say(reader: Reader) -> list[InputFault]:
        return [InputFault(_CLOSED, languages.say(problem.text, reader.language))]

    kept = kept_forms.again(call, path_of(call), given, say, lasts=kept_forms.LASTS)
    return kept or not_open(call, case.tenant_page, given, say(reader_of(call)))


def _command(
    call: Call, policy: Policy, number: str, receipt: str, given: Answers, fields: list[FormField]
) -> act.ActCommand:
    chosen, draft = values(policy, given, fields), given.one("draft")
    return act.ActCommand(
        tenant=tenant_of(call),
        number=number,
        credential=Credential(receipt=receipt),
        act=call.params["act"],
        fields=chosen,
        request=_request(call, receipt, given.one("key"), chosen),
        if_match=None,
        now=call.now,
        beside=drafts.done_with(call.wiring, _drawer(call), draft) if draft else None,
        source=source_hash(call, act.MESSAGES),
    )


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
