"""The pages of one demand for evidence, for the holder of its link: the request, its due time and the answer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.features.evidence import demand_queries
from chalicelib.features.evidence.pages import demand_text, uploads, viewing
from chalicelib.features.evidence.pages import demand_view as view
from chalicelib.features.evidence.pages import file_pages as pages
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.features.evidence.pages.demand_text import TEXT_INPUT, TYPED
from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import CodedFault, saying
from chalicelib.web.pages.kept_forms import KeptForm
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import for_modules, get_page, leave, page, post_form, see_other

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.web.api import Api

_DEMAND = "/t/{tenant}/demand/{number}/{demand}"
_TOLD = ("changed", "uploaded", "arrived", "done")


def register(api: Api) -> None:
    _answers(api)
    _files(api)
    _uploads(api)


def _answers(api: Api) -> None:
    @get_page(api, _DEMAND, "A demand for evidence, for the holder of its link", query=ToldQuery)
    def get_demand_page(call: Call) -> Reply:
        case_access, kept = _door(call), kept_forms.find(call, call.query.form, _path(call))
        return _entry(call, kept) if case_access is None else _show(call, case_access, kept)

    @post_form(api, _DEMAND, "Open a demand for evidence with its receipt", while_closed=True)
    def post_demand_entry(call: Call) -> Reply:
        return _enter(call)

    @post_form(api, _DEMAND + "/text", "Answer a demand for evidence with a text")
    def post_demand_text(call: Call) -> Reply:
        case_access = _door(call)
        if case_access is not None:
            return _answer(call, case_access)
        return _ask(call, kept_forms.merged(call, Answers(call.body), _path(call)))

    @post_form(api, _DEMAND + "/leave", "End the session with a demand for evidence", while_closed=True)
    def post_demand_leave(call: Call) -> Reply:
        kept_forms.forget(call)
        return leave(call, _scope(call))


def _files(api: Api) -> None:
    @get_page(api, _DEMAND + "/files", "The kinds of files that a demand asks for", query=ToldQuery)
    def get_demand_files_page(call: Call) -> Reply:
        return _inside(call, pages.choice)

    @post_form(api, _DEMAND + "/files", "Begin to add a file that a demand asks for")
    def post_demand_files_page(call: Call) -> Reply:
        return _inside(call, pages.begin)

    @get_page(api, _DEMAND + "/files/{file}", "The form that sends a file that a demand asks for")
    def get_demand_upload_page(call: Call) -> Reply:
        return _inside(call, pages.upload)

    @get_page(api, _DEMAND + "/files/{file}/view", "A file given for a demand, shown if it is an image or a PDF")
    def get_demand_file_page(call: Call) -> Reply:
        return _inside(call, viewing.show)

    @get_page(api, _DEMAND + "/files/{file}/copy", "Download a file given for a demand", query=viewing.CopyQuery)
    def get_demand_file_copy(call: Call) -> Reply:
        return _inside(call, viewing.download)


def _uploads(api: Api) -> None:
    @for_modules(api, _DEMAND + "/uploads", "The states of the files that answer a demand", "GET")
    def get_demand_file_states(call: Call) -> Reply:
        return uploads.states(call, _required_door(call))

    @for_modules(api, _DEMAND + "/uploads", "Declare a file that a module sends for a demand", "POST", status=201)
    def post_demand_upload(call: Call) -> Reply:
        return uploads.begin(call, _required_door(call))

    @for_modules(api, _DEMAND + "/uploads/{file}/complete", "Complete an upload in parts for a demand", "POST")
    def post_demand_upload_end(call: Call) -> Reply:
        return uploads.end(call, _required_door(call))


def _scope(call: Call) -> session.SessionScope:
    return session.SessionScope(call.params["number"], call.params["demand"], "demand")


def _path(call: Call) -> str:
    return _scope(call).path(tenant_of(call))


def _door(call: Call) -> CaseAccess | None:
    scope = _scope(call)
    receipt = session.receipt_of(call, scope)
    return None if receipt is None else _door_with(call, scope, receipt)


def _required_door(call: Call) -> CaseAccess:
    """Raises `Problem("unauthenticated")` without a session."""
    scope = _scope(call)
    return _door_with(call, scope, session.require_receipt(call, scope))


def _door_with(call: Call, scope: session.SessionScope, receipt: str) -> CaseAccess:
    return CaseAccess(scope.path(tenant_of(call)), scope.number, Credential(receipt=receipt), "demand.title")


def _inside(call: Call, answer: Callable[[Call, CaseAccess], Reply]) -> Reply:
    """Without a session, the page of the demand asks for the receipt."""
    case_access = _door(call)
    return see_other(_scope(call).path(tenant_of(call))) if case_access is None else answer(call, case_access)


def _ask(call: Call, given: Answers, wrong: Sequence[CodedFault] = ()) -> Reply:
    """Asks for the receipt. An answer that was sent after the session had ended is kept for a day."""
    say, has_text = saying(wrong), bool(given.one(TEXT_INPUT))
    kept = kept_forms.again(call, _path(call), given, say, lasts=kept_forms.LASTS if has_text else kept_forms.SHOWN)
    return kept or _entry(call, KeptForm("", given, say(reader_of(call))))


def _entry(call: Call, kept: KeptForm | None) -> Reply:
    """`kept`: what was entered. Without an id, the answer is in hidden inputs of the page."""
    form_id, given, faults = ("", Answers({}), ()) if kept is None else kept[:3]
    has_text = bool(given.one(TEXT_INPUT))
    values = {
        "tenant_page": tenant_page_of(call),
        "number": call.params["number"],
        "path": _path(call),
        "faults": faults,
        "fault": faults[0].text if faults else "",
        "given": given.one("receipt"),
        "has_text": has_text,
        "kept": [("form", form_id)] if form_id else [(name, given.one(name)) for name in TYPED],
        "expired": has_text or session.has_cookie(call),
    }
    return page("demand/enter.html", reader_of(call), values, status=422 if faults else 200)


def _enter(call: Call) -> Reply:
    """An answer that was kept is shown again, for the holder of the link to send it."""
    sent, path, scope = Answers(call.body), _path(call), _scope(call)
    given, receipt = kept_forms.merged(call, sent, path), sent.one("receipt")
    case_access = _door_with(call, scope, receipt)
    wrong = _receipt_faults(call, case_access, receipt)
    if wrong:
        return _ask(call, given, wrong)
    typed = Answers({name: given.given[name] for name in (*TYPED, "form") if name in given.given})
    if not given.one(TEXT_INPUT):
        kept_forms.forget(call, path)
        reply = see_other(case_access.told(reader_of(call), ""))
    elif given is sent:
        reply = _show(call, case_access, KeptForm("", typed, ()))
    else:
        reply = kept_forms.again(call, path, typed, lasts=kept_forms.LASTS) or _show(call, case_access)
    return Reply(reply.body, reply.status, {**reply.headers, **session.begin(call, scope, receipt)})


def _receipt_faults(call: Call, case_access: CaseAccess, receipt: str) -> list[CodedFault]:
    """Empty if this is the demand's receipt. Wrong ones are counted."""
    if not receipt:
        return [CodedFault("receipt", "case.receipt_missing")]
    try:
        demand_queries.check_link(call.wiring, case_access.request(call), call.params["demand"])
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        call.wiring.wrong_receipts.count(problem, network(call.address))
        return [CodedFault("receipt", "demand.wrong")]
    return []


