"""The desk's page of a notice: as the public will see it, with what may name somebody marked, and the acts on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.features.register.acts import act_on_notice, case_notices
from chalicelib.features.register.acts.act_on_notice import NoticeCommand
from chalicelib.features.register.acts.case_notices import CaseNotice
from chalicelib.features.register.input import MOST_REASON, MOST_TEXT, ActOnNotice
from chalicelib.features.register.pages import preview
from chalicelib.features.register.pages.waiting import NOTICES
from chalicelib.kit.problem import Place, Problem
from chalicelib.web import languages, request_parts
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import Desk, case_request, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ONE = NOTICES + "/{number}/{notice}"
_ACT = _ONE + "/acts/{act}"
_TEXT = "text."
_OVERTAKEN = ("conflict", "act-not-open")


class _NoticeForm(NamedTuple):
    """`act`: whose form it is, or empty."""

    act: str
    given: Answers
    faults: Sequence[InputFault]
    id: str


def register(api: Api) -> None:
    @desk_page(api, _ONE, "A notice as the public will see it, and the acts on it", query=ToldQuery)
    def get_desk_notice(call: Call) -> Reply:
        desk = desk_of(call)
        kept = kept_forms.find(call, call.query.form, _path(call))
        if kept is None:
            return _page(desk, _NoticeForm("", Answers({}), (), ""))
        return _page(desk, _NoticeForm(kept.answers.one("act"), kept.answers, kept.faults, kept.id))

    @desk_form(api, _ACT, "Act on a notice")
    def post_desk_notice(call: Call) -> Reply:
        desk, given = desk_of(call), Answers(call.body)
        act = call.params["act"]
        try:
            act_on_notice.act(call.wiring, _command(call, given))
        except Problem as problem:
            if problem.kind in _OVERTAKEN:
                return see_other(desk.reader.link(_path(call), told="overtaken"))
            return _refused(desk, act, given, _saying(problem, act))
        return see_other(desk.reader.link(_path(call), told=act))


def _path(call: Call) -> str:
    return _ONE.format(**{name: call.params[name] for name in ("tenant", "number", "notice")})


def _command(call: Call, given: Answers) -> NoticeCommand:
    """The form of an act that names a text has the digest of what its page showed."""
    fields: dict[str, object] = {}
    if texts := {name.removeprefix(_TEXT): given.one(name) for name in given.given if name.startswith(_TEXT)}:
        fields["texts"] = {name: text for name, text in texts.items() if text}
    for name in ("reason", "sha256"):
        if name in given.given:
            fields[name] = given.one(name)
    for name in ("upheld", "checked", "conceal"):
        if given.one(name):
            fields[name] = given.one(name) == "yes"
    return NoticeCommand(
        tenant=tenant_of(call),
        number=call.params["number"],
        notice=call.params["notice"],
        act=call.params["act"],
        credential=credential_of(call),
        given=request_parts.decode({"fields": fields}, ActOnNotice),
        request=request_of(call, given, principal(call.caller), given.kept()),
        now=call.now,
    )


def _refused(desk: Desk, act: str, given: Answers, say: Callable[[Reader], list[InputFault]]) -> Reply:
    typed = Answers({**given.given, "act": [act]})
    kept = kept_forms.again(desk.call, _path(desk.call), typed, say)
    return kept or _page(desk, _NoticeForm(act, typed, say(desk.reader), ""), status=422)


def _saying(problem: Problem, act: str) -> Callable[[Reader], list[InputFault]]:
    """At the inputs. Raises the problem again if it is not about what was typed."""
    if problem.kind != "invalid":
        raise problem
    return lambda reader: [
        InputFault(_input(one, act), languages.say(one.text, reader.language)) for one in problem.places
    ]


def _input(place: Place, act: str) -> str:
    """The id of the input: a text of the notice that an approver cannot change in that form is the form's check."""
    parts = place.pointer.split("/")
    if "texts" in parts[:-1]:
        return f"{act}-{_TEXT}{parts[-1]}"
    if parts[1:2] == ["notice"]:
        return f"{act}-checked"
    return f"{act}-{parts[-1]}"


def _page(desk: Desk, form: _NoticeForm, *, status: int = 200) -> Reply:
    call = desk.call
    found = _found(call)
    shown = preview.of(desk, found)
    values = {
        "notice": shown,
        "path": _path(call),
        "case": desk.case,
        "acts": found.acts,
        "sha256": found.sha256,
        "typed": form,
        "faults": form.faults,
        "told": getattr(call.query, "told", None),
        "key": str(uuid.uuid4()),
        "most_reason": MOST_REASON,
        "most_text": MOST_TEXT,
    }
    return desk.page("register/desk_notice.html", values, status=status)


def _found(call: Call) -> CaseNotice:
    every = case_notices.list_notices(call.wiring, case_request(call)).notices
    found = next((one for one in every if one.id == call.params["notice"]), None)
    if found is None:
        raise Problem("not-found", "There is no such notice.")
    return found
