"""A request for evidence, from a call."""

from __future__ import annotations

from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.web.call import Call
from chalicelib.web.call_context import credential_of, tenant_of


def evidence_request(call: Call) -> EvidenceRequest:
    return EvidenceRequest(
        tenant=tenant_of(call), number=call.params["number"], credential=credential_of(call), now=call.now
    )
