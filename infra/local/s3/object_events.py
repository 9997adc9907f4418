"""Emulates S3 notifications through EventBridge to the evidence function."""

from __future__ import annotations

import queue
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from chalicelib.kit.instants import to_text
from infra.local.events.event_pattern import matches
from infra.local.functions import Event, Function, invoke


class ObjectEvents:
    """Keeps announced events until the event loop delivers them."""

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
        """Deliver at most one event. Returns False when there was none."""
        try:
            event, attempt = self._waiting.get_nowait()
        except queue.Empty:
            return False
        try:
            invoke(self._function, event)
        except Exception:  # noqa: BLE001  as in Lambda: log the error, retry the event
            traceback.print_exc()
            if attempt < self._attempts:
                self._waiting.put((event, attempt + 1))
        return True


_REASONS = {
    "s3:ObjectCreated:Put": "PutObject",
    "s3:ObjectCreated:Copy": "CopyObject",
    "s3:ObjectCreated:CompleteMultipartUpload": "CompleteMultipartUpload",
}
"""moto's event names → EventBridge's reasons."""


@contextmanager
def created_objects(region: str, announce: Callable[[Event], None]) -> Iterator[None]:
    """While the context lasts, announces every object that is stored in moto's S3."""
    from moto.s3 import notifications

    def send(_account: str, event_name: Any, bucket: Any, key: Any) -> None:
        reason = _REASONS.get(str(event_name.value))
        if reason is not None:
            announce(object_created(bucket.name, key, region, reason))

    with patch.object(notifications, "send_event", send):
        yield


def object_created(bucket: str, key: Any, region: str, reason: str) -> Event:
    """An event as in AWS: "EventBridge event message structure" (S3). `key`: moto's object."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": "123456789012",
        "time": to_text(time.time_ns() // 1_000_000),
        "region": region,
        "resources": [f"arn:aws:s3:::{bucket}"],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket},
            "object": {
                "key": key.name,
                "size": key.size,
                "etag": key.etag.strip('"'),
                "version-id": str(key.version_id),
                "sequencer": uuid.uuid4().hex,
            },
            "request-id": uuid.uuid4().hex[:16].upper(),
            "requester": "123456789012",
            "source-ip-address": "127.0.0.1",
            "reason": reason,
        },
    }
