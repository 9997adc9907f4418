"""Calls the app's Lambda handlers with events in AWS's formats."""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalice.local import LambdaContext

Event = dict[str, Any]
Function = Callable[[Event, Any], Any]

_TIMEOUT_MILLISECONDS = 900_000
"""Lambda's maximum."""


def invoke(function: Function, event: Event) -> Any:
    """The function's result. Raises the function's exceptions."""
    return function(event, LambdaContext("redress-local", 1024, _TIMEOUT_MILLISECONDS))


def failed_items(function: Function, event: Event, identifiers: Iterable[str]) -> set[str]:
    """The failed identifiers of a partial batch response, or all of them where the function raised."""
    all_identifiers = set(identifiers)
    try:
        response: Mapping[str, Any] = invoke(function, event) or {}
    except Exception:  # noqa: BLE001  as in Lambda: log the error, retry the whole batch
        traceback.print_exc()
        return all_identifiers
    failed = {failure["itemIdentifier"] for failure in response.get("batchItemFailures", [])}
    return failed if failed <= all_identifiers else all_identifiers  # as in AWS: unknown identifier, failed batch


def scheduled_event(at: str, rule: str, account: str, region: str) -> Event:
    """An EventBridge scheduled event. `at`: UTC text."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": account,
        "time": at,
        "region": region,
        "resources": [f"arn:aws:events:{region}:{account}:rule/{rule}"],
        "detail": {},
    }
