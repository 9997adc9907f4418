"""Emulates the event source mapping from an SQS queue to its worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from infra.local.functions import Event, Function, failed_items


class Queue:
    """Retries failed messages at once, not after the visibility timeout, until the redrive policy takes them."""

    def __init__(
        self, sqs: Any, url: str, mapping: Mapping[str, Any], function: Function, has_messages: Callable[[], bool]
    ) -> None:
        """`mapping`: the event's properties in the template, resolved. `has_messages`: False where none waits."""
        self._sqs = sqs
        self._url = url
        self._function = function
        self._has_messages = has_messages
        self._arn: str = mapping["Queue"]
        self._batch: int = mapping["BatchSize"]

    def deliver(self) -> bool:
        """Deliver at most one batch. Returns False when there was none."""
        if not self._has_messages():
            return False
        received = self._sqs.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=self._batch, AttributeNames=["All"], MessageAttributeNames=["All"]
        )
        messages = received.get("Messages", [])
        if not messages:
            return False
        event = {"Records": [self._record(message) for message in messages]}
        failed = failed_items(self._function, event, [message["MessageId"] for message in messages])
        for message in messages:
            self._delete_or_return(message, message["MessageId"] in failed)
        return True

    def _record(self, message: Mapping[str, Any]) -> Event:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message["Attributes"],
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": self._arn.split(":")[3],
        }

    def _delete_or_return(self, message: Mapping[str, Any], failed: bool) -> None:
        handle = {"QueueUrl": self._url, "ReceiptHandle": message["ReceiptHandle"]}
        if failed:
            self._sqs.change_message_visibility(**handle, VisibilityTimeout=0)
        else:
            self._sqs.delete_message(**handle)
