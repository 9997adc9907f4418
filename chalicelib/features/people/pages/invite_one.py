"""The form with which an owner invites a person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.features.people import invite
from chalicelib.features.people.invite import Invite
from chalicelib.features.people.pages import frame
from chalicelib.features.people.pages.frame import PEOPLE
from chalicelib.kit.problem import Problem
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import KeptQuery, Reader
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_INVITE = PEOPLE + "/invite"
_AT = {"/email": "email", "/name": "name", "/grants/0/role": "role", "/grants/0/unit": "unit", "/grants": "role"}
"""By a fault's place: its input."""


def register(api: Api) -> None:
    @desk_page(api, _INVITE, "The form of an invitation", query=KeptQuery)
    def get_desk_invite(call: Call) -> Reply:
        desk = frame.people_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk)) or kept_forms.NONE
        return _page(desk, kept.answers, kept.faults)

    @desk_form(api, _INVITE, "Invite a person", weight=10)
    def post_desk_invite(call: Call) -> Reply:
        desk, given = frame.people_desk(call), Answers(call.body)
        frame.key_of(given)
        try:
            _invite(call, given)
        except Problem as problem:
            say = partial(_faults, problem, given)
            return kept_forms.again(call, _path(desk), given, say) or _page(desk, given, say(desk.reader), status=422)
        return frame.back(desk, "", "invited")


def _invite(call: Call, given: Answers) -> None:
    grant = {"role": given.one("role"), **({"unit": given.one("unit")} if given.one("unit") else {})}
    said = {"email": given.one("email"), "name": given.one("name"), "grants": [grant] if grant["role"] else []}
    payload = decode({**said, **({"language": given.one("language")} if given.one("language") else {})}, Invite)
    command = replace(owner_command(call), request=request_of(call, given, sub_of(call), said))
    invite.invite(call.wiring, command, payload)


def _path(desk: Desk) -> str:
    return _INVITE.format(tenant=desk.member.org.id)


def _faults(problem: Problem, given: Answers, reader: Reader) -> list[InputFault]:
    """At the inputs. Raises the problem again if it is none of the form."""
    if problem.kind == "conflict":
        return [InputFault("email", reader.text("people.is_member"))]
    if problem.kind != "invalid":
        raise problem
    found: dict[str, str] = {}
    for place in problem.places:
        name = _AT.get(place.pointer, "email")
        detail = languages.say(place.text, reader.language)
        label = reader.text(f"people.{name}")
        missing = reader.text("people.missing", label=label)
        found.setdefault(name, reader.text("file.wrong", label=label, detail=detail) if given.one(name) else missing)
    return [InputFault(name, text) for name, text in found.items()]


def _page(desk: Desk, typed: Answers, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    values = {
        "typed": typed,
        "faults": faults,
        "roles": frame.role_choices(desk),
        "units": frame.unit_choices(desk),
        "key": typed.one("key") or str(uuid.uuid4()),
    }
    return desk.page("people/invite.html", values, status=status)
