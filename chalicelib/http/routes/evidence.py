"""Routes about evidence: a ticket for one file, and what became of it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.evidence import declare, look
from chalicelib.evidence.item import Evidence
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Document, Reply
from chalicelib.http.idempotency import reply_of, request_of
from chalicelib.http.routes import shapes
from chalicelib.http.routes.common import credential_of, tenant_of

_EVIDENCE = "/v1/t/{tenant}/complaints/{number}/evidence"


class NewEvidence(Document, frozen=True, kw_only=True):
    """`size` in bytes, `sha256` as 64 hex digits."""

    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    size: int
    media_type: Annotated[str, msgspec.Meta(min_length=3, max_length=127)]
    sha256: Annotated[str, msgspec.Meta(min_length=64, max_length=64)]


def register(api: Api) -> None:
    @api.route(
        _EVIDENCE,
        method="POST",
        summary="Declare a file and get a ticket to upload it with",
        allow=["person", "receipt"],
        request=NewEvidence,
        response=shapes.Ticketed,
        status=201,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict"],
        idempotency="required",
    )
    def post_evidence(call: Call) -> Reply:
        body: NewEvidence = call.body
        file = declare.File(
            kind=body.kind, name=body.name, size=body.size, media_type=body.media_type, sha256=body.sha256
        )
        command = declare.Command(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            file=file,
            request=request_of(call),
            now=call.now,
        )
        return reply_of(declare.declare(call.wiring, command))

    @api.route(
        _EVIDENCE + "/{id}",
        method="GET",
        summary="One piece of evidence: what was declared and what became of it",
        allow=["person", "receipt"],
        response=Evidence,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_evidence(call: Call) -> Reply:
        number, name = call.params["number"], call.params["id"]
        return Reply(look.one(call.wiring, tenant_of(call), number, name, credential_of(call), call.now))
