"""Sign-in, the user pool's public keys, and sent emails, in the emulator."""

from __future__ import annotations

import email.message
import email.policy
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_CHALLENGE, _TOTP = "NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA"


class SignInRefused(Exception):
    """Cognito refused the email address or the password."""


def sign_in(cognito: Any, pool: str, client: str, email: str, password: str) -> str:
    """Signs in and returns the ID token. Raises as `authenticated`."""
    issued: str = authenticated(cognito, pool, client, email, password)["IdToken"]
    return issued


def authenticated(cognito: Any, pool: str, client: str, email: str, password: str) -> Mapping[str, Any]:
    """Signs in and returns the tokens. An invitation's temporary password becomes the permanent one.

    Raises `SignInRefused`. Uses the administrator's flow: the pool's client allows people only SRP.
    """
    parameters = {"USERNAME": email, "PASSWORD": password}
    try:
        response = cognito.admin_initiate_auth(
            UserPoolId=pool, ClientId=client, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=parameters
        )
    except (cognito.exceptions.NotAuthorizedException, cognito.exceptions.UserNotFoundException):
        raise SignInRefused(email) from None
    if response.get("ChallengeName") == _CHALLENGE:
        response = cognito.admin_respond_to_auth_challenge(
            UserPoolId=pool,
            ClientId=client,
            ChallengeName=_CHALLENGE,
            ChallengeResponses={"USERNAME": email, "NEW_PASSWORD": password},
            Session=response["Session"],
        )
    if response.get("ChallengeName") == _TOTP:  # moto takes every code, and this issuer asks for none
        response = cognito.admin_respond_to_auth_challenge(
            UserPoolId=pool,
            ClientId=client,
            ChallengeName=_TOTP,
            ChallengeResponses={"USERNAME": email, "SOFTWARE_TOKEN_MFA_CODE": "000000"},
            Session=response["Session"],
        )
    found: Mapping[str, Any] = response["AuthenticationResult"]
    return found


def id_token(pool: Any, email: str, client: str, nonce: str) -> str:
    """An ID token of the person for a sign-in with this nonce, as Cognito's managed login issues it.

    `pool`: moto's. Raises `SignInRefused` if the account is no more.
    """
    for user in pool.users.values():
        attributes = {one["Name"]: one["Value"] for one in user.attributes}
        if attributes.get("email", "").casefold() == email.strip().casefold() and user.enabled:
            named = {"email": attributes["email"], "email_verified": attributes.get("email_verified") == "true"}
            asked = {"nonce": nonce} if nonce else {}
            made: str = pool.create_jwt(client, attributes["email"], "id", extra_data={**named, **asked})[0]
            return made
    raise SignInRefused(email)


def signing_key_set() -> Mapping[str, Any]:
    """The JSON Web Key Set of all of moto's user pools, in Cognito's format."""
    import moto.cognitoidp

    packed = Path(moto.cognitoidp.__file__).with_name("resources") / "jwks-public.json.gz"
    published: Mapping[str, Any] = json.loads(gzip.decompress(packed.read_bytes()))
    return published


def sent_mails(account: str, region: str, to: str | None) -> list[dict[str, Any]]:
    """Emails that were passed to SES, oldest first, to one address or to all."""
    from moto.ses.models import ses_backends

    sent = ses_backends[account][region].sent_messages
    return [_mail(message) for message in sent if to is None or to in message.destinations]


def _mail(message: Any) -> dict[str, Any]:
    mail = email.message_from_string(message.raw_data, policy=email.policy.default)
    body = mail.get_body(("plain",))
    text = "" if body is None else body.get_content()
    # moto lists each recipient twice: from the call and from the message header.
    addresses = list(dict.fromkeys(message.destinations))
    return {"from": message.source, "to": addresses, "subject": mail["Subject"], "text": text}
