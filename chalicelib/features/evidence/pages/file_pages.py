"""The pages on which a file is added: the choice of its kind, and the form that sends it to the bucket.

The browser sends the file straight to the bucket, also without JavaScript.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from chalicelib.features.evidence import authorization, declare, evidence_queries, tickets
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.pages import listing
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.features.evidence.tickets import UploadForm
from chalicelib.kit import canonical
from chalicelib.kit.instants import SECOND, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.store.port import Key
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import desk_of
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.organisation import tenant_page_in, tenant_page_key
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import page, see_other
from chalicelib.web.pages.times import time_text
from chalicelib.web.request_parts import KEY_PATTERN
from chalicelib.wiring import Wiring

_MISSING = "missing"
"""What the query of the page tells: no kind was chosen."""


def choice(call: Call, case_access: CaseAccess) -> Reply:
    """The page that asks for the kind. The page of the complaint or demand if no file can be added."""
    reader = reader_of(call)
    wrong = [InputFault(listing.INPUT, reader.text("files.kind_missing"))] if call.query.told == _MISSING else []
    found = authorization.load_case(call.wiring, case_access.request(call), [tenant_page_key(call)])
    authorization.on_behalf_of(found, case_access.on_behalf_of)
    if not found.case.takes_files:
        return see_other(case_access.told(reader, "changed"))
    asked = listing.kind_input(found, reader, "files.kind_desk" if case_access.at_desk else "files.kind")
    values = {
        "tenant_page": tenant_page_in(call, found.entries),
        "case_access": case_access,
        "input": asked,
        "answers": Answers({listing.INPUT: [asked.options[0].value]} if len(asked.options) == 1 else {}),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": str(uuid.uuid4()),
        "accepts": json.dumps(listing.accepted_types(found)),
        "words": _words(case_access, reader),
    }
    origin = call.wiring.objects.upload_origin()
    return _page(call, case_access, "files/choice.html", values, upload=origin, status=422 if wrong else 200)


def _page(
    call: Call, case_access: CaseAccess, template: str, values: Mapping[str, Any], *, upload: str, status: int = 200
) -> Reply:
    """In the layout of the desk, or of the organisation's public pages. `upload`: the origin of the bucket."""
    if case_access.at_desk:
        shown = {**values, "layout": "desk_layout.html"}
        return desk_of(call).page(template, shown, status=status, upload=upload)
    shown = {**values, "layout": "organisation_layout.html"}
    return page(template, reader_of(call), shown, status=status, upload=upload)


def _words(case_access: CaseAccess, reader: Reader) -> dict[str, str]:
    found = listing.words(reader)
    return {**found, "session": reader.text("uploads.signed_out")} if case_access.at_desk else found


def begin(call: Call, case_access: CaseAccess) -> Reply:
    """Declares a file of the chosen kind, and leads to its form."""
    given, reader = Answers(call.body), reader_of(call)
    kind = given.one(listing.INPUT)
    request = case_access.request(call)
    command = declare.DeclareEvidence(
        tenant=request.tenant,
        number=request.number,
        credential=request.credential,
        file=declare.FormFile(kind, case_access.given_for(kind)),
        request=request_of(call, case_access, given.one("key"), kind),
        place=address_hash(call),
        now=call.now,
    )
    try:
        declared = declare.declare(call.wiring, command)
    except Problem as problem:
        if problem.kind == "invalid" and not kind:
            return see_other(reader.link(f"{case_access.path}/files", told=_MISSING))
        if problem.kind not in ("act-not-open", "idempotency-key-reused"):
            raise
        return see_other(case_access.told(reader, "changed"))
    return see_other(reader.link(f"{case_access.path}/files/{declared.body['id']}"))


def upload(call: Call, case_access: CaseAccess) -> Reply:
    """The form that sends the file. Back to the page of the complaint or demand if a file has arrived."""
    reader = reader_of(call)
    back = call.wiring.address + case_access.told(reader, "uploaded")
    try:
        visible, ticket = upload_form(
            call.wiring, case_access.request(call), call.params["file"], back, [tenant_page_key(call)]
        )
    except Problem as problem:
        if problem.kind != "act-not-open":
            raise
        return see_other(case_access.told(reader, "arrived"))
    policy, evidence = visible.case.policy, visible.evidence
    url = str(ticket.url)
    values = {
        "tenant_page": tenant_page_in(call, visible.case.entries),
        "case_access": case_access,
        "kind": listing.kind_name(policy, evidence.kind, reader),
        "types": listing.types_text(policy, evidence),
        "accept": listing.accepted(policy, evidence),
        "most": listing.size_text(evidence.size),
        "until": _until(call, policy, reader, ticket.seconds),
        "url": url,
        "fields": ticket.fields,
    }
    return _page(call, case_access, "files/upload.html", values, upload=origin_of(url))


def _until(call: Call, policy: Policy, reader: Reader, seconds: int) -> str:
    """Real time, because the bucket measures it."""
    until = call.wiring.real_clock() + seconds * SECOND
    return time_text(policy.calendar, reader, to_text(until))


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def request_of(call: Call, case_access: CaseAccess, key: str, file: Any) -> Request | None:
    """A form that is sent twice declares one file. `file`: what it declares."""
    if re.fullmatch(KEY_PATTERN, key) is None:
        return None
    return Request(
        tenant=tenant_of(call),
        principal=case_access.principal,
        source=call.route_id,
        key=key,
        body_hash=canonical.digest({"path": case_access.path, "file": file}),
    )


def upload_form(
    wiring: Wiring, request: EvidenceRequest, evidence_id: str, back: str, also: Sequence[Key]
) -> tuple[VisibleEvidence, UploadForm]:
    """The declared file and the form's ticket. `back`: the URL to which the bucket sends the browser afterwards.

    The items of `also` are read with the complaint.

    Raises `Problem`: `not-found` for another person's file; `act-not-open` if a file has arrived, or its time is over.
    """
    visible = evidence_queries.get_visible(wiring, request, evidence_id, also)
    if not visible.caller.gave(visible.evidence):
        raise Problem("not-found", "The complaint has no such evidence.")
    ticket = tickets.form(wiring.objects, wiring.real_clock, request.ref, visible.evidence, back)
    if ticket is None:
        raise Problem("act-not-open", "The file has arrived, or the time for its upload is over.", extra={"acts": []})
    return visible, ticket
