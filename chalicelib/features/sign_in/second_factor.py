"""The page on which people set up their second factor: one-time passwords of an application (RFC 6238)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from chalicelib.features.sign_in import flow
from chalicelib.kit.problem import Problem
from chalicelib.ports.issuer import IssuerRefusal, IssuerUnavailable
from chalicelib.tenants.people import sessions
from chalicelib.tenants.people.sessions import OpenSession
from chalicelib.web import member_session
from chalicelib.web.call import Call, Reply
from chalicelib.web.member_session import SignInNeeded
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import PageQuery, reader_of
from chalicelib.web.pages.rendering import page, see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PATH = "/sign-in/second-factor"
_CODE = "[0-9]{6}"
_WRONG_CODE = "wrong"
_ISSUER = "Redress"
"""As authenticator applications name the account."""


class SecondFactorQuery(PageQuery, frozen=True, kw_only=True):
    next: str = ""
    told: str = ""


def register(api: Api) -> None:
    @desk_page(api, _PATH, "Set up the second factor", query=SecondFactorQuery)
    def get_second_factor_page(call: Call) -> Reply:
        found = _session(call)
        return _asking(lambda: _begin(call, found))

    @desk_form(api, _PATH, "Confirm the second factor")
    def post_second_factor(call: Call) -> Reply:
        found, given = _session(call), Answers(call.body)
        return _asking(lambda: _confirm(call, found, given))


def _session(call: Call) -> OpenSession:
    """As it is now: the request may have noted itself."""
    found = member_session.opened(call.headers, call.wiring)
    if found is None:
        raise SignInNeeded
    return found


def _asking(answer: Callable[[], Reply]) -> Reply:
    try:
        return answer()
    except IssuerRefusal:
        raise SignInNeeded from None
    except IssuerUnavailable:
        raise Problem("unavailable", "Sign-in cannot be checked at the moment.") from None


def _begin(call: Call, found: OpenSession) -> Reply:
    """Who has one already, from before the organisation asked for it, goes on."""
    then, access = flow.own_path(call.query.next), found.session.access
    if call.wiring.issuer.has_second_factor(access):
        sessions.with_second_factor(call.wiring, found)
        return see_other(then or "/sign-in")
    secret = found.session.new_factor or call.wiring.issuer.new_second_factor(access)
    if secret != found.session.new_factor:
        sessions.with_new_factor(call.wiring, found, secret)
    account = quote(f"{_ISSUER}:{found.session.email}", safe=":")
    values = {
        "next": then,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": f"otpauth://totp/{account}?secret={secret}&issuer={_ISSUER}",
        "faults": [InputFault("code", reader_of(call).text("factor.wrong"))] if call.query.told == _WRONG_CODE else [],
    }
    return page("sign_in/second_factor.html", reader_of(call), values)


def _confirm(call: Call, found: OpenSession, given: Answers) -> Reply:
    """After a wrong code the page is asked for again: an answer with a fault must not have the secret."""
    then, code = flow.own_path(given.one("next")), given.one("code").replace(" ", "")
    if re.fullmatch(_CODE, code) and call.wiring.issuer.confirm_second_factor(found.session.access, code):
        sessions.with_second_factor(call.wiring, found)
        return see_other(then or "/sign-in")
    return see_other(f"{_PATH}?{urlencode({'told': _WRONG_CODE, 'next': then})}")
