"""Object events: plays S3's notifications through EventBridge to the evidence function."""

from __future__ import annotations

import queue
import traceback
import uuid
from collections.abc import Mapping
from typing import Any

from infra.local.functions import Event, Function, invoke
from infra.local.pattern import matches


class ObjectEvents:
    """Holds what the S3 door announced until the loop delivers it."""

    def __init__(self, mapping: Mapping[str, Any], function: Function) -> None:
        """`mapping`: the rule's properties in the template, resolved."""
        self._pattern = mapping["Pattern"]
        self._attempts: int = mapping["RetryPolicy"]["MaximumRetryAttempts"] + 1
        self._function = function
        self._waiting: queue.SimpleQueue[tuple[Event, int]] = queue.SimpleQueue()

    def announce(self, event: Event) -> None:
        if matches(self._pattern, event):
            self._waiting.put((event, 1))

    def deliver(self) -> bool:
        """Deliver one event at most; whether there was one."""
        try:
            event, attempt = self._waiting.get_nowait()
        except queue.Empty:
            return False
        try:
            invoke(self._function, event)
        except Exception:  # noqa: BLE001  as Lambda: the error is logged, the event comes again
            traceback.print_exc()
            if attempt < self._attempts:
                self._waiting.put((event, attempt + 1))
        return True


def object_created(*, bucket: str, key: str, size: int, etag: str, version: str, at: str, region: str) -> Event:
    """AWS: "EventBridge event message structure" of S3. `at`: UTC text of real time."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": "123456789012",
        "time": at,
        "region": region,
        "resources": [f"arn:aws:s3:::{bucket}"],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket},
            "object": {"key": key, "size": size, "etag": etag, "version-id": version, "sequencer": uuid.uuid4().hex},
            "request-id": uuid.uuid4().hex[:16].upper(),
            "requester": "123456789012",
            "source-ip-address": "127.0.0.1",
            "reason": "PostObject",
        },
    }
