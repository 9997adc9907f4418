"""People of the local stack: first sign-ins, tokens, the pool's public keys, and the mails that were sent."""

from __future__ import annotations

import email.message
import email.policy
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_CHALLENGE = "NEW_PASSWORD_REQUIRED"


class SignInRefused(Exception):
    """Cognito refused the e-mail address with this password."""


def sign_in(cognito: Any, pool: str, client: str, email: str, password: str) -> str:
    """The ID token of a sign-in. A temporary password of an invitation becomes the permanent one.

    Raises `NotSignedIn`. By the administrator's flow, because the pool's client allows people only SRP.
    """
    given = {"USERNAME": email, "PASSWORD": password}
    try:
        answer = cognito.admin_initiate_auth(
            UserPoolId=pool, ClientId=client, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=given
        )
    except (cognito.exceptions.NotAuthorizedException, cognito.exceptions.UserNotFoundException):
        raise SignInRefused(email) from None
    if answer.get("ChallengeName") == _CHALLENGE:
        answer = cognito.admin_respond_to_auth_challenge(
            UserPoolId=pool,
            ClientId=client,
            ChallengeName=_CHALLENGE,
            ChallengeResponses={"USERNAME": email, "NEW_PASSWORD": password},
            Session=answer["Session"],
        )
    issued: str = answer["AuthenticationResult"]["IdToken"]
    return issued


def signing_key_set() -> Mapping[str, Any]:
    """The JSON Web Key Set of every pool in moto, as Cognito would publish it."""
    import moto.cognitoidp

    packed = Path(moto.cognitoidp.__file__).with_name("resources") / "jwks-public.json.gz"
    published: Mapping[str, Any] = json.loads(gzip.decompress(packed.read_bytes()))
    return published


def sent_mails(account: str, region: str, to: str | None) -> list[dict[str, Any]]:
    """What SES was asked to send, oldest first, to one address or to all."""
    from moto.ses.models import ses_backends

    sent = ses_backends[account][region].sent_messages
    return [_mail(message) for message in sent if to is None or to in message.destinations]


def _mail(message: Any) -> dict[str, Any]:
    mail = email.message_from_string(message.raw_data, policy=email.policy.default)
    body = mail.get_body(("plain",))
    text = "" if body is None else body.get_content()
    # moto lists an addressee once as told and once as the mail's own head says.
    addresses = list(dict.fromkeys(message.destinations))
    return {"from": message.source, "to": addresses, "subject": mail["Subject"], "text": text}
