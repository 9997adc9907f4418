"""Records the AWS calls of each function at botocore: the signing role, the operation, and the keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, NamedTuple, cast
from unittest.mock import patch

import msgspec
from botocore import signers
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from chalicelib import bootstrap
from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.kit.instants import HOUR
from chalicelib.kit.settings import Settings
from chalicelib.kit.system_clock import real_time
from chalicelib.ports import TimeSource
from chalicelib.web.api import Api
from infra.local.app_functions import AppFunctions, load
from tests.helpers.fakes.object_locks import locks_end_by
from tests.infra import permissions

GRACE = 2 * HOUR
"""The shortened time between leaving and erasure, so that a test need not simulate a month."""

_WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
_OTHERS = ("sweep", "wake", "park", "relay", "effects", "hooks", "object_created")
"""The functions other than the API."""
_PARTITION_KEYS = ("pk", "due_pk", "list_pk")


class Asked(NamedTuple):
    """One permission that a call needs. `tenant` is empty if the function signs with its own role."""

    tenant: str
    action: str
    index: str = ""
    leading_keys: tuple[str, ...] = ()
    object: str = ""
    """The key of the object, or the prefix of a listing."""
    encryption: str = ""
    """The tenant in the encryption context."""
    purpose: str = ""
    """The purpose in the encryption context."""
    queue: str = ""
    """The name of the queue."""
    arn: str = ""
    """The ARN of the KMS key or of the assumed role."""
    role: str = "TenantData"
    """The role that signs for `tenant`."""


class Denied(NamedTuple):
    function: str
    operation: str
    key: str

    def check(self, operation: str, arguments: dict[str, Any]) -> None:
        if operation == self.operation and (not self.key or self.key in _leading_keys(arguments)):
            raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "denied by the test"}}, operation)


class Recorder:
    """`load` replaces that of app.py. Each function records its AWS calls in `asked`.

    Each function has its own wiring with empty caches, as in a separate process. The real clock is the domain clock,
    as in a deployment, so that moving the clock also ends waits in real time. S3 ends its locks by it too.
    """

    def __init__(self) -> None:
        self.asked: dict[str, set[Asked]] = defaultdict(set)
        self.operations: set[str] = set()
        """`service:Operation` of every call, including presigned ones."""
        self.assumed: Counter[tuple[str, Binding]] = Counter()
        """The permissions by function and binding."""
        self.names: dict[str, str] = {}
        """The logical ids of keys and roles, by ARN."""
        self._clock: TimeSource = real_time
        self._denied: Denied | None = None
        self._function: ContextVar[str | None] = ContextVar("function", default=None)

    def load(self, settings: Settings, clock: TimeSource) -> AppFunctions:
        self._clock = clock
        self.names = {
            settings.key: "Key",
            settings.statement_key: "StatementKey",
            settings.tenant_role: "TenantData",
            settings.erasure_role: "TenantErasure",
        }
        functions = _started(settings, clock)
        app = type(functions.app)
        recorded = self._noting("api", app.__call__)
        functions.app.__class__ = type("RecordedApp", (app,), {"__call__": recorded})
        return replace(
            functions, **{name: self._noting(name, getattr(_started(settings, clock), name)) for name in _OTHERS}
        )

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
        """Clients created in the block also record their presigned requests."""
        send, presign, post = BaseClient._make_api_call, signers.generate_presigned_url, signers.generate_presigned_post

        def called(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
            self._note(client, operation, arguments)
            if self._denied is not None and self._function.get() == self._denied.function:
                self._denied.check(operation, arguments)
            return send(client, operation, arguments)

        def presigned(client: BaseClient, ClientMethod: str, Params: dict[str, Any], **options: Any) -> Any:  # noqa: N803
            self._note(client, client.meta.method_to_api_mapping[ClientMethod], Params)
            return presign(client, ClientMethod, Params, **options)

        def posted(client: BaseClient, Bucket: str, Key: str, Fields: dict[str, Any], **options: Any) -> Any:  # noqa: N803
            names = {name: value for name, value in (("Tagging", Fields.get("tagging")), ("Key", Key)) if value}
            self._note(client, "PutObject", names)
            return post(client, Bucket, Key, Fields, **options)

        with (
            locks_end_by(self._clock),
            patch.object(BaseClient, "_make_api_call", called),
            patch.object(signers, "generate_presigned_url", presigned),
            patch.object(signers, "generate_presigned_post", posted),
        ):
            yield

    @contextmanager
    def denying(self, function: str, operation: str, key: str = "") -> Iterator[None]:
        """In the block, AWS denies this operation to the function. `key`: only for this partition."""
        self._denied = Denied(function, operation, key)
        try:
            yield
        finally:
            self._denied = None

    def _note(self, client: BaseClient, operation: str, arguments: dict[str, Any]) -> None:
        service = client.meta.service_model.service_name
        if (function := self._function.get()) is not None:
            if operation == "AssumeRole":
                self.assumed[function, binding.current()] += 1
            self.operations.add(f"{service}:{operation}")
            self.asked[function] |= set(asked(service, operation, arguments))


def _started(settings: Settings, clock: TimeSource) -> AppFunctions:
    functions = load(settings, clock)
    bootstrap.use(msgspec.structs.replace(bootstrap.current(), real_clock=clock, grace=GRACE))
    cast(Api, functions.app).get_wiring()  # creates and caches the wiring
    return functions


def asked(service: str, operation: str, arguments: dict[str, Any]) -> Iterator[Asked]:
    bound = binding.current()
    signed = Asked(bound.tenant, "", role="TenantErasure" if bound.kind == "erasure" else "TenantData")
    if operation == "TransactWriteItems":
        for [(kind, item)] in (each.items() for each in arguments["TransactItems"]):
            yield signed._replace(
                action=f"dynamodb:{_WRITES[kind]}", leading_keys=(_pk(item.get("Item") or item["Key"]),)
            )
        return
    if service == "s3":
        yield from (
            signed._replace(action=name, object=key) for name, key in permissions.on_objects(operation, arguments)
        )
        return
    if service == "sts":
        signed = Asked("", "", arn=arguments["RoleArn"])  # precedes every binding's credentials
    for action in permissions.of_operation(f"{service}:{operation}"):
        yield signed._replace(action=action, **_of(service, arguments))


def _of(service: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The resource and keys of a call, as fields of `Asked`."""
    if service == "dynamodb":
        keys = tuple(dict.fromkeys(_leading_keys(arguments)))
        return {"index": arguments.get("IndexName", ""), "leading_keys": keys}
    if service == "kms":
        context = arguments.get("EncryptionContext", {})
        return {
            "encryption": context.get("tenant", ""),
            "purpose": context.get("purpose", ""),
            "arn": arguments["KeyId"],
        }
    return {"queue": arguments["QueueUrl"].rpartition("/")[2]} if service == "sqs" else {}


def _leading_keys(arguments: dict[str, Any]) -> Iterator[str]:
    for requested in arguments.get("RequestItems", {}).values():
        puts = [one["PutRequest"]["Item"] for one in requested] if isinstance(requested, list) else []
        yield from map(_pk, puts or requested["Keys"])
    if item := arguments.get("Item") or arguments.get("Key"):
        yield _pk(item)
    names = arguments.get("ExpressionAttributeNames", {})
    for name, value in re.findall(r"(#\w+) = (:\w+)", arguments.get("KeyConditionExpression", "")):
        if names[name] in _PARTITION_KEYS:
            yield arguments["ExpressionAttributeValues"][value]["S"]


def _pk(item: dict[str, Any]) -> str:
    return str(item["pk"]["S"])
