"""Routes for evidence: upload tickets, states, download links, demands."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from chalicelib.decoding import RequestDocument
from chalicelib.evidence import complete, declare, download, evidence_queries
from chalicelib.evidence.authorization import EvidenceRequest
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply
from chalicelib.http.idempotent_requests import idempotent_request, reply_of
from chalicelib.http.routes import record_schemas as shapes
from chalicelib.http.routes.call_context import credential_of, tenant_of

_COMPLAINT = "/v1/t/{tenant}/complaints/{number}"
_EVIDENCE = _COMPLAINT + "/evidence"
_DEMAND = _COMPLAINT + "/demands/{demand}"
_Sha256 = Annotated[str, msgspec.Meta(min_length=64, max_length=64)]


class NewEvidence(RequestDocument, frozen=True, kw_only=True):
    """`size` in bytes; `sha256` as 64 hex digits. Above 100 MiB, `parts`: the digest of each 16 MiB part."""

    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    size: int
    media_type: Annotated[str, msgspec.Meta(min_length=3, max_length=127)]
    sha256: _Sha256
    parts: Annotated[list[_Sha256], msgspec.Meta(max_length=400)] = msgspec.field(default_factory=list)


class UploadedPart(RequestDocument, frozen=True, kw_only=True):
    """`etag`: the `ETag` header of the response to the part's upload."""

    number: int
    etag: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    sha256: _Sha256


class UploadedParts(RequestDocument, frozen=True, kw_only=True):
    parts: Annotated[list[UploadedPart], msgspec.Meta(min_length=1, max_length=400)]


class LinkQuery(RequestDocument, frozen=True, kw_only=True):
    """`shown`: the image without its metadata."""

    copy: Literal["original", "shown", "thumbnail"] = "original"


def register(api: Api) -> None:
    _declare(api)
    _complete(api)
    _views(api)
    _demands(api)


def _declare(api: Api) -> None:
    @api.route(
        _EVIDENCE,
        method="POST",
        summary="Declare a file and get an upload ticket",
        allow=["person", "receipt"],
        request=NewEvidence,
        response=shapes.UploadTicket,
        status=201,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict", "quota-exceeded"],
        idempotency="required",
    )
    def post_evidence(call: Call) -> Reply:
        body: NewEvidence = call.body
        file = declare.FileDeclaration(
            kind=body.kind,
            name=body.name,
            size=body.size,
            media_type=body.media_type,
            sha256=body.sha256,
            parts=tuple(body.parts),
        )
        command = declare.DeclareEvidence(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            file=file,
            request=idempotent_request(call),
            now=call.now,
        )
        return reply_of(declare.declare(call.wiring, command))


def _complete(api: Api) -> None:
    @api.route(
        _EVIDENCE + "/{id}/complete",
        method="POST",
        summary="Complete an upload in parts",
        allow=["person", "receipt"],
        request=UploadedParts,
        response=shapes.CompletedUpload,
        problems=["forbidden", "complaint-unknown"],
    )
    def complete_evidence(call: Call) -> Reply:
        parts = tuple(complete.CompletedPart(part.number, part.etag, part.sha256) for part in call.body.parts)
        command = complete.CompleteUpload(
            tenant=tenant_of(call),
            number=call.params["number"],
            evidence=call.params["id"],
            credential=credential_of(call),
            parts=parts,
            now=call.now,
        )
        done = complete.complete(call.wiring, command)
        return Reply({"id": done.id, "state": done.state})


def _views(api: Api) -> None:
    @api.route(
        _EVIDENCE,
        method="GET",
        summary="List the complaint's evidence that the caller may see",
        allow=["person", "receipt"],
        response=shapes.EvidenceList,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_evidence(call: Call) -> Reply:
        found = evidence_queries.list_visible(call.wiring, _evidence_request(call))
        return Reply({"evidence": [evidence_queries.view(one) for one in found]})

    @api.route(
        _EVIDENCE + "/{id}",
        method="GET",
        summary="Get a piece of evidence: its declaration and its state",
        allow=["person", "receipt"],
        response=shapes.EvidenceView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_evidence(call: Call) -> Reply:
        return Reply(
            evidence_queries.view(evidence_queries.get_visible(call.wiring, _evidence_request(call), call.params["id"]))
        )

    @api.route(
        _EVIDENCE + "/{id}/link",
        method="GET",
        summary="Get a link to download the file, valid for two minutes",
        allow=["person", "receipt"],
        query=LinkQuery,
        response=shapes.Link,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_evidence_link(call: Call) -> Reply:
        route = "GET " + _EVIDENCE + "/{id}/link"
        return Reply(download.download(call.wiring, _evidence_request(call), call.params["id"], call.query.copy, route))


def _demands(api: Api) -> None:
    @api.route(
        _DEMAND + "/link",
        method="GET",
        summary="Get the demand's own receipt, for the person who must provide the evidence",
        allow=["person"],
        response=shapes.DemandLink,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_demand_link(call: Call) -> Reply:
        from chalicelib.evidence import demand_queries  # late: few requests are about a demand

        return Reply(demand_queries.answer_link(call.wiring, _evidence_request(call), call.params["demand"]))

    @api.route(
        _DEMAND,
        method="GET",
        summary="Get a demand: the evidence that is required, the time limit, and the evidence provided",
        allow=["person", "receipt"],
        response=shapes.DemandView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_demand(call: Call) -> Reply:
        from chalicelib.evidence import demand_queries  # late: as above

        return Reply(demand_queries.view(call.wiring, _evidence_request(call), call.params["demand"]))


def _evidence_request(call: Call) -> EvidenceRequest:
    return EvidenceRequest(
        tenant=tenant_of(call), number=call.params["number"], credential=credential_of(call), now=call.now
    )
