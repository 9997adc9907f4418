"""The pages on which an organisation signs up: the procedures, its name and address, and what comes next."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from chalicelib.features.organisations import sign_up
from chalicelib.features.organisations.pages.procedures import procedure
from chalicelib.features.policies import preset_view
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.credentials import source_hash
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Fault, Input
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page, post_form
from chalicelib.web.request_parts import KEY_PATTERN, decode

_LENGTHS = {"name": 100, "id": 40, "email": 254}
_COMPLETED_AS = {"name": "organization", "email": "email"}


def inputs(reader: Reader) -> list[Input]:
    return [
        Input(
            name=name,
            pointer=f"/{name}",
            label=reader.text(f"found.{name}"),
            kind="line",
            required=True,
            type="email" if name == "email" else "text",
            autocomplete=_COMPLETED_AS.get(name, "off"),
            most=most,
        )
        for name, most in _LENGTHS.items()
    ]


def faults(problem: Problem, given: Answers, reader: Reader) -> list[Fault]:
    """The faults of the form. Raises the problem again if it is about something else."""
    if problem.kind == "tenant-taken":
        return [Fault("id", reader.text("found.taken"))]
    wrong = {place.pointer for place in problem.places}
    found = [
        Fault(
            one.name,
            reader.text(f"found.{one.name}_wrong")
            if given.one(one.name)
            else reader.text("file.missing", label=one.label),
        )
        for one in inputs(reader)
        if one.pointer in wrong
    ]
    if not found:
        raise problem
    return found


if TYPE_CHECKING:
    from chalicelib.web.api import Api

_FOUND = "/sign-up/{preset}"


def register(api: Api) -> None:
    @get_page(api, "/sign-up", "The procedures from which an organisation chooses")
    def get_procedures_page(call: Call) -> Reply:
        reader = reader_of(call)
        return page("founding/procedures.html", reader, {"presets": preset_view.all_presets().presets})

    @get_page(api, _FOUND, "A procedure, with the form of the sign-up")
    def get_founding_page(call: Call) -> Reply:
        return _page(call, Answers({}), [])

    @post_form(api, _FOUND, "Sign an organisation up", weight=30)
    def post_founding(call: Call) -> Reply:
        given = Answers(call.body)
        try:
            return _found(call, given)
        except Problem as problem:
            return _page(call, given, faults(problem, given, reader_of(call)))


def _page(call: Call, given: Answers, wrong: list[Fault]) -> Reply:
    reader = reader_of(call)
    values = {
        "procedure": procedure(call.params["preset"], reader),
        "inputs": inputs(reader),
        "answers": given,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": given.one("key") or str(uuid.uuid4()),
    }
    return page("founding/procedure.html", reader, values, status=422 if wrong else 200)


def _found(call: Call, given: Answers) -> Reply:
    reader = reader_of(call)
    asked = {name: given.one(name) for name in ("id", "name", "email")}
    others = {"preset": call.params["preset"], "language": reader.language, "opens": "by_owner"}
    payload = decode({**asked, **others}, sign_up.SignUp)
    key = given.one("key")
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise Problem("bad-request", "The form has no key. Begin again.")
    request = Request(
        tenant=payload.id, principal="public", source=call.route_id, key=key, body_hash=canonical.digest(asked)
    )
    sign_up.sign_up(call.wiring, payload, request, call.now, source=source_hash(call, "sign-ups"))
    values = {"id": payload.id, "email": payload.email, "address": call.wiring.address}
    return page("founding/founded.html", reader, values)
