"""A queue on Amazon SQS. The tenant is the message group, which makes a standard queue fair.

While one group has a backlog, SQS delivers messages of the other groups first (AWS: "Amazon SQS fair queues"). A FIFO
queue would also keep order, which is not needed. There, a message that fails would block the other messages of its
tenant, and single messages could not be delayed (AWS: "Amazon SQS message timers").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.ports import QueueMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs.literals import QueueAttributeNameType as QueueAttributeFilterType
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
"""Messages in one SendMessageBatch (AWS limit)."""
BATCH_BYTES = 256 * 1024
"""Total bytes of the messages in one SendMessageBatch (AWS limit)."""
ATTEMPTS = 3
_DEPTH_ATTRIBUTES: tuple[QueueAttributeFilterType, ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


class NotEnqueued(Exception):
    """SQS refused some messages of a batch repeatedly. The other messages of it and of earlier batches are enqueued."""


class SqsQueue:
    """`ports.Queue`. The SQS body is `{"tenant": …, "body": …}`; `parse_body` reads it."""

    def __init__(self, clients: Clients, url: str) -> None:
        self._clients = clients
        self._url = url

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        with binding.directory():
            for batch in batches([(message.tenant, _sqs_body(message)) for message in messages]):
                self._send(batch, pause)

    def depth(self) -> int:
        with binding.directory():
            answer = self._clients.sqs().get_queue_attributes(
                QueueUrl=self._url, AttributeNames=list(_DEPTH_ATTRIBUTES)
            )
        return sum(int(answer["Attributes"][name]) for name in _DEPTH_ATTRIBUTES)

    def _send(self, bodies: list[tuple[str, str]], pause: int) -> None:
        """Send one batch. SQS answers 200 even when single messages failed: those are sent again."""
        unsent: dict[str, SendMessageBatchRequestEntryTypeDef] = {
            str(place): {"Id": str(place), "MessageBody": body, "MessageGroupId": tenant, "DelaySeconds": pause}
            for place, (tenant, body) in enumerate(bodies)
        }
        for _ in range(ATTEMPTS):
            answer = self._clients.sqs().send_message_batch(QueueUrl=self._url, Entries=list(unsent.values()))
            failed = {failure["Id"] for failure in answer.get("Failed", [])}
            unsent = {place: entry for place, entry in unsent.items() if place in failed}
            if not unsent:
                return
        raise NotEnqueued(f"{len(unsent)} of {len(bodies)} messages were refused {ATTEMPTS} times")


def batches(bodies: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Split (tenant, body) pairs into batches within both AWS limits, in order.

    A body that is too large is in a batch of its own, which SQS refuses.
    """
    batch: list[tuple[str, str]] = []
    size = 0
    for tenant, body in bodies:
        weight = len(body.encode())
        if batch and (len(batch) == BATCH or size + weight > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((tenant, body))
        size += weight
    if batch:
        yield batch


def parse_body(body: str) -> QueueMessage:
    """Parse a record's body. Raises `msgspec.DecodeError` for a message that `SqsQueue` did not send.

    `ValidationError`, a subclass, where the body is JSON but no `QueueMessage`.
    """
    return msgspec.json.decode(body, type=QueueMessage)


def _sqs_body(message: QueueMessage) -> str:
    return msgspec.json.encode(message).decode()
