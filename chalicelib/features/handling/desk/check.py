"""What an act would do, before the last click: a page of its own, made from what the member has typed (`drafts`).

Each time it is read it asks anew. If the act would be refused, it shows the form, with what is wrong: at the fields,
or what others have changed, or why the act is not open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.features.handling import act as use_case
from chalicelib.features.handling import drafts, dry_run
from chalicelib.features.handling.desk import act_page, outcome
from chalicelib.features.handling.desk.act_page import ACT, Foreseen, OpenedAct, OpenedCase
from chalicelib.features.handling.drafts import ActDraft
from chalicelib.features.handling.pages.act_inputs import faults as faults_of
from chalicelib.kit.problem import Problem
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import desk_form, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import CaseQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_CHECK = ACT + "/check"
_REFUSED = ("stale", "invalid", "act-not-open", "forbidden", "conflict", "proposer-gone")


class CheckQuery(CaseQuery, frozen=True, kw_only=True):
    draft: str = ""


def register(api: Api) -> None:
    @desk_page(api, _CHECK, "What an act would do, before the last click", query=CheckQuery)
    def get_desk_check(call: Call) -> Reply:
        case = act_page.open_case(call, [act_page.drawer_of(call).key])
        draft = act_page.drafted(case, call.query.draft)
        return act_page.to_case(call, "no_draft") if draft is None else _checked(case, draft)

    @desk_form(api, _CHECK, "Do an act, change what was typed for it, or delete that", query=CaseQuery)
    def post_desk_check(call: Call) -> Reply:
        given = Answers(call.body)
        request = act_page.once(call, given) if given.one("go") == "do" else None
        record_keys = [] if request is None else [request.record_key]
        case = act_page.open_case(call, [act_page.drawer_of(call).key, *record_keys])
        if request is not None and _is_repeated(case, request):
            return act_page.to_case(call, "done")
        draft = act_page.drafted(case, given.one("draft"))
        return act_page.to_case(call, "no_draft") if draft is None else _sent(case, draft, given, request)


def _is_repeated(case: OpenedCase, request: Request) -> bool:
    """Whether this form was sent before, and its act is done. Raises `Problem("idempotency-key-reused")`."""
    found = case.visible.case.entries.get(request.record_key)
    return idempotency_records.replay(found, request, case.call.wiring.real_clock()) is not None


def _sent(case: OpenedCase, draft: ActDraft, given: Answers, request: Request | None) -> Reply:
    call, go = case.call, given.one("go")
    if go == "forget":
        drafts.forget(call.wiring, act_page.drawer_of(call), draft.id)
        return act_page.to_case(call, "forgotten")
    if go == "change":
        return act_page.to_form(call, draft.id)
    page = case.act(draft.behalf, act_page.given_of(draft))
    if request is None or page is None or given.one("key") != draft.key:  # another tab has typed something else
        return act_page.to_check(call, draft.id)
    return _done(page, draft, request)


def _done(page: OpenedAct, draft: ActDraft, request: Request) -> Reply:
    """A refusal leads to the page again, which shows it."""
    call = page.call
    beside = drafts.done_with(call.wiring, act_page.drawer_of(call), draft.id)
    try:
        use_case.act(call.wiring, replace(page.command, request=request, beside=beside))
    except Problem as problem:
        if problem.kind not in _REFUSED:
            raise
        told = {"told": "overtaken"} if problem.kind == "conflict" else {}
        return act_page.to_check(call, draft.id, **told)
    return act_page.to_case(call, "done")


def _checked(case: OpenedCase, draft: ActDraft) -> Reply:
    given = act_page.given_of(draft)
    page = case.act(draft.behalf, given)
    if page is None:
        return act_page.gone(case, given)
    try:
        would = dry_run.dry_run(case.call.wiring, page.command).would
    except Problem as problem:
        return _refused(page, problem)
    lines = outcome.lines(would, labels_of(page.desk, page.visible.case.policy))
    return act_page.shown(page, would=Foreseen(lines, draft.key))


def _refused(page: OpenedAct, problem: Problem) -> Reply:
    """The form as it was typed, with what is wrong with it."""
    reader = page.desk.reader
    if problem.kind == "stale":
        return act_page.shown(page, since=problem.extra.get("since", []), status=412)
    if problem.kind == "invalid":
        asked = [one.input for one in act_page.inputs_of(page)]
        return act_page.shown(page, faults=faults_of(problem, asked, page.given, reader), status=422)
    if problem.kind in _REFUSED:
        return act_page.shown(page, why=languages.say(problem.text, reader.language), status=409)
    raise problem
