"""The desk's page of how the organisation is reached: the form, with what complainants see of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.policies import set_contact
from chalicelib.features.policies.set_contact import SaidContact
from chalicelib.kit.problem import Problem
from chalicelib.policy.checks import contact as checks
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_SECTION, _NAME = "organisation", "contact"
_CONTACT = f"{DESK}/{_SECTION}/{_NAME}"
_AT = ("/policy/contact/outside/url", "/policy/contact/outside", "/policy/contact/address", "/policy/contact/hours")
_INPUTS = {_AT[0]: "outside_url", _AT[1]: "outside_zh", _AT[2]: "address_zh", _AT[3]: "hours_zh"}
"""By the beginning of a fault's place: its input."""


def register(api: Api) -> None:
    @section_page(
        api, _SECTION, _NAME, "How the organisation is reached", group="service", shown_to=is_owner, query=ToldQuery
    )
    def get_desk_contact(call: Call) -> Reply:
        desk = section_desk(call, _SECTION)
        kept = kept_forms.find(call, call.query.form, _path(desk))
        return _page(desk, _present(desk), []) if kept is None else _page(desk, _typed(kept.answers), kept.faults)

    @desk_form(api, _CONTACT, "Change how the organisation is reached", weight=10)
    def post_desk_contact(call: Call) -> Reply:
        desk, given = section_desk(call, _SECTION), Answers(call.body)
        typed = _typed(given)
        if not (typed.phone or typed.email):
            return _refused(desk, given, saying([CodedFault("phone", "contact.nothing")]))
        try:
            answer = set_contact.set_contact(call.wiring, owner_command(call), typed.as_part())
        except Problem as problem:
            return _refused(desk, given, partial(_faults, problem))
        told = "contact" if answer.status == 201 else "same"
        return see_other(desk.reader.link(_path(desk), told=told))


def _path(desk: Desk) -> str:
    return _CONTACT.format(tenant=desk.member.org.id)


def _typed(given: Answers) -> SaidContact:
    return SaidContact(**{name: given.one(name) for name in SaidContact.__struct_fields__})


def _refused(desk: Desk, given: Answers, say: kept_forms.Saying) -> Reply:
    kept = kept_forms.again(desk.call, _path(desk), given, say)
    return kept or _page(desk, _typed(given), say(desk.reader), status=422)


def _present(desk: Desk) -> SaidContact:
    return set_contact.said_by({"contact": msgspec.to_builtins(desk.member.policy.document.contact)})


def _faults(problem: Problem, reader: Reader) -> list[InputFault]:
    """At the inputs. Raises the problem again if it is about something else."""
    if problem.kind not in ("policy-invalid", "invalid"):
        raise problem
    found = [
        InputFault(_input(place.pointer), languages.say(place.text, reader.language))
        for place in problem.places
        if place.pointer == "/policy" or place.pointer.startswith("/policy/contact")
    ]
    if not found:
        raise problem
    return found


def _input(pointer: str) -> str:
    last = pointer.rpartition("/")[2]
    return next((name for at, name in _INPUTS.items() if pointer.startswith(at)), last if last == "email" else "phone")


def _page(desk: Desk, typed: SaidContact, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    document = desk.member.policy.document
    values = {
        "typed": typed,
        "faults": faults,
        "unsaid": bool(list(checks.hints(document))),
        "told": getattr(desk.call.query, "told", None),
        "public": f"/t/{desk.member.org.id}",
    }
    return desk.page("policies/contact.html", values, status=status)
