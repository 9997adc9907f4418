"""Emulates the event source mapping from an SQS queue to its worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.functions import Event, Function, failed_items

_AT_ONCE = -1
"""Seconds until a returned message is visible. moto compares milliseconds, so with 0 it would be visible one later."""


class LocalQueue:
    """Retries failed messages at once, not after the visibility timeout, until the redrive policy takes them.

    Works with moto's objects, not through its API, which counts the whole queue for each call.
    """

    def __init__(self, backend: Any, name: str, mapping: Mapping[str, Any], function: Function) -> None:
        """`backend`: moto's SQS backend. `mapping`: the event's properties in the template, resolved."""
        self._backend = backend
        self._queue = backend.queues[name]
        self._name = name
        self._function = function
        self._arn: str = mapping["Queue"]
        self._batch: int = mapping["BatchSize"]

    def deliver(self) -> bool:
        """Deliver at most one batch. Returns False when there was none."""
        if not self._queue.messages:
            return False
        messages = self._backend.receive_message(self._name, self._batch, 0, self._queue.visibility_timeout)
        if not messages:
            return False
        event = {"Records": [self._record(message) for message in messages]}
        failed = failed_items(self._function, event, [message.id for message in messages])
        for message in messages:
            self._delete_or_return(message, message.id in failed)
        return True

    def _record(self, message: Any) -> Event:
        """Without message attributes: the app sends none."""
        return {
            "messageId": message.id,
            "receiptHandle": message.receipt_handle,
            "body": message.body,
            "attributes": {
                "SenderId": message.sender_id,
                "SentTimestamp": str(message.sent_timestamp),
                "ApproximateReceiveCount": str(message.approximate_receive_count),
                "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
            },
            "messageAttributes": {},
            "md5OfBody": message.body_md5,
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": self._arn.split(":")[3],
        }

    def _delete_or_return(self, message: Any, failed: bool) -> None:
        if failed:
            self._backend.change_message_visibility(self._name, message.receipt_handle, _AT_ONCE)
        else:
            self._backend.delete_message(self._name, message.receipt_handle)
