"""Requests to a deployment as its operator, signed with the credentials and the region of the AWS command line.

The local stack has an operator of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.session import Session

from infra.local.__main__ import STACK_FILE
from infra.local.gateway.operator_signature import OPERATOR

_LOCAL = ("127.0.0.1", "localhost")
_SECONDS = 30


class Stopped(Exception):
    """The command cannot go on, for the reason that it says."""


class Ask(Protocol):
    """The answer to a request for a path below `/v1/ops`. Raises `Stopped`."""

    def __call__(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...


def printable(text: str) -> str:
    """The text with escapes for what is not printable: texts of others could control the terminal."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def asking(address: str) -> Ask:
    """For a deployment, or the local stack. Nothing is read before the first request."""

    def ask(method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        url = (address or local_stack()).rstrip("/")
        is_local = urlsplit(url).hostname in _LOCAL
        if not is_local and not url.startswith("https://"):
            raise Stopped("ADDRESS must begin with https://, as in ADDRESS=https://complaints.example")
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = AWSRequest(method, f"{url}/v1/ops{path}", headers=headers, data=data)
        (_local_signer() if is_local else _signer(Session())).add_auth(request)
        return answered(request)

    return ask


def local_stack(otherwise: str = "ADDRESS= of the deployment") -> str:
    """The address of the local stack that runs in this folder. Raises `Stopped` without one."""
    try:
        return str(json.loads(STACK_FILE.read_text("utf-8"))["url"])
    except FileNotFoundError:
        raise Stopped(f"give {otherwise}, or start the local stack: make run") from None


def _local_signer() -> SigV4Auth:
    return SigV4Auth(Credentials(OPERATOR, OPERATOR), "execute-api", "us-east-1")


def _signer(session: Session) -> SigV4Auth:
    credentials, region = session.get_credentials(), session.get_config_variable("region")
    if credentials is None:
        raise Stopped("no credentials: log in as for the AWS command line, or set AWS_PROFILE")
    if region is None:
        raise Stopped("no region: set AWS_DEFAULT_REGION")
    return SigV4Auth(credentials.get_frozen_credentials(), "execute-api", region)


def answered(request: AWSRequest) -> Any:
    """The JSON of the response. Raises `Stopped` if it is an error."""
    place = urlsplit(str(request.url)).netloc
    try:
        answer = URLLib3Session(timeout=_SECONDS).send(request.prepare())
        body = json.loads(answer.content)
    except BotoCoreError as error:
        raise Stopped(f"{place} cannot be reached: {error}") from None
    except ValueError:
        raise Stopped(f"{place} answered {answer.status_code} without JSON: is ADDRESS that of the service?") from None
    if not 200 <= answer.status_code < 300:
        told = body if isinstance(body, dict) else {}
        why = told.get("detail") or told.get("title") or told.get("message") or "no reason given"
        raise Stopped(f"{place} answered {answer.status_code}: {printable(str(why))}")
    return body
