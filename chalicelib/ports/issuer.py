"""Port of sign-in: an OpenID Connect issuer, by the authorization code flow with PKCE (RFC 7636)."""

from __future__ import annotations

from typing import Protocol

import msgspec

from chalicelib.kit.instants import Instant


class IssuerRefusal(Exception):
    """The issuer refused a code or a refresh token, or its ID token is not one for this sign-in."""


class IssuerUnavailable(Exception):
    """The issuer did not answer. The request can be repeated."""


class AuthorizationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser takes to the issuer. `hint`: a mail address that the person has entered; empty for none."""

    state: str
    nonce: str
    challenge: str
    """SHA-256 of the verifier, as base64url without padding (`S256`)."""
    language: str
    hint: str = ""


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person, as the issuer's ID token names them, with the tokens of their session there."""

    sub: str
    email: str
    """Empty unless the account has confirmed it."""
    access: str
    """The access token."""
    refresh: str
    """The refresh token; empty if the issuer gives none."""
    until: Instant
    """Real time at which the ID token expires."""

    def __repr__(self) -> str:
        return "SignedIn()"  # a log must not contain tokens


class Issuer(Protocol):
    """Amazon Cognito's managed login when deployed; the local stack's own provider there."""

    @property
    def origin(self) -> str:
        """Of its pages, to which forms of ours may lead (`form-action` of the Content-Security-Policy)."""
        ...

    def authorization(self, asked: AuthorizationRequest) -> str:
        """The address of its page on which the person signs in."""
        ...

    def redeem(self, code: str, verifier: str, nonce: str) -> SignedIn:
        """Raises `IssuerRefusal`, also if the ID token has another nonce, client or issuer; `IssuerUnavailable`."""
        ...

    def refresh(self, refresh: str, sub: str) -> SignedIn:
        """New tokens of the same person. Raises as `redeem`."""
        ...

    def has_second_factor(self, access: str) -> bool:
        """Whether the person has set up one-time passwords, which the issuer then asks for at sign-in.

        Raises `IssuerRefusal` and `IssuerUnavailable`, as the next two.
        """
        ...

    def new_second_factor(self, access: str) -> str:
        """A secret for an authenticator application (RFC 6238), in base 32. It counts for nothing before `confirm`."""
        ...

    def confirm_second_factor(self, access: str, code: str) -> bool:
        """Sets the last secret up if the code is one of it. False for a wrong code."""
        ...

    def end(self, refresh: str) -> None:
        """Ends the person's session there, as far as the refresh token can. Raises `IssuerUnavailable`."""
        ...

    def sign_out(self) -> str:
        """The address at which the issuer ends its own session with the browser, and leads back to `/sign-in`."""
        ...
