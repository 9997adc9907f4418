"""The desk's pages of improvement actions: the list, one action with its trend and acts, the form of a new one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from chalicelib.features.improvements import commands, queries, shown
from chalicelib.features.improvements.commands import ImprovementAct, ImprovementCommand, NewImprovement
from chalicelib.features.improvements.queries import ImprovementCaller
from chalicelib.kit.problem import Problem
from chalicelib.web import cursors, languages, request_parts
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.kept_forms import KeptForm
from chalicelib.web.pages.reader import CursorQuery, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

IMPROVEMENTS = DESK + "/oversight/improvements"
_NEW = IMPROVEMENTS + "/new"
_ONE = IMPROVEMENTS + "/{improvement}"
_CSV = "text/csv; charset=utf-8"
_PAGE, _WEIGHT = 50, 5


class CauseQuery(ToldQuery, frozen=True, kw_only=True):
    """`cause`: chosen in the form of a new action."""

    cause: str = ""


def register(api: Api) -> None:
    _list(api)
    _new(api)
    _one(api)


def _list(api: Api) -> None:
    @desk_page(
        api,
        IMPROVEMENTS,
        "The improvement actions",
        query=CursorQuery,
        listed=("oversight", "desk_improvements.title"),
        is_for=queries.manages,
    )
    def get_desk_improvements(call: Call) -> Reply:
        desk, caller = _desk(call)
        after = cursors.position(call, call.query.cursor or None)
        found = queries.listed(call.wiring, caller, _PAGE, after, call.now)
        names = shown.names(desk, [one.owner for one in found.improvements])
        more = cursors.sign(call, found.after)
        path = IMPROVEMENTS.format(tenant=tenant_of(call))
        values = {
            "lines": [shown.action_line(desk, one, names) for one in found.improvements],
            "manages": caller.manages is not None,
            "more": desk.reader.link(path, cursor=more) if more else "",
            "csv": desk.reader.link(f"{path}/table.csv"),
        }
        return desk.page("improvements/list.html", values)

    @desk_page(api, IMPROVEMENTS + "/table.csv", "The improvement actions as a file", produces=_CSV)
    def get_desk_improvements_csv(call: Call) -> Reply:
        desk, caller = _desk(call)
        attached = {"Content-Disposition": 'attachment; filename="improvements.csv"'}
        return Reply("\ufeff" + queries.as_csv(call.wiring, caller, call.now, desk.reader.language), headers=attached)


def _new(api: Api) -> None:
    @desk_page(api, _NEW, "The form of a new improvement action", query=CauseQuery)
    def get_desk_improvement_new(call: Call) -> Reply:
        desk, caller = _desk(call)
        _check_manager(caller)
        kept = kept_forms.find(call, call.query.form, _NEW.format(**call.params)) or kept_forms.NONE
        return _form(desk, kept)

    @desk_form(api, _NEW, "Open an improvement action", weight=_WEIGHT)
    def post_desk_improvement_new(call: Call) -> Reply:
        desk, given = _desk(call)[0], Answers(call.body)
        by, _, value = given.one("cause").partition(shown.CAUSE)
        typed = {name: given.one(name) for name in ("title", "owner", "due")}
        try:
            wanted = request_parts.decode({**typed, "by": by, "value": value}, NewImprovement)
            answer = commands.create(call.wiring, _command(call, given), wanted)
        except Problem as problem:
            say = _saying(problem)
            kept = kept_forms.again(call, _NEW.format(**call.params), given, say)
            return kept or _form(desk, KeptForm("", given, say(desk.reader)), status=422)
        return see_other(desk.reader.link(_ONE.format(**call.params, improvement=answer.body["id"]), told="opened"))


def _one(api: Api) -> None:
    @desk_page(api, _ONE, "An improvement action with its trend", query=ToldQuery)
    def get_desk_improvement(call: Call) -> Reply:
        desk, caller = _desk(call)
        kept = kept_forms.find(call, call.query.form, _ONE.format(**call.params)) or kept_forms.NONE
        return _action(desk, caller, kept)

    @desk_form(api, _ONE + "/acts/{act}", "Act on an improvement action", weight=_WEIGHT)
    def post_desk_improvement_act(call: Call) -> Reply:
        desk, caller = _desk(call)
        given, path = Answers(call.body), _path(call)
        typed = {name: text for name in ("reason", "owner", "due") if (text := given.one(name))}
        try:
            wanted = request_parts.decode(typed, ImprovementAct)
            name = call.params["act"]
            commands.act(call.wiring, _command(call, given), call.params["improvement"], name, wanted)
        except Problem as problem:
            if problem.kind == "conflict":
                return see_other(desk.reader.link(path, told="overtaken"))
            say = _saying(problem)
            kept = kept_forms.again(call, path, given, say)
            return kept or _action(desk, caller, KeptForm("", given, say(desk.reader)), status=422)
        return see_other(desk.reader.link(path, told=name))


def _path(call: Call) -> str:
    return _ONE.format(tenant=tenant_of(call), improvement=call.params["improvement"])


def _desk(call: Call) -> tuple[Desk, ImprovementCaller]:
    desk = desk_of(call)
    return desk, queries.as_caller(desk.member)


def _check_manager(caller: ImprovementCaller) -> None:
    if caller.manages is None:
        raise Problem("forbidden", "Only those who manage the improvement actions may do this.")


def _command(call: Call, given: Answers) -> ImprovementCommand:
    request = request_of(call, given, principal(call.caller), given.kept())
    return ImprovementCommand(tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=request)


def _saying(problem: Problem) -> kept_forms.Saying:
    """At the inputs. Raises the problem again if it is not about what was typed."""
    if problem.kind != "invalid":
        raise problem
    return lambda reader: [
        InputFault(_input(one.pointer), languages.say(one.text, reader.language)) for one in problem.places
    ]


def _input(pointer: str) -> str:
    name = pointer.strip("/")
    return "cause" if name in ("by", "value") else name


def _form(desk: Desk, kept: KeptForm, *, status: int = 200) -> Reply:
    asked = getattr(desk.call.query, "cause", "")
    values = {
        "causes": shown.causes(desk),
        "chosen": kept.answers.one("cause") or asked,
        "people": shown.people(desk),
        "typed": kept.answers,
        "faults": kept.faults,
        "form": kept.id,
        "most": commands.MOST_TITLE,
        "key": kept.answers.one("key") or str(uuid.uuid4()),
    }
    return desk.page("improvements/new.html", values, status=status)


def _action(desk: Desk, caller: ImprovementCaller, kept: KeptForm, *, status: int = 200) -> Reply:
    call = desk.call
    found = queries.one(call.wiring, caller, call.params["improvement"], call.now)
    manages = caller.manages is not None
    values = {
        "one": shown.action_line(desk, found, shown.names(desk, [found.owner])),
        "path": _path(call),
        "manages": manages,
        "people": shown.people(desk) if manages and found.state == "open" else [],
        "owner": found.owner,
        "typed": kept.answers,
        "faults": kept.faults,
        "form": kept.id,
        "most": commands.MOST_REASON,
        "key": str(uuid.uuid4()),
        "told": getattr(call.query, "told", None),
    }
    return desk.page("improvements/action.html", values, status=status)
