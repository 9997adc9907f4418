"""Authenticates the caller: `Authorization: Bearer <ID token>`, `Bearer rdk_…` (a key of a program account),
`Receipt <receipt>`, or none.

The Lambda authorizer does so before routes that only people may call. Use cases authorize.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from chalice.app import AuthRequest, AuthResponse

from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network, pseudonym
from chalicelib.ports import Secrets, TokenVerifier
from chalicelib.tenants.names import KEY_PREFIX, PROGRAM, is_program
from chalicelib.tenants.people.membership import NotMember
from chalicelib.web.call import Call, Caller, Operator, Person, ProgramUse, Public, Receipt
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import GatewayRequest, path_params

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring

CACHE_SECONDS = 60
"""How long API Gateway may cache a result. A token can be accepted for that long after it expires."""
_RECEIPT = r"[\x21-\x7e]{1,256}"


def authenticate(contract: Contract, request: GatewayRequest, tokens: TokenVerifier) -> Caller:
    """The caller. Raises `Problem("unauthenticated")`: bad credentials are never treated as no credentials."""
    if contract.people_only:
        return _authorized_person(request)
    if contract.operators_only:
        return _signed_operator(request)
    scheme, credentials = _sent(request)
    if scheme == "bearer" and "person" in contract.allow:
        return Person(tokens.subject(credentials))
    if scheme == "receipt" and "receipt" in contract.allow:
        return _receipt(credentials)
    if "public" in contract.allow:
        return Public()
    raise Problem("unauthenticated", "Send the credentials that this route takes.")


def program_key(contract: Contract, request: GatewayRequest) -> str | None:
    """The key of a program account, if the request has one and the route reads it. It is not verified."""
    scheme, text = _sent(request)
    return text if contract.takes_tokens and scheme == "bearer" and text.startswith(KEY_PREFIX) else None


def authenticate_program(contract: Contract, request: GatewayRequest, key: str, secrets: Secrets) -> Person:
    """The key's text shows whose it is, without a read.

    Raises `Problem`: `unauthenticated`, also where no program account may call; `forbidden` elsewhere than in the key's
    organisation, whether or not there is such an organisation.
    """
    from chalicelib.tenants.people import program_keys  # few callers are programs

    found = program_keys.read(secrets, key)
    if not contract.programs:
        raise Problem("unauthenticated", "Program accounts cannot use this. Only people can, who sign in.")
    if path_params(request)["tenant"] != found.tenant:
        raise NotMember
    return Person(PROGRAM + found.account, program=ProgramUse(found.account, found.key))


def admit_program(contract: Contract, tenant: str, use: ProgramUse, wiring: Wiring) -> None:
    """The account's item says at each request whether the account and the key are still valid and may use the route.

    Raises `Problem`: `unauthenticated`, `forbidden`.
    """
    from chalicelib.tenants.people import program_accounts  # as above

    program_accounts.admit(wiring.store, tenant, use.account, use.key, contract.name, wiring.clock())


def _sent(request: GatewayRequest) -> tuple[str, str]:
    scheme, _, text = request.headers.get("authorization", "").strip().partition(" ")
    return scheme.lower(), text.strip()


def authorize_handler(get_tokens: Callable[[], TokenVerifier]) -> Callable[[AuthRequest], AuthResponse]:
    """The authorizer function. Its result covers all routes, because API Gateway caches it per token, not per route.

    A key of a program account passes unverified: this function can read neither server keys nor the table.
    For a bad token the result allows no routes, and the ACCESS_DENIED gateway response turns it into 401. An exception
    would appear as status 500. Raises `Problem("unavailable")` if the token could not be checked.
    """

    def authorize(request: AuthRequest) -> AuthResponse:
        scheme, _, token = request.token.strip().partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise Problem("unauthenticated", "Send Authorization: Bearer <ID token>.")
            if token.strip().startswith(KEY_PREFIX):
                return AuthResponse(routes=["*"], principal_id=PROGRAM)  # the app verifies it: it has the server keys
            return AuthResponse(routes=["*"], principal_id=get_tokens().subject(token.strip()))
        except Problem as problem:
            if problem.kind != "unauthenticated":
                raise
            return AuthResponse(routes=[], principal_id="nobody")

    return authorize


def _signed_operator(request: GatewayRequest) -> Operator:
    """API Gateway requires an AWS signature on these routes and has verified it. Tokens are not accepted."""
    if not request.operator:
        raise Problem("unauthenticated", "Sign the request with AWS Signature Version 4.")
    return Operator(request.operator)


def _authorized_person(request: GatewayRequest) -> Person:
    """The Lambda authorizer in front of these routes has verified the token."""
    if not request.subject or is_program(request.subject):  # that of a key, but the header that came here has none
        raise Problem("unauthenticated", "Sign in first.")
    return Person(request.subject)


def _receipt(text: str) -> Receipt:
    if not re.fullmatch(_RECEIPT, text):
        raise Problem("unauthenticated", "A receipt is the text that was shown when the complaint was filed.")
    return Receipt(text)


def address_hash(call: Call) -> str:
    """Keyed hash of the caller's network for the path's tenant (`WrongReceipts.place`); empty without a tenant."""
    return "" if call.tenant is None else call.wiring.wrong_receipts.place(call.tenant, network(call.address))


def source_hash(call: Call, use: str) -> str:
    """Keyed hash of the caller's network for what is counted at all organisations together (`sources.pseudonym`)."""
    return pseudonym(call.wiring.secrets, use, call.address)
