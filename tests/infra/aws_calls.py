"""What each function of the app asks AWS for, seen where botocore sends it: in whose name, for what, by which keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, NamedTuple
from unittest.mock import patch

from botocore.client import BaseClient

from chalicelib.ports import Clock
from chalicelib.settings import Settings
from chalicelib.tenants import binding
from infra.local.app_functions import AppFunctions, load

_SAME_PERMISSION = {"sqs:SendMessageBatch": "sqs:SendMessage"}
_WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
_PARTITION_KEYS = ("pk", "due_pk", "list_pk")


class Asked(NamedTuple):
    """One permission that a call needs. `tenant` is empty where the function signs as itself."""

    tenant: str
    action: str
    index: str = ""
    leading_keys: tuple[str, ...] = ()
    object: str = ""
    """An object's key, or the prefix of those that are listed."""
    encryption: str = ""
    """The tenant in the encryption context."""
    queue: str = ""
    """The queue's name."""


class Recorder:
    """`load` is app.py's, with every function noting what it asks AWS for in `asked`."""

    def __init__(self) -> None:
        self.asked: dict[str, set[Asked]] = defaultdict(set)
        self.assumed: Counter[str] = Counter()
        self._function: ContextVar[str | None] = ContextVar("function", default=None)

    def load(self, settings: Settings, clock: Clock) -> AppFunctions:
        functions = load(settings, clock)
        app = type(functions.app)
        recorded = self._noting("api", app.__call__)
        functions.app.__class__ = type("RecordedApp", (app,), {"__call__": recorded})
        names = ("sweep", "wake", "park", "relay", "effects", "object_created")
        return replace(functions, **{name: self._noting(name, getattr(functions, name)) for name in names})

    def _noting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            token = self._function.set(name)
            try:
                return function(*arguments)
            finally:
                self._function.reset(token)

        return call

    @contextmanager
    def recording(self) -> Iterator[None]:
        send = BaseClient._make_api_call

        def noted(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
            service = client.meta.service_model.service_name
            if operation == "AssumeRole":
                self.assumed[binding.current().tenant] += 1
            if (function := self._function.get()) is not None:
                self.asked[function] |= set(asked(service, operation, arguments))
            return send(client, operation, arguments)

        with patch.object(BaseClient, "_make_api_call", noted):
            yield


def asked(service: str, operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    tenant = binding.current().tenant
    if operation == "TransactWriteItems":
        for [(kind, item)] in (each.items() for each in arguments["TransactItems"]):
            yield Asked(tenant, f"dynamodb:{_WRITES[kind]}", leading_keys=(_pk(item.get("Item") or item["Key"]),))
        return
    action = f"{service}:{operation}"
    action = _SAME_PERMISSION.get(action, action)
    if service == "sts":
        yield Asked("", action)  # precedes every binding's credentials
        return
    if service == "s3":
        yield from (Asked(tenant, name, object=_object(arguments)) for name in _on_objects(operation, arguments))
        return
    keys = tuple(dict.fromkeys(_leading_keys(arguments))) if service == "dynamodb" else ()
    encryption = arguments.get("EncryptionContext", {}).get("tenant", "")
    queue = arguments.get("QueueUrl", "").rpartition("/")[2]
    yield Asked(tenant, action, arguments.get("IndexName", ""), keys, encryption=encryption, queue=queue)


def _on_objects(operation: str, arguments: dict[str, Any]) -> Iterator[str]:
    """Amazon S3's permissions are not named like its operations."""
    version = "Version" if "VersionId" in arguments else ""
    names = {"ListObjectVersions": "ListBucketVersions", "GetObject": f"GetObject{version}"}
    names |= dict.fromkeys(("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"), "PutObject")
    yield f"s3:{names.get(operation, operation)}"
    if "Tagging" in arguments:
        yield "s3:PutObjectTagging"
    if "ObjectLockMode" in arguments:
        yield "s3:PutObjectRetention"


def _object(arguments: dict[str, Any]) -> str:
    return str(arguments.get("Key") or arguments.get("Prefix", ""))


def _leading_keys(arguments: dict[str, Any]) -> Iterator[str]:
    for requested in arguments.get("RequestItems", {}).values():
        yield from (_pk(key) for key in requested["Keys"])
    if item := arguments.get("Item") or arguments.get("Key"):
        yield _pk(item)
    names = arguments.get("ExpressionAttributeNames", {})
    for name, value in re.findall(r"(#\w+) = (:\w+)", arguments.get("KeyConditionExpression", "")):
        if names[name] in _PARTITION_KEYS:
            yield arguments["ExpressionAttributeValues"][value]["S"]


def _pk(item: dict[str, Any]) -> str:
    return str(item["pk"]["S"])
