"""An answer in words to a demand: it becomes a file of the demand, which is declared, stored, checked and sealed."""

from __future__ import annotations

import hashlib

from chalicelib.features.evidence import declare, demand_queries, kinds
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.features.evidence.pages.demand_view import MOST_TEXT
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.web.call import Call
from chalicelib.web.credentials import address_hash
from chalicelib.web.pages.answers import Answers, keyed_request
from chalicelib.web.pages.inputs import CodedFault
from chalicelib.web.pages.reader import reader_of

TYPED = TEXT_INPUT, _KIND = "text", "kind"
"""The inputs of the form."""


def give(call: Call, case_access: CaseAccess, given: Answers) -> list[CodedFault]:
    """Stores the text. The faults of the form, if there are any. Raises `Problem` as `declare.declare`."""
    text = given.one(TEXT_INPUT)
    if not text:
        return [CodedFault(TEXT_INPUT, "demand.text_missing")]
    if len(text) > MOST_TEXT:
        return [CodedFault(TEXT_INPUT, "demand.text_long", {"most": f"{MOST_TEXT:,}"})]
    asked = demand_queries.asked(call.wiring, case_access.request(call), call.params["demand"]).event.fields["kinds"]
    kind = given.one(_KIND) or (asked[0] if len(asked) == 1 else "")
    if not kind:
        return [CodedFault(_KIND, "files.kind_missing")]
    _store(call, case_access, kind, text.encode(), given.one("key"))
    return []


def _store(call: Call, case_access: CaseAccess, kind: str, content: bytes, key: str) -> None:
    """The browser does not upload it, so the ticket is not used. A repeated form stores the same file once more."""
    request, name = case_access.request(call), reader_of(call).text("demand.text_name")
    sha256 = hashlib.sha256(content).hexdigest()
    file = declare.NewEvidence(kind=kind, name=name, size=len(content), media_type=kinds.TEXT, sha256=sha256)
    command = declare.DeclareEvidence(
        tenant=request.tenant,
        number=request.number,
        credential=request.credential,
        file=file,
        request=keyed_request(call, key, case_access.principal, {"kind": kind, "sha256": sha256}),
        place=address_hash(call),
        now=call.now,
    )
    declared = declare.declare(call.wiring, command)
    where = object_keys.quarantine(CaseRef(request.tenant, request.number), declared.body["id"])
    call.wiring.objects.put(where, content, media_type=kinds.TEXT)
