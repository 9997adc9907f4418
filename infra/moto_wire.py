"""Speeds up requests to moto's DynamoDB. Part of the shim (`moto_shim`). Not part of the deployment.

For each request, moto builds a web server request, tries the URL patterns of all its services, and parses body and
response with the service model. This takes two thirds of a request's time. The patch handles frequent actions as plain
JSON. moto handles other actions, and errors, as before.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from botocore.awsrequest import AWSPreparedRequest
from moto.core import responses
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.utils import get_equivalent_url_in_aws_domain
from moto.dynamodb.responses import DynamoHandler
from moto.iam.models import get_account_id_from
from moto.utilities.utils import get_partition
from werkzeug.exceptions import HTTPException

_TARGET = "DynamoDB_20120810."
_FREQUENT = frozenset(
    {
        "BatchGetItem",
        "BatchWriteItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "TransactWriteItems",
        "UpdateItem",
    }
)


def install() -> Callable[[], None]:
    """Patch moto in this process. Returns a function that removes the patch."""
    stubber: Any = BotocoreStubber
    handler: Any = DynamoHandler
    module: Any = responses
    process, write = stubber.process_request, handler.serialized
    names, snake = module.method_names_from_class, module.camelcase_to_underscores

    def process_request(self: Any, request: AWSPreparedRequest) -> Any:
        target = _text(request.headers.get("X-Amz-Target", ""))
        if not target.startswith(_TARGET) or target.removeprefix(_TARGET) not in _FREQUENT:
            return process(self, request)
        return _answer(request, target)

    def serialized(self: Any, result: Any) -> Any:
        if self.querystring or self._get_action() not in _FREQUENT or isinstance(result.result, Exception):
            return write(self, result)
        return 200, {"Content-Type": "application/x-amz-json-1.0", **self.response_headers}, _written(result.result)

    def remove() -> None:
        stubber.process_request, handler.serialized = process, write
        module.method_names_from_class, module.camelcase_to_underscores = names, snake

    stubber.process_request, handler.serialized = process_request, serialized
    module.method_names_from_class, module.camelcase_to_underscores = cache(names), cache(snake)
    return remove


def _answer(request: AWSPreparedRequest, target: str) -> tuple[Any, Any, Any]:
    handler: Any = DynamoHandler()
    handler.params = json.loads(_text(cast(bytes, request.body)), object_hook=_read)
    handler.headers = {name: _text(value) for name, value in request.headers.items()} | {"x-amz-target": target}
    handler.querystring, handler.response_headers = {}, {"server": "amazon.com"}
    url, _ = get_equivalent_url_in_aws_domain(request.url)
    handler.region = _region(url.netloc)
    handler.partition = get_partition(handler.region)
    handler.access_key = handler.get_access_key()
    handler.current_account = get_account_id_from(handler.access_key)
    try:
        status, headers, body = handler.call_action()
    except HTTPException as error:
        return error.code, error.get_headers(), error.get_body()
    return status, headers, body


@cache
def _region(host: str) -> str:
    """`dynamodb.eu-central-1.amazonaws.com`"""
    return host.split(".")[1]


def _read(part: dict[str, Any]) -> dict[str, Any]:
    """Attributes of type `B` and `BS` are bytes."""
    if len(part) == 1:
        if isinstance(alone := part.get("B"), str):
            return {"B": base64.b64decode(alone)}
        if isinstance(several := part.get("BS"), list):
            return {"BS": [base64.b64decode(one) for one in several]}
    return part


def _written(result: dict[str, Any]) -> str:
    return json.dumps({name: part for name, part in result.items() if part is not None}, default=_bytes)


def _bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
