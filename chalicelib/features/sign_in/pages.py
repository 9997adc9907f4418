"""The door for staff: signing in with the issuer, choosing an organisation, and signing out.

Signing in looks nothing up before the issuer has said who the person is. So each mail address, and each name of an
organisation, gets the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from chalicelib.features.sign_in import flow
from chalicelib.features.sign_in.flow import Goal, NotSignedIn
from chalicelib.kit import observability
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.kit.instants import SECOND
from chalicelib.kit.problem import Problem
from chalicelib.ports.issuer import IssuerRefusal, IssuerUnavailable
from chalicelib.tenants.people import own_organisations, sessions
from chalicelib.tenants.people.sessions import OpenSession, OwnOrganisation
from chalicelib.web import member_session
from chalicelib.web.call import Call, Reply
from chalicelib.web.credentials import source_hash
from chalicelib.web.member_session import FLOW
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import KeptQuery, PageQuery, reader_of
from chalicelib.web.pages.rendering import get_page, leading_to, page, post_form, see_other
from chalicelib.web.request_parts import require_own_origin

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PATH = "/sign-in"
_LONGEST_NAME = 200


class SignInQuery(KeptQuery, frozen=True, kw_only=True):
    """`next`: the own path to go to. `organisation`: an id. `email`: a hint for the issuer."""

    next: str = ""
    organisation: str = ""
    email: str = ""


class BackQuery(PageQuery, frozen=True, kw_only=True):
    code: str = ""
    state: str = ""
    error: str = ""


def register(api: Api) -> None:
    @get_page(api, _PATH, "Sign in, or choose an organisation", query=SignInQuery)
    def get_sign_in_page(call: Call) -> Reply:
        return _show(call)

    @post_form(api, _PATH, "Begin to sign in")
    def post_sign_in(call: Call) -> Reply:
        given = Answers(call.body)
        goal, email = _goal_of(given), given.one("email")
        if email and not _is_address(email):
            say = saying([CodedFault("email", "sign_in.no_address")])
            return kept_forms.again(call, _PATH, given, say) or _form(call, goal, email, say(reader_of(call)))
        kept_forms.forget(call, _PATH)
        return _begin(call, goal, email)

    @get_page(api, _PATH + "/start", "Begin to sign in by a link", query=SignInQuery)
    def get_sign_in_start(call: Call) -> Reply:
        email = call.query.email if _is_address(call.query.email) else ""
        return _begin(call, _goal(call.query.next, call.query.organisation), email)

    @get_page(api, _PATH + "/back", "The way back from the issuer", query=BackQuery)
    def get_sign_in_back(call: Call) -> Reply:
        try:
            return _come_back(call)
        except NotSignedIn as failed:
            return _failed(call, failed.trouble)
        except IssuerUnavailable:
            raise Problem("unavailable", "Sign-in cannot be checked at the moment.") from None

    @post_form(api, "/sign-out", "Sign out", while_closed=True)
    def post_sign_out(call: Call) -> Reply:
        require_own_origin(call.headers, call.wiring.address)
        found = member_session.opened(call.headers, call.wiring)
        if found is not None:
            _end(call, found)
        reply = see_other(call.wiring.issuer.sign_out())
        return Reply(reply.body, reply.status, {**reply.headers, **member_session.ended(call.wiring)})


def _show(call: Call) -> Reply:
    found, kept = _session(call), kept_forms.find(call, call.query.form, _PATH)
    goal = _goal(call.query.next, call.query.organisation) if kept is None else _goal_of(kept.answers)
    if found is not None:
        return _signed_in(call, found, goal)
    if kept is None:
        return _form(call, goal, call.query.email)
    return _form(call, goal, kept.answers.one("email"), kept.faults, kept.id)


def _session(call: Call) -> OpenSession | None:
    found = member_session.opened(call.headers, call.wiring)
    return found if found is not None and sessions.used(call.wiring, found) is not None else None


def _goal(then: str, organisation: str) -> Goal:
    return Goal(flow.own_path(then), organisation[:_LONGEST_NAME])


def _goal_of(given: Answers) -> Goal:
    return _goal(given.one("next"), given.one("organisation"))


def _is_address(text: str) -> bool:
    return len(text) <= MAX_ADDRESS_LENGTH and re.fullmatch(EMAIL_PATTERN, text) is not None


def _form(call: Call, goal: Goal, email: str, faults: Sequence[InputFault] = (), form: str = "") -> Reply:
    values = {
        "goal": goal,
        "email": email,
        "form": form,
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
    }
    status = 422 if faults else 200
    return page("sign_in/form.html", reader_of(call), values, status=status, headers=_leading(call))


def _leading(call: Call) -> dict[str, str]:
    return leading_to(call.wiring.issuer.origin)


def _begin(call: Call, goal: Goal, email: str) -> Reply:
    call.wiring.budgets.count_sign_in(call.wiring.store, source_hash(call, "sign-ins"))
    address, sealed = flow.begin(call.wiring, goal, email, reader_of(call).language)
    reply = see_other(address)
    kept = member_session.cookie(call.wiring.address, FLOW, sealed, seconds=flow.LASTS // SECOND)
    return Reply(reply.body, reply.status, {**reply.headers, **kept})


def _come_back(call: Call) -> Reply:
    """A new session with a new secret; an earlier one of this browser ends."""
    query, wiring = call.query, call.wiring
    begun = next(iter(member_session.cookies(call.headers, wiring.address, FLOW)), "")
    found = flow.opened(wiring, begun) if begun else None
    person = flow.finish(wiring, found, query.state, "" if query.error else query.code)
    earlier = member_session.opened(call.headers, wiring)
    if earlier is not None:
        sessions.end(wiring, earlier)
    organisations = own_organisations.of_person(wiring, person.sub)
    asked = any(one.second_factor for one in organisations)
    second_factor = asked and wiring.issuer.has_second_factor(person.access)
    secret = sessions.begin(wiring, person, organisations, second_factor=second_factor)
    reply = see_other(_destination(found.goal if found else Goal(), organisations))
    return Reply(reply.body, reply.status, {**reply.headers, **member_session.begun(wiring, secret)})


def _destination(goal: Goal, own: Sequence[OwnOrganisation]) -> str:
    """The page that was asked for, the desk of the organisation that was named or is the only one, or the choice."""
    if goal.then:
        return goal.then
    named = _named(goal.organisation, own)
    chosen = named or (own[0] if len(own) == 1 and not goal.organisation else None)
    if chosen is not None:
        return DESK.format(tenant=chosen.id)
    return _PATH + (f"?{urlencode({'organisation': goal.organisation})}" if goal.organisation else "")


def _named(text: str, own: Sequence[OwnOrganisation]) -> OwnOrganisation | None:
    """The one organisation of the person with this id or name."""
    asked = text.strip().casefold()
    same = [one for one in own if asked == one.id] or [one for one in own if asked == one.name.strip().casefold()]
    return same[0] if len(same) == 1 else None


def _failed(call: Call, trouble: flow.Trouble) -> Reply:
    return page("sign_in/failed.html", reader_of(call), {"trouble": trouble}, status=400)


def _signed_in(call: Call, found: OpenSession, goal: Goal) -> Reply:
    own = own_organisations.of_person(call.wiring, found.session.sub)
    if list(found.session.organisations) != own:
        sessions.with_organisations(call.wiring, found, own)
    if goal.then or _named(goal.organisation, own):
        return see_other(_destination(goal, own))
    values = {
        "email": found.session.email,
        "asked": goal.organisation,
        "organisations": [(one.name, DESK.format(tenant=one.id)) for one in own],
    }
    return page("sign_in/choose.html", reader_of(call), values, headers=_leading(call))


def _end(call: Call, found: OpenSession) -> None:
    """Here at once; at the issuer as well, if it answers."""
    sessions.end(call.wiring, found)
    if found.session.refresh:
        with suppress(IssuerRefusal):
            try:
                call.wiring.issuer.end(found.session.refresh)
            except IssuerUnavailable:
                observability.error("The issuer did not revoke the tokens of an ended session")
