"""Functions: the app's Lambda entry points, called with AWS's event shapes."""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalice.local import LambdaContext

Event = dict[str, Any]
Function = Callable[[Event, Any], Any]

_LONGEST = 900_000
"""Milliseconds that a function may take, by Lambda's limit."""


def invoke(function: Function, event: Event) -> Any:
    """What the function returned. Its exceptions come through."""
    return function(event, LambdaContext("redress-local", 1024, _LONGEST))


def failed_items(function: Function, event: Event, identifiers: Iterable[str]) -> set[str]:
    """Partial batch response: the identifiers that failed; all of them where the function raised."""
    everything = set(identifiers)
    try:
        response: Mapping[str, Any] = invoke(function, event) or {}
    except Exception:  # noqa: BLE001  as Lambda: the error is logged, the whole batch comes again
        traceback.print_exc()
        return everything
    failed = {failure["itemIdentifier"] for failure in response.get("batchItemFailures", [])}
    return failed if failed <= everything else everything  # AWS takes an unknown identifier for a failed batch


def scheduled_event(at: str, rule: str, account: str, region: str) -> Event:
    """A scheduled event of EventBridge. `at`: UTC text."""
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
