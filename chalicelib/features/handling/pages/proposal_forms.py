"""The complainant's answer to what is to be published about the complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.features.handling.pages import proposals
from chalicelib.features.handling.pages.act_forms import to_case
from chalicelib.features.register.acts import act_on_notice
from chalicelib.features.register.input import ActOnNotice, NoticeInput
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Receipt, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import session
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.rendering import post_form

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ANSWER = "/t/{tenant}/case/{number}/notices/{notice}/acts/{act}"


def register(api: Api) -> None:
    @post_form(api, _ANSWER, "Agree to a publication, or take the consent back")
    def post_notice_answer(call: Call) -> Reply:
        receipt = session.receipt_of(call, session.SessionScope(call.params["number"]))
        return to_case(call) if receipt is None else _answer(call, receipt)


def _answer(call: Call, receipt: str) -> Reply:
    """The form names the text that its page showed, so an answer to a former text changes nothing."""
    given = Answers(call.body)
    if call.params["act"] not in proposals.ANSWERS:
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
