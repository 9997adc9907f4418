"""Routes for evidence: upload tickets, states, download links, and demands for evidence."""

from __future__ import annotations

from typing import Literal

from chalicelib.features.evidence import complete, declare, demand_queries, evidence_queries, tickets
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.credentials import address_hash
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_COMPLAINT = "/v1/t/{tenant}/complaints/{number}"
_EVIDENCE = _COMPLAINT + "/evidence"


class LinkQuery(RequestDocument, frozen=True, kw_only=True):
    """`shown`: the image or PDF without its metadata."""

    copy: Literal["original", "shown", "thumbnail"] = "original"


def register(api: Api) -> None:
    _declare(api)
    _complete(api)
    _views(api)
    _links(api)
    _demands(api)


def _declare(api: Api) -> None:
    @api.route(
        _EVIDENCE,
        method="POST",
        summary="Declare a file and get an upload ticket",
        allow=["person", "receipt"],
        programs=True,
        request=declare.NewEvidence,
        response=tickets.UploadTicket,
        status=201,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict", "quota-exceeded"],
        idempotency="required",
    )
    def post_evidence(call: Call) -> Reply:
        command = declare.DeclareEvidence(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            file=call.body,
            request=idempotent_request(call),
            place="" if isinstance(call.caller, Person) else address_hash(call),
            now=call.now,
        )
        return reply_of(declare.declare(call.wiring, command))


def _complete(api: Api) -> None:
    @api.route(
        _EVIDENCE + "/{id}/complete",
        method="POST",
        summary="Complete an upload in parts",
        allow=["person", "receipt"],
        programs=True,
        request=complete.UploadedParts,
        response=complete.CompletedUpload,
        problems=["forbidden", "complaint-unknown"],
    )
    def complete_evidence(call: Call) -> Reply:
        command = complete.CompleteUpload(
            tenant=tenant_of(call),
            number=call.params["number"],
            evidence=call.params["id"],
            credential=credential_of(call),
            parts=call.body.parts,
            now=call.now,
        )
        return Reply(complete.complete(call.wiring, command))


def _views(api: Api) -> None:
    @api.route(
        _EVIDENCE,
        method="GET",
        summary="List the complaint's evidence that the caller may see",
        allow=["person", "receipt"],
        programs=True,
        response=evidence_queries.EvidenceList,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_evidence(call: Call) -> Reply:
        found = evidence_queries.list_visible(call.wiring, evidence_request(call))
        return Reply(evidence_queries.EvidenceList(evidence=[evidence_queries.view(one) for one in found]))

    @api.route(
        _EVIDENCE + "/{id}",
        method="GET",
        summary="Get a piece of evidence: its declaration and its state",
        allow=["person", "receipt"],
        programs=True,
        response=evidence_queries.EvidenceView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_evidence(call: Call) -> Reply:
        return Reply(
            evidence_queries.view(evidence_queries.get_visible(call.wiring, evidence_request(call), call.params["id"]))
        )


def _links(api: Api) -> None:
    @api.route(
        _EVIDENCE + "/{id}/link",
        method="GET",
        summary="Get a link to download the file, valid for two minutes",
        allow=["person", "receipt"],
        programs=True,
        query=LinkQuery,
        response=evidence_queries.Link,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_evidence_link(call: Call) -> Reply:
        route = "GET " + _EVIDENCE + "/{id}/link"
        return Reply(
            evidence_queries.download(call.wiring, evidence_request(call), call.params["id"], call.query.copy, route)
        )


def evidence_request(call: Call) -> EvidenceRequest:
    return EvidenceRequest(
        tenant=tenant_of(call), number=call.params["number"], credential=credential_of(call), now=call.now
    )


_DEMAND = "/v1/t/{tenant}/complaints/{number}/demands/{demand}"


def _demands(api: Api) -> None:
    @api.route(
        _DEMAND + "/link",
        method="GET",
        summary="Get the demand's own receipt, for the person who must provide the evidence",
        allow=["person"],
        response=demand_queries.DemandLink,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_demand_link(call: Call) -> Reply:
        return Reply(demand_queries.answer_link(call.wiring, evidence_request(call), call.params["demand"]))

    @api.route(
        _DEMAND,
        method="GET",
        summary="Get a demand: the evidence that is required, the time limit, and the evidence provided",
        allow=["person", "receipt"],
        response=demand_queries.DemandView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_demand(call: Call) -> Reply:
        return Reply(demand_queries.view(call.wiring, evidence_request(call), call.params["demand"]))
