"""An OpenID Connect issuer under `/_local/`, with the paths of Amazon Cognito's managed login.

Its tokens are those of `POST /_local/token`, with the nonce of the sign-in. Any user of this machine may sign in as a
demonstration person: nothing of it exists in a deployment.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from infra.local.http import LocalRequest, Response
from infra.local.people import SignInRefused
from infra.local.sign_in.page import sign_in_page

Json = dict[str, Any]
Form = Mapping[str, str]
BASE = "/_local"
AUTHORIZE, TOKEN, REVOKE, LOGOUT, ONE_CLICK = (
    f"{BASE}/{name}" for name in ("oauth2/authorize", "oauth2/token", "oauth2/revoke", "logout", "sign-in")
)
_AS = "local-as"
"""The cookie of a sign-in by one click: a ticket that works once."""
_ASKED = ("response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "lang")


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """`ids`: makes an ID token of the person with a nonce, or without; raises `SignInRefused`."""

    ids: Callable[[str], str]
    access: str
    refresh: str


@dataclass(slots=True)
class LocalIssuer:
    """`sign_in`: with e-mail address and password; raises `SignInRefused`. `shown`: the demonstration tenants."""

    client: str
    callback: str
    sign_in: Callable[[str, str], IssuedTokens]
    shown: Sequence[Json]
    _codes: dict[str, tuple[IssuedTokens, Form]] = field(default_factory=dict)
    _refresh: dict[str, IssuedTokens] = field(default_factory=dict)
    _clicks: dict[str, str] = field(default_factory=dict)

    def respond(self, request: LocalRequest) -> Response | None:
        """None for a request to something else."""
        path, _, query = request.target.partition("?")
        answer = _ENDPOINTS.get((request.method, path))
        if answer is None:
            return None
        given = query if request.method == "GET" else (request.body or b"").decode("utf-8", "replace")
        return answer(self, {name: values[-1] for name, values in parse_qs(given).items()}, request)

    def person(self, email: str) -> Json | None:
        """The demonstration person with this address."""
        return next((one for tenant in self.shown for one in tenant["people"] if one["email"] == email), None)

    def _one_click(self, given: Form, _: LocalRequest) -> Response:
        email = given.get("email", "")
        tenant = next((one for one in self.shown if any(each["email"] == email for each in one["people"])), None)
        if tenant is None:
            return _refused(HTTPStatus.NOT_FOUND, "no demonstration person has this address")
        ticket = secrets.token_urlsafe(16)
        self._clicks[ticket] = email
        cookie = f"{_AS}={ticket}; Path={BASE}; Max-Age=60; HttpOnly; SameSite=Lax"
        where = "/sign-in/start?" + urlencode({"next": f"/t/{tenant['slug']}/desk"})
        return _to(where, ("Set-Cookie", cookie))

    def _page(self, given: Form, request: LocalRequest) -> Response:
        if not self._is_ours(given):
            return _refused(HTTPStatus.BAD_REQUEST, "unauthorized_client")
        person = self.person(self._clicks.pop(_cookie(request, _AS), ""))
        if person is not None:
            return self._back(given, person["email"], person["password"])
        return self._shown(given, "")

    def _entered(self, given: Form, _: LocalRequest) -> Response:
        """A button of a demonstration person has no password, which this issuer knows."""
        if not self._is_ours(given):
            return _refused(HTTPStatus.BAD_REQUEST, "unauthorized_client")
        person, email = self.person(given.get("as", "")), given.get("email", "")
        try:
            if person is not None:
                return self._back(given, person["email"], person["password"])
            return self._back(given, email, given.get("password", ""))
        except SignInRefused:
            return self._shown(given, email)

    def _shown(self, given: Form, wrong: str) -> Response:
        asked = {name: given[name] for name in (*_ASKED, "code_challenge_method") if name in given}
        text = sign_in_page(asked, self.shown, given.get("login_hint", "") or wrong, failed=bool(wrong))
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        return Response(HTTPStatus.UNAUTHORIZED if wrong else HTTPStatus.OK, headers, text.encode())

    def _is_ours(self, given: Form) -> bool:
        asked = (given.get("client_id"), given.get("redirect_uri"), given.get("code_challenge_method"))
        return asked == (self.client, self.callback, "S256") and bool(given.get("code_challenge"))

    def _back(self, given: Form, email: str, password: str) -> Response:
        """Raises `SignInRefused`."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = self.sign_in(email, password), dict(given)
        return _to(f"{self.callback}?{urlencode({'code': code, 'state': given.get('state', '')})}")

    def _token(self, given: Form, _: LocalRequest) -> Response:
        if given.get("client_id") != self.client:
            return _refused(HTTPStatus.BAD_REQUEST, "invalid_client")
        if given.get("grant_type") == "refresh_token":
            known = self._refresh.get(given.get("refresh_token", ""))
            return _refused(HTTPStatus.BAD_REQUEST, "invalid_grant") if known is None else _tokens(known, "", "")
        tokens, asked = self._codes.pop(given.get("code", ""), (None, {}))
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_same = challenge == asked.get("code_challenge") and given.get("redirect_uri") == asked.get("redirect_uri")
        if tokens is None or not is_same:
            return _refused(HTTPStatus.BAD_REQUEST, "invalid_grant")
        self._refresh[tokens.refresh] = tokens
        return _tokens(tokens, asked.get("nonce", ""), tokens.refresh)

    def _revoke(self, given: Form, _: LocalRequest) -> Response:
        self._refresh.pop(given.get("token", ""), None)
        return Response(HTTPStatus.OK)

    def _logout(self, given: Form, _: LocalRequest) -> Response:
        where = urlsplit(given.get("logout_uri", ""))
        return _to(where.path) if where.path.startswith("/sign-in") else _refused(HTTPStatus.BAD_REQUEST, "logout_uri")


_ENDPOINTS: dict[tuple[str, str], Callable[[LocalIssuer, Form, LocalRequest], Response]] = {
    ("GET", ONE_CLICK): LocalIssuer._one_click,
    ("GET", AUTHORIZE): LocalIssuer._page,
    ("POST", AUTHORIZE): LocalIssuer._entered,
    ("POST", TOKEN): LocalIssuer._token,
    ("POST", REVOKE): LocalIssuer._revoke,
    ("GET", LOGOUT): LocalIssuer._logout,
}


def _tokens(tokens: IssuedTokens, nonce: str, refresh: str) -> Response:
    try:
        found = {"id_token": tokens.ids(nonce), "access_token": tokens.access, "token_type": "Bearer"}
    except SignInRefused:
        return _refused(HTTPStatus.BAD_REQUEST, "invalid_grant")
    return _json(HTTPStatus.OK, {**found, **({"refresh_token": refresh} if refresh else {})})


def _to(where: str, *headers: tuple[str, str]) -> Response:
    return Response(HTTPStatus.SEE_OTHER, [("Location", where), ("Cache-Control", "no-store"), *headers])


def _refused(status: HTTPStatus, error: str) -> Response:
    return _json(status, {"error": error})


def _json(status: HTTPStatus, body: Json) -> Response:
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
    return Response(status, headers, json.dumps(body).encode())


def _cookie(request: LocalRequest, name: str) -> str:
    parts = (part.strip().partition("=") for part in request.headers.get("cookie", "").split(";"))
    return next((value for given, _, value in parts if given == name), "")
