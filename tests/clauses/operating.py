"""Requests of the deployment's operator to the local stack, with an AWS signature."""

from __future__ import annotations

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

OPERATOR = "arn:aws:iam::123456789012:user/operator"


def signed_headers(method: str, url: str, data: bytes) -> dict[str, str]:
    """The headers of a JSON request that the local stack's operator signs."""
    request = AWSRequest(method, url, headers={"Content-Type": "application/json"}, data=data)
    SigV4Auth(Credentials("local-operator", "local-operator"), "execute-api", "eu-central-1").add_auth(request)
    return dict(request.headers.items())
