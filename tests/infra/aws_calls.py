"""Which AWS actions each function of the app asks for, seen where botocore sends its calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from chalicelib.ports import Clock
from chalicelib.settings import Settings
from infra.local.app_functions import AppFunctions, load

_PREFIXES = {"cognito-idp": "cognito-idp", "email": "ses", "ses": "ses"}
_WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
_SAME_PERMISSION = {"sqs:SendMessageBatch": "sqs:SendMessage"}

Action = tuple[str, str]
"""`(action, index)`; the index is empty for the table itself and for other services."""


class Recorder:
    """`load` is app.py's, with every function noting what it asks AWS for in `asked`."""

    def __init__(self) -> None:
        self.asked: dict[str, set[Action]] = defaultdict(set)
        self._function: ContextVar[str | None] = ContextVar("function", default=None)

    def load(self, settings: Settings, clock: Clock) -> AppFunctions:
        functions = load(settings, clock)
        app = type(functions.app)
        recorded = self._noting("api", app.__call__)
        functions.app.__class__ = type("RecordedApp", (app,), {"__call__": recorded})
        names = ("sweep", "relay", "effects", "object_created")
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
            if (function := self._function.get()) is not None:
                self.asked[function] |= set(_actions(client.meta.service_model.service_name, operation, arguments))
            return send(client, operation, arguments)

        with patch.object(BaseClient, "_make_api_call", noted):
            yield


def _actions(service: str, operation: str, arguments: dict[str, Any]) -> Iterator[Action]:
    if operation == "TransactWriteItems":
        for item in arguments["TransactItems"]:
            yield from ((f"dynamodb:{_WRITES[kind]}", "") for kind in item)
        return
    action = f"{_PREFIXES.get(service, service)}:{operation}"
    yield _SAME_PERMISSION.get(action, action), arguments.get("IndexName", "")
