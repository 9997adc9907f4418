"""A sign-in from its beginning to the way back from the issuer (authorization code with PKCE; RFC 6749, 7636, 9700).

What binds the way back to the browser (`state`, verifier, nonce) is in a sealed cookie of ten minutes, so beginning one
writes nothing. On the way back its `state` is marked as used, before the code is redeemed: none works twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import Literal

import msgspec

from chalicelib.access import binding
from chalicelib.crypto import server_seals
from chalicelib.kit.instants import MINUTE, SECOND, Instant
from chalicelib.ports.issuer import AuthorizationRequest, IssuerRefusal, SignedIn
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Put
from chalicelib.wiring import Wiring

LASTS = 10 * MINUTE
"""Real time from the beginning of a sign-in to the way back."""
KIND = "used-sign-in"
_PURPOSE = "sign-in"
_SECRET_BYTES = 32
_LONGEST_CODE = 2_000
_OWN_PATH = r"/t/[a-z0-9-]{3,40}/[A-Za-z0-9/_.%-]*(\?[A-Za-z0-9/_.%=&+,:-]*)?"

Trouble = Literal["expired", "replayed", "refused", "unconfirmed"]


class NotSignedIn(Exception):
    """A sign-in that failed, with the reason that its page gives."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Goal(msgspec.Struct, frozen=True):
    """Where the person wants to go. `then`: an own path. `organisation`: its id or name, as the person gave it."""

    then: str = ""
    organisation: str = ""


class BegunSignIn(msgspec.Struct, frozen=True):
    """The content of the cookie."""

    state: str
    verifier: str
    nonce: str
    until: Instant
    goal: Goal

    def __repr__(self) -> str:
        return "BegunSignIn()"  # a log must not contain the verifier


def own_path(text: str) -> str:
    """The path if it is one of an organisation's pages here, else empty: never an address of another site."""
    return text if re.fullmatch(_OWN_PATH, text) and "//" not in text and "/../" not in text else ""


def begin(wiring: Wiring, goal: Goal, hint: str, language: str) -> tuple[str, str]:
    """The address of the issuer's page, and the value of the cookie."""
    state, verifier, nonce = (secrets.token_urlsafe(_SECRET_BYTES) for _ in range(3))
    flow = BegunSignIn(state, verifier, nonce, wiring.real_clock() + LASTS, goal)
    asked = AuthorizationRequest(
        state=state, nonce=nonce, challenge=challenge_of(verifier), language=language, hint=hint
    )
    sealed = server_seals.seal(wiring.secrets, _PURPOSE, _PURPOSE, msgspec.json.encode(flow))
    return wiring.issuer.authorization(asked), sealed


def challenge_of(verifier: str) -> str:
    """`S256` (RFC 7636 section 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def opened(wiring: Wiring, sealed: str) -> BegunSignIn | None:
    """The sign-in of a cookie; None for one that was changed or has expired."""
    try:
        flow = msgspec.json.decode(server_seals.unseal(wiring.secrets, _PURPOSE, _PURPOSE, sealed), type=BegunSignIn)
    except (server_seals.NotOurs, msgspec.DecodeError):
        return None
    return flow if wiring.real_clock() < flow.until else None


def finish(wiring: Wiring, flow: BegunSignIn | None, state: str, code: str) -> SignedIn:
    """The person. Raises `NotSignedIn`, and `IssuerUnavailable`."""
    if flow is None or not hmac.compare_digest(flow.state.encode(), state.encode()):
        raise NotSignedIn("expired")
    _mark_used(wiring, flow)
    if not 0 < len(code) <= _LONGEST_CODE:
        raise NotSignedIn("refused")
    try:
        person = wiring.issuer.redeem(code, flow.verifier, flow.nonce)
    except IssuerRefusal:
        raise NotSignedIn("refused") from None
    if not person.email:
        raise NotSignedIn("unconfirmed")
    return person


def _mark_used(wiring: Wiring, flow: BegunSignIn) -> None:
    name = hashlib.sha256(b"redress sign-in " + flow.state.encode()).hexdigest()
    mark = Entry(key=keys.used_sign_in(name), kind=KIND, expires=-(-flow.until // SECOND))
    try:
        with binding.directory():
            wiring.store.commit([Put(mark)])
    except CommitConflict:
        raise NotSignedIn("replayed") from None
