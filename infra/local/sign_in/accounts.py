"""The part of the user pools' API that people's own access tokens permit, over HTTP as Amazon Cognito offers it.

moto takes every one-time password of six figures.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError

from infra.local.http import LocalRequest, Response

PATH = "/_local/accounts"
_TARGET = "AWSCognitoIdentityProviderService."
_OPERATIONS = {
    "GetUser": "get_user",
    "AssociateSoftwareToken": "associate_software_token",
    "VerifySoftwareToken": "verify_software_token",
    "SetUserMFAPreference": "set_user_mfa_preference",
}


def respond(cognito: Any, request: LocalRequest) -> Response | None:
    """None for a request to something else."""
    if (request.method, request.target.rstrip("/")) != ("POST", PATH):
        return None
    operation = _OPERATIONS.get(request.headers.get("x-amz-target", "").removeprefix(_TARGET))
    if operation is None:
        return _json(HTTPStatus.BAD_REQUEST, {"__type": "UnknownOperationException"})
    try:
        answer = getattr(cognito, operation)(**json.loads(request.body or b"{}"))
    except (ClientError, ParamValidationError, ValueError) as error:
        return _json(HTTPStatus.BAD_REQUEST, {"__type": type(error).__name__})
    return _json(HTTPStatus.OK, {name: value for name, value in answer.items() if name != "ResponseMetadata"})


def _json(status: HTTPStatus, body: dict[str, Any]) -> Response:
    headers = [("Content-Type", "application/x-amz-json-1.1")]
    return Response(status, headers, json.dumps(body, default=str).encode())
