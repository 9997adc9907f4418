"""Hands frequent calls to moto without an HTTP request. For the local stack only, not for tests of the adapters.

botocore signs, sends and parses each request, which takes most of a call's time: moving the clock by a month makes some
ten thousand calls. A refusal by DynamoDB is the same error as through botocore. Other calls that moto refuses are
repeated through botocore. `direct_reads` and `direct_writes` also do without moto's handler of DynamoDB.
"""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.responses import DynamoHandler
from moto.utilities.utils import get_partition
from werkzeug.exceptions import HTTPException

from infra.local.direct.direct_messages import CALLS
from infra.local.direct.direct_reads import READS
from infra.local.direct.direct_writes import WRITES
from infra.moto import moto_queries

Answer = dict[str, Any]

_METHODS = {
    "BatchGetItem": "batch_get_item",
    "BatchWriteItem": "batch_write_item",
    "DeleteItem": "delete_item",
    "GetItem": "get_item",
    "PutItem": "put_item",
    "Query": "query",
    "TransactWriteItems": "transact_write_items",
    "UpdateItem": "update_item",
}
_SHORTER = {**READS, **WRITES}
_tokens = itertools.count()
_ANSWERED = {"HTTPStatusCode": 200, "RetryAttempts": 0, "HTTPHeaders": {}}


@contextmanager
def installed(account: str) -> Iterator[None]:
    """Patches botocore's clients while the context lasts."""
    client: Any = BaseClient
    call: Callable[[Any, str, Any], Answer] = client._make_api_call

    def make_api_call(self: Any, operation: str, arguments: Any) -> Answer:
        service = self.meta.service_model.service_name
        answer = _method(service, operation)
        if answer is not None:
            _choose_credentials(self, service, operation)
            try:
                found = answer(self.meta.region_name, account, arguments)
            except JsonRESTError as refusal:
                raise _error(self, operation, refusal) from refusal
            except (ServiceException, HTTPException):
                found = None
            if found is not None:
                return {**found, "ResponseMetadata": _ANSWERED}
        return call(self, operation, arguments)

    with patch.object(client, "_make_api_call", make_api_call):
        yield


def _method(service: str, operation: str) -> Callable[[str, str, Any], Answer | None] | None:
    """None for a call that goes through botocore."""
    if service == "dynamodb" and operation in _METHODS:
        return lambda region, account, arguments: _answer(region, account, operation, arguments)
    return CALLS.get((service, operation))


def _error(client: Any, operation: str, refusal: Any) -> Exception:
    """DynamoDB's error as botocore makes it from the response (`botocore.endpoint`)."""
    model, parser = client.meta.service_model, client._response_parser
    response = {"status_code": refusal.code, "headers": {}, "body": refusal.description.encode()}
    parsed = parser.parse(response, model.operation_model(operation).output_shape)
    code = parsed["Error"]["Code"]
    shape = model.shape_for_error_code(code)
    if shape is not None:
        parsed.update(parser.parse(response, shape))
    error: Exception = client.exceptions.from_code(code)(parsed, operation)
    return error


def _choose_credentials(client: Any, service: str, operation: str) -> None:
    """As before a signature: the app's hook refuses a call without a binding, and the binding's role is assumed."""
    request = SimpleNamespace(context={})
    client.meta.events.emit(f"before-sign.{service}.{operation}", request=request)
    chosen = request.context.get("signing", {}).get("request_credentials") or client._get_credentials()
    chosen.get_frozen_credentials()


def _answer(region: str, account: str, operation: str, arguments: Any) -> Answer:
    """What the store asks most is carried out on moto's tables, the rest by moto's handler."""
    shorter = _SHORTER.get(operation)
    with moto_queries.LOCK:
        found = None if shorter is None else shorter(dynamodb_backends[account][region].tables, arguments)
        return _handled(region, account, operation, arguments) if found is None else found


def _handled(region: str, account: str, operation: str, arguments: Any) -> Answer:
    """The copies keep moto's items apart from the caller's objects."""
    handler = _handler(region, account, operation, _copy(arguments))
    try:
        result = getattr(handler, _METHODS[operation])().result
        if isinstance(result, Exception):
            raise result
        return _copy({name: part for name, part in result.items() if part is not None})
    finally:
        moto_queries.after(handler.dynamodb_backend, operation, arguments)


def _handler(region: str, account: str, operation: str, arguments: Any) -> Any:
    """With a token for the request, which botocore would add: the shim answers a repeated token without a write."""
    handler: Any = DynamoHandler()
    handler.params = handler.body = {"ClientRequestToken": f"direct-{next(_tokens)}", **arguments}
    handler.headers = {"x-amz-target": f"DynamoDB_20120810.{operation}"}
    handler.querystring, handler.response_headers = {}, {}
    handler.region, handler.partition, handler.current_account = region, get_partition(region), account
    return handler


def _copy(value: Answer) -> Answer:
    """Faster than `copy.deepcopy`."""
    copied: Answer = pickle.loads(pickle.dumps(value))  # noqa: S301  our own objects
    return copied
