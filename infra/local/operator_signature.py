"""Requests signed with AWS Signature Version 4, as API Gateway checks them on routes of `AWS_IAM`.

The local stack knows one operator, whose key and secret are both `local-operator`.
"""

from __future__ import annotations

import hmac
import re

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from infra.local.http import Request

OPERATOR = "local-operator"
ARN = "arn:aws:iam::123456789012:user/local-operator"
_FORM = re.compile(
    r"AWS4-HMAC-SHA256 Credential=local-operator/\d{8}/([a-z0-9-]+)/execute-api/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)


def verified_operator(request: Request) -> str | None:
    """The operator's ARN, or None where the signature is not theirs."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    form = _FORM.fullmatch(headers.get("authorization", ""))
    if form is None or not {"host", "x-amz-date"} <= set(form[2].split(";")) <= headers.keys():
        return None
    asked = AWSRequest(request.method, f"http://{headers['host']}{request.target}", data=request.body or b"")
    for name in form[2].split(";"):
        asked.headers[name] = headers[name]
    asked.context["timestamp"] = headers["x-amz-date"]
    auth = SigV4Auth(Credentials(OPERATOR, OPERATOR), "execute-api", form[1])
    wanted = auth.signature(auth.string_to_sign(asked, auth.canonical_request(asked)), asked)
    return ARN if hmac.compare_digest(wanted, form[3]) else None
