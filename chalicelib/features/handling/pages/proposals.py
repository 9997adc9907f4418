"""What is to be published about the complaint, and the complainant's answer to it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.features.handling.pages.act_forms import to_case
from chalicelib.features.register.acts import act_on_notice
from chalicelib.features.register.acts.case_notices import CaseNotice
from chalicelib.features.register.input import ActOnNotice, NoticeInput
from chalicelib.features.register.pages.view import value_of
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.publicity import Audience
from chalicelib.web.call import Call, Receipt, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import session
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.rendering import post_form

if TYPE_CHECKING:
    from chalicelib.web.api import Api

ANSWERS = ("consent", "withdraw_consent")
_ANSWER = "/t/{tenant}/case/{number}/notices/{notice}/acts/{act}"


class ProposalRow(msgspec.Struct, frozen=True):
    """`before`: the former value of a changed text, empty for one that was added."""

    label: str
    before: str
    now: str


class ShownProposal(msgspec.Struct, frozen=True, kw_only=True):
    """`changed`: whether the complainant is asked about a changed text. `answers`: those of `ANSWERS` that are open."""

    id: str
    sha256: str
    rows: list[ProposalRow]
    audience: Audience
    changed: bool
    answers: list[str]
    key: str


def proposals(found: list[CaseNotice], reader: Reader) -> list[ShownProposal]:
    """The notices that the complainant can answer."""
    return [_proposal(one, reader) for one in found if not {*ANSWERS}.isdisjoint(one.acts)]


def _proposal(notice: CaseNotice, reader: Reader) -> ShownProposal:
    former = {field.name: value_of(field, reader) for field in notice.before or ()}
    return ShownProposal(
        id=notice.id,
        sha256=notice.sha256,
        rows=[
            ProposalRow(reader.label(field.label, field.name), former.get(field.name, ""), value_of(field, reader))
            for field in notice.fields
        ],
        audience=notice.audience,
        changed=notice.before is not None,
        answers=[act for act in ANSWERS if act in notice.acts],
        key=str(uuid.uuid4()),
    )


def register(api: Api) -> None:
    @post_form(api, _ANSWER, "Agree to a publication, or take the consent back")
    def post_notice_answer(call: Call) -> Reply:
        receipt = session.receipt_of(call, session.SessionScope(call.params["number"]))
        return to_case(call) if receipt is None else _answer(call, receipt)


def _answer(call: Call, receipt: str) -> Reply:
    """The form names the text that its page showed, so an answer to a former text changes nothing."""
    given = Answers(call.body)
    if call.params["act"] not in ANSWERS:
        raise Problem("not-found", "There is no such act on a notice.")
    sha256 = given.one("sha256") if call.params["act"] == "consent" else None
    command = act_on_notice.NoticeCommand(
        tenant=tenant_of(call),
        number=call.params["number"],
        notice=call.params["notice"],
        act=call.params["act"],
        credential=Credential(receipt=receipt),
        given=ActOnNotice(fields=NoticeInput(sha256=sha256)),
        request=request_of(call, given, principal(Receipt(receipt)), sha256),
        now=call.now,
    )
    try:
        act_on_notice.act(call.wiring, command)
    except Problem as problem:
        if problem.kind == "act-not-open":
            return to_case(call, "changed")
        if "notice" in problem.extra:
            return to_case(call, "reworded")
        raise
    return to_case(call, "done")