def _show(call: Call, case_access: CaseAccess, kept: KeptForm | None = None) -> Reply:
    reader = reader_of(call)
    form_id, given, wrong = ("", Answers({}), ()) if kept is None else kept[:3]
    demand, told = view.read(call, reader, case_access), getattr(call.query, "told", None)
    values = {
        "tenant_page": demand.tenant_page,
        "case_access": case_access,
        "demand": demand,
        "told": told if told in _TOLD else None,
        "answers": given,
        "form": form_id,
        "key": str(uuid.uuid4()),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
    }
    return page("demand/demand.html", reader, values, status=422 if wrong else 200)


def _answer(call: Call, case_access: CaseAccess) -> Reply:
    given, reader, path = Answers(call.body), reader_of(call), _path(call)
    try:
        faults = demand_text.give(call, case_access, given)
    except Problem as problem:
        if problem.kind not in ("act-not-open", "idempotency-key-reused"):
            raise
        return see_other(case_access.told(reader, "changed"))
    if faults:
        kept = kept_forms.again(call, path, given, saying(faults), lasts=kept_forms.LASTS)
        return kept or _show(call, case_access, KeptForm("", given, saying(faults)(reader)))
    kept_forms.forget_one(call, given.one("form"))
    return see_other(case_access.told(reader, "uploaded"))
