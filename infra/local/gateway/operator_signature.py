"""Verifies AWS Signature Version 4, as API Gateway does on routes with `AWS_IAM`.

The local stack has one operator. Access key and secret are both `local-operator`.
"""

from __future__ import annotations

import hmac
import re

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from infra.local.http import LocalRequest

OPERATOR = "local-operator"
ARN = "arn:aws:iam::123456789012:user/local-operator"
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=local-operator/\d{8}/([a-z0-9-]+)/execute-api/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)


def verified_operator(request: LocalRequest) -> str | None:
    """The operator's ARN, or None where the signature is missing or wrong."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    parsed = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if parsed is None or not {"host", "x-amz-date"} <= set(parsed[2].split(";")) <= headers.keys():
        return None
    to_sign = AWSRequest(request.method, f"http://{headers['host']}{request.target}", data=request.body or b"")
    for name in parsed[2].split(";"):
        to_sign.headers[name] = headers[name]
    to_sign.context["timestamp"] = headers["x-amz-date"]
    auth = SigV4Auth(Credentials(OPERATOR, OPERATOR), "execute-api", parsed[1])
    expected = auth.signature(auth.string_to_sign(to_sign, auth.canonical_request(to_sign)), to_sign)
    return ARN if hmac.compare_digest(expected, parsed[3]) else None
