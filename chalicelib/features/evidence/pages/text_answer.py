"""An answer in words: the text becomes a file of the demand, which is declared, stored, checked and sealed."""

from __future__ import annotations

import hashlib
import re

from chalicelib.features.evidence import declare, demand_queries
from chalicelib.features.evidence.pages.demand_view import MOST_TEXT, TEXT
from chalicelib.features.evidence.pages.door import Door
from chalicelib.kit import canonical
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Receipt
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import Fault
from chalicelib.web.pages.reader import reader_of
from chalicelib.web.request_parts import KEY_PATTERN

_NAME = "answer.txt"


def give(call: Call, door: Door, given: Answers) -> list[Fault]:
    """Stores the text. The faults of the form, if there are any. Raises `Problem` as `declare.declare`."""
    text, reader = given.one("text"), reader_of(call)
    if not text:
        return [Fault("text", reader.text("demand.text_missing"))]
    if len(text) > MOST_TEXT:
        return [Fault("text", reader.text("demand.text_long", most=f"{MOST_TEXT:,}"))]
    asked = demand_queries.asked(call.wiring, door.request(call), call.params["demand"]).event.fields["kinds"]
    kind = given.one("kind") or (asked[0] if len(asked) == 1 else "")
    if not kind:
        return [Fault("kind", reader.text("files.kind_missing"))]
    _store(call, door, kind, text.encode(), given.one("key"))
    return []


def _store(call: Call, door: Door, kind: str, content: bytes, key: str) -> None:
    """The browser does not upload it, so the ticket is not used. A repeated form stores the same file once more."""
    request = door.request(call)
    file = declare.NewEvidence(
        kind=kind, name=_NAME, size=len(content), media_type=TEXT, sha256=hashlib.sha256(content).hexdigest()
    )
    command = declare.DeclareEvidence(
        tenant=request.tenant,
        number=request.number,
        credential=request.credential,
        file=file,
        request=_request(call, door, key, file),
        place=address_hash(call),
        now=call.now,
    )
    declared = declare.declare(call.wiring, command)
    where = object_keys.quarantine(CaseRef(request.tenant, request.number), declared.body["id"])
    call.wiring.objects.put(where, content, media_type=TEXT)


def _request(call: Call, door: Door, key: str, file: declare.NewEvidence) -> Request | None:
    if re.fullmatch(KEY_PATTERN, key) is None:
        return None
    return Request(
        tenant=tenant_of(call),
        principal=principal(Receipt(door.receipt)),
        source=call.route_id,
        key=key,
        body_hash=canonical.digest({"path": door.path, "kind": file.kind, "sha256": file.sha256}),
    )
