"""Who is calling: `Authorization: Bearer <ID token>`, `Authorization: Receipt <receipt>`, or nobody."""

from __future__ import annotations

import re

from chalicelib.http.call import Call, Caller, Operator, Person, Public, Receipt
from chalicelib.http.contract import Contract
from chalicelib.http.gateway_event import GatewayRequest
from chalicelib.limits.sources import network
from chalicelib.ports import TokenVerifier
from chalicelib.problem import Problem

_RECEIPT = r"[\x21-\x7e]{1,256}"


def authenticate(contract: Contract, incoming: GatewayRequest, tokens: TokenVerifier) -> Caller:
    """Raises `Problem("unauthenticated")`. Credentials that the route takes and that are bad never become `Public`."""
    if contract.people_only:
        return _authorized(incoming)
    if contract.operators_only:
        return _signed(incoming)
    scheme, _, credentials = incoming.headers.get("authorization", "").strip().partition(" ")
    scheme, credentials = scheme.lower(), credentials.strip()
    if scheme == "bearer" and "person" in contract.allow:
        return Person(tokens.subject(credentials))
    if scheme == "receipt" and "receipt" in contract.allow:
        return _receipt(credentials)
    if "public" in contract.allow:
        return Public()
    raise Problem("unauthenticated", "Send the credentials that this route takes.")


def _signed(incoming: GatewayRequest) -> Operator:
    """API Gateway refuses these routes to whoever has no AWS signature; a token, whosever, is none."""
    if not incoming.operator:
        raise Problem("unauthenticated", "Sign the request with AWS Signature Version 4.")
    return Operator(incoming.operator)


def _authorized(incoming: GatewayRequest) -> Person:
    """Routes for people only stand behind the Lambda authorizer, which has proved the subject."""
    if not incoming.subject:
        raise Problem("unauthenticated", "Sign in first.")
    return Person(incoming.subject)


def _receipt(text: str) -> Receipt:
    if not re.fullmatch(_RECEIPT, text):
        raise Problem("unauthenticated", "A receipt is the text that was shown when the complaint was filed.")
    return Receipt(text)


def address_hash(call: Call) -> str:
    """What stands for the caller's address at the path's tenant (`ReceiptLocks.place`)."""
    return "" if call.tenant is None else call.wiring.locks.place(call.tenant, network(call.address))
