"""The OpenID Connect issuer over HTTPS (OpenID Connect Core §3.1; RFC 6749, 7636, 7009): `ports.issuer.Issuer`.

Its endpoints have the paths of Amazon Cognito's managed login. The client is public: PKCE and the nonce bind each code
to the browser that asked for it.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from chalicelib.kit.instants import SECOND
from chalicelib.kit.problem import Problem
from chalicelib.ports.issuer import AuthorizationRequest, IssuerRefusal, IssuerUnavailable, SignedIn

if TYPE_CHECKING:
    from chalicelib.access.id_tokens import IdTokens

SCOPES = "openid email aws.cognito.signin.user.admin"
BACK = "/sign-in/back"
"""The path to which the issuer leads the browser back."""
TIMEOUT = 5.0
"""Seconds."""
LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer with tokens."""
_TOTP = "SOFTWARE_TOKEN_MFA"
_API = "AWSCognitoIdentityProviderService"
_REFUSED = 400
_FAILED = 500


class OidcIssuer:
    def __init__(self, *, url: str, accounts: str, client: str, address: str, tokens: IdTokens) -> None:
        """`url`: under which its endpoints are. `accounts`: the user pools' API. `client`: our id there.

        `address`: our own public URL.
        """
        if not all(one.startswith(("https://", "http://127.0.0.1:")) for one in (url, accounts)):
            raise ValueError("people must sign in over https, or on this machine")
        self._url, self._accounts, self._client, self._address, self._tokens = url, accounts, client, address, tokens

    @property
    def origin(self) -> str:
        parts = urlsplit(self._url)
        return f"{parts.scheme}://{parts.netloc}"

    def authorization(self, asked: AuthorizationRequest) -> str:
        query = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": self._address + BACK,
            "scope": SCOPES,
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": asked.challenge,
            "code_challenge_method": "S256",
            "lang": "zh-CN" if asked.language == "zh" else asked.language,
            **({"login_hint": asked.hint} if asked.hint else {}),
        }
        return f"{self._url}/oauth2/authorize?{urlencode(query)}"

    def redeem(self, code: str, verifier: str, nonce: str) -> SignedIn:
        answer = self._ask(
            "token",
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            redirect_uri=self._address + BACK,
        )
        claims = self._claims(answer)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise IssuerRefusal("the ID token is for another sign-in")
        return _signed_in(claims, answer, "")

    def refresh(self, refresh: str, sub: str) -> SignedIn:
        answer = self._ask("token", grant_type="refresh_token", refresh_token=refresh)
        claims = self._claims(answer)
        if claims["sub"] != sub:
            raise IssuerRefusal("the ID token is of another person")
        return _signed_in(claims, answer, refresh)

    def has_second_factor(self, access: str) -> bool:
        return _TOTP in self._of_account("GetUser", AccessToken=access).get("UserMFASettingList", [])

    def new_second_factor(self, access: str) -> str:
        return str(self._of_account("AssociateSoftwareToken", AccessToken=access)["SecretCode"])

    def confirm_second_factor(self, access: str, code: str) -> bool:
        """The API refuses a wrong code, as it refuses an access token that has ended."""
        try:
            found = self._of_account("VerifySoftwareToken", AccessToken=access, UserCode=code)
        except IssuerRefusal:
            return False
        if found.get("Status") != "SUCCESS":
            return False
        preferred = {"Enabled": True, "PreferredMfa": True}
        self._of_account("SetUserMFAPreference", AccessToken=access, SoftwareTokenMfaSettings=preferred)
        return True

    def _of_account(self, operation: str, **asked: Any) -> Mapping[str, Any]:
        """What an operation answers that the person's access token permits, without a signature of ours."""
        import json

        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{_API}.{operation}"}
        return self._send(f"{self._accounts}/", json.dumps(asked).encode(), headers)

    def end(self, refresh: str) -> None:
        self._ask("revoke", token=refresh)

    def sign_out(self) -> str:
        query = {"client_id": self._client, "logout_uri": f"{self._address}/sign-in"}
        return f"{self._url}/logout?{urlencode(query)}"

    def _claims(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """Of a valid ID token of this issuer for this client."""
        try:
            return self._tokens.claims(str(answer.get("id_token", "")))
        except Problem as problem:
            if problem.kind != "unauthenticated":
                raise IssuerUnavailable("the issuer's keys cannot be read") from problem
            raise IssuerRefusal("the ID token is not valid") from None

    def _ask(self, endpoint: str, **form: str) -> Mapping[str, Any]:
        """The answer of a token endpoint."""
        body = urlencode({"client_id": self._client, **form}).encode()
        return self._send(f"{self._url}/oauth2/{endpoint}", body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
        """Errors name neither what was sent nor what was answered."""
        import http.client
        import urllib.error
        import urllib.request

        request = urllib.request.Request(url, body, dict(headers))  # noqa: S310  the constructor checks the scheme
        try:
            with _opener().open(request, timeout=TIMEOUT) as response:
                return _json(response.read(LONGEST_ANSWER + 1))
        except urllib.error.HTTPError as error:
            if _REFUSED <= error.code < _FAILED:
                raise IssuerRefusal(f"the issuer answered {error.code}") from None
            raise IssuerUnavailable(f"the issuer answered {error.code}") from None
        except (OSError, http.client.HTTPException) as error:
            raise IssuerUnavailable("the issuer did not answer") from error


def _opener() -> Any:
    """Follows no redirects: a code or token must not go elsewhere."""
    import urllib.request

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    return urllib.request.build_opener(Stay)


def _json(body: bytes) -> Mapping[str, Any]:
    import json

    if not body:
        return {}
    try:
        found = json.loads(body) if len(body) <= LONGEST_ANSWER else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise IssuerUnavailable("the issuer's answer cannot be read")
    return found


def _signed_in(claims: Mapping[str, Any], answer: Mapping[str, Any], refresh: str) -> SignedIn:
    """`refresh`: the token that stays if the answer has no new one."""
    verified = claims.get("email_verified")
    confirmed = verified is True or verified == "true"
    return SignedIn(
        sub=str(claims["sub"]),
        email=str(claims.get("email", "")) if confirmed else "",
        access=str(answer.get("access_token", "")),
        refresh=str(answer.get("refresh_token") or refresh),
        until=int(claims["exp"]) * SECOND,
    )
