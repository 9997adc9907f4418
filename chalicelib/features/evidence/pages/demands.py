"""The pages of one demand for evidence, for the holder of its link: the request, its due time and the answer.

The text of an answer in words becomes a file of the demand, which is declared, stored, checked and sealed.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import TYPE_CHECKING

from chalicelib.casework.authorization import Credential
from chalicelib.features.evidence import declare, demand_queries
from chalicelib.features.evidence.pages import demand_view as view
from chalicelib.features.evidence.pages import file_pages as pages
from chalicelib.features.evidence.pages import uploads, viewing
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.features.evidence.pages.demand_view import MOST_TEXT, TEXT
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.pages import session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import for_modules, get_page, leave, page, post_form, see_other
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.web.api import Api

_DEMAND = "/t/{tenant}/demand/{number}/{demand}"
_TOLD = ("changed", "uploaded", "arrived", "done")
_NAME = "answer.txt"


def register(api: Api) -> None:
    _answers(api)
    _files(api)
    _uploads(api)


def _answers(api: Api) -> None:
    @get_page(api, _DEMAND, "A demand for evidence, for the holder of its link", query=ToldQuery)
    def get_demand_page(call: Call) -> Reply:
        case_access = _door(call)
        return _entry(call) if case_access is None else _show(call, case_access)

    @post_form(api, _DEMAND, "Open a demand for evidence with its receipt", reads=True)
    def post_demand_entry(call: Call) -> Reply:
        return _enter(call)

    @post_form(api, _DEMAND + "/text", "Answer a demand for evidence with a text")
    def post_demand_text(call: Call) -> Reply:
        case_access = _door(call)
        return _entry(call, kept=Answers(call.body).one("text")) if case_access is None else _answer(call, case_access)

    @post_form(api, _DEMAND + "/leave", "End the session with a demand for evidence", reads=True)
    def post_demand_leave(call: Call) -> Reply:
        return leave(call, _scope(call))


def _files(api: Api) -> None:
    @get_page(api, _DEMAND + "/files", "The kinds of files that a demand asks for")
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


def _entry(call: Call, fault: InputFault | None = None, kept: str = "") -> Reply:
    """`kept`: an answer that was sent after the session had ended."""
    found = [] if fault is None else [fault]
    values = {
        "tenant_page": tenant_page_of(call),
        "number": call.params["number"],
        "path": _scope(call).path(tenant_of(call)),
        "faults": found,
        "fault": "" if fault is None else fault.text,
        "kept": kept,
        "expired": bool(kept) or bool(call.headers.get("cookie")),
    }
    return page("demand/enter.html", reader_of(call), values, status=422 if found else 200)


def _enter(call: Call) -> Reply:
    given, reader = Answers(call.body), reader_of(call)
    receipt, kept = given.one("receipt"), given.one("kept")
    if not receipt:
        return _entry(call, InputFault("receipt", reader.text("case.receipt_missing")), kept)
    scope = _scope(call)
    case_access = _door_with(call, scope, receipt)
    try:
        demand_queries.check_link(call.wiring, case_access.request(call), scope.demand)
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        call.wiring.wrong_receipts.count(problem, network(call.address))
        return _entry(call, InputFault("receipt", reader.text("demand.wrong")), kept)
    reply = _show(call, case_access, Answers({"text": [kept]})) if kept else see_other(case_access.told(reader, ""))
    return Reply(reply.body, reply.status, {**reply.headers, **session.begin(call, scope, receipt)})


def _show(
    call: Call, case_access: CaseAccess, given: Answers | None = None, faults: list[InputFault] | None = None
) -> Reply:
    reader, wrong = reader_of(call), faults or []
    demand, told = view.read(call, reader, case_access), getattr(call.query, "told", None)
    values = {
        "tenant_page": demand.tenant_page,
        "case_access": case_access,
        "demand": demand,
        "told": told if told in _TOLD else None,
        "answers": given or Answers({}),
        "key": str(uuid.uuid4()),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
    }
    return page("demand/demand.html", reader, values, status=422 if wrong else 200)


def _answer(call: Call, case_access: CaseAccess) -> Reply:
    given, reader = Answers(call.body), reader_of(call)
    try:
        faults = give(call, case_access, given)
    except Problem as problem:
        if problem.kind not in ("act-not-open", "idempotency-key-reused"):
            raise
        return see_other(case_access.told(reader, "changed"))
    return _show(call, case_access, given, faults) if faults else see_other(case_access.told(reader, "uploaded"))


def give(call: Call, case_access: CaseAccess, given: Answers) -> list[InputFault]:
    """Stores the text. The faults of the form, if there are any. Raises `Problem` as `declare.declare`."""
    text, reader = given.one("text"), reader_of(call)
    if not text:
        return [InputFault("text", reader.text("demand.text_missing"))]
    if len(text) > MOST_TEXT:
        return [InputFault("text", reader.text("demand.text_long", most=f"{MOST_TEXT:,}"))]
    asked = demand_queries.asked(call.wiring, case_access.request(call), call.params["demand"]).event.fields["kinds"]
    kind = given.one("kind") or (asked[0] if len(asked) == 1 else "")
    if not kind:
        return [InputFault("kind", reader.text("files.kind_missing"))]
    _store(call, case_access, kind, text.encode(), given.one("key"))
    return []


def _store(call: Call, case_access: CaseAccess, kind: str, content: bytes, key: str) -> None:
    """The browser does not upload it, so the ticket is not used. A repeated form stores the same file once more."""
    request = case_access.request(call)
    file = declare.NewEvidence(
        kind=kind, name=_NAME, size=len(content), media_type=TEXT, sha256=hashlib.sha256(content).hexdigest()
    )
    command = declare.DeclareEvidence(
        tenant=request.tenant,
        number=request.number,
        credential=request.credential,
        file=file,
        request=_request(call, case_access, key, file),
        place=address_hash(call),
        now=call.now,
    )
    declared = declare.declare(call.wiring, command)
    where = object_keys.quarantine(CaseRef(request.tenant, request.number), declared.body["id"])
    call.wiring.objects.put(where, content, media_type=TEXT)


def _request(call: Call, case_access: CaseAccess, key: str, file: declare.NewEvidence) -> Request | None:
    if re.fullmatch(KEY_PATTERN, key) is None:
        return None
    return Request(
        tenant=tenant_of(call),
        principal=case_access.principal,
        source=call.route_id,
        key=key,
        body_hash=canonical.digest({"path": case_access.path, "kind": file.kind, "sha256": file.sha256}),
    )
