"""A queue on Amazon SQS. Each message names its tenant as message group: on a standard queue that makes it fair.

"Amazon SQS fair queues" (AWS): while one group has a backlog, messages of the others are handed out first. A FIFO queue
would keep order too, but a message that fails would stop its tenant's others, and order is not needed; nor can one
message pause there ("Amazon SQS message timers").
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.ports import QueueMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs.literals import QueueAttributeNameType as QueueAttributeFilterType
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
"""Messages in one SendMessageBatch, by AWS's limit."""
BATCH_BYTES = 256 * 1024
"""Bytes in one SendMessageBatch, all messages together, by AWS's limit."""
ATTEMPTS = 3
_WAITING: tuple[QueueAttributeFilterType, ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


class NotEnqueued(Exception):
    """SQS kept refusing some messages; those of earlier batches, and others of this one, are enqueued."""


class SqsQueue:
    """`ports.Queue`. The body on the wire is `{"tenant": …, "body": …}`; `received` reads it."""

    def __init__(self, clients: Clients, url: str) -> None:
        self._clients = clients
        self._url = url

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        with binding.directory():
            for batch in batches([(message.tenant, _wire(message)) for message in messages]):
                self._send(batch, pause)

    def depth(self) -> int:
        with binding.directory():
            answer = self._clients.sqs().get_queue_attributes(QueueUrl=self._url, AttributeNames=list(_WAITING))
        return sum(int(answer["Attributes"][name]) for name in _WAITING)

    def _send(self, bodies: list[tuple[str, str]], pause: int) -> None:
        """A batch answers 200 even where single messages failed: those are sent again."""
        waiting: dict[str, SendMessageBatchRequestEntryTypeDef] = {
            str(place): {"Id": str(place), "MessageBody": body, "MessageGroupId": tenant, "DelaySeconds": pause}
            for place, (tenant, body) in enumerate(bodies)
        }
        for _ in range(ATTEMPTS):
            answer = self._clients.sqs().send_message_batch(QueueUrl=self._url, Entries=list(waiting.values()))
            failed = {failure["Id"] for failure in answer.get("Failed", [])}
            waiting = {place: entry for place, entry in waiting.items() if place in failed}
            if not waiting:
                return
        raise NotEnqueued(f"{len(waiting)} of {len(bodies)} messages were refused {ATTEMPTS} times")


def batches(bodies: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Tenants and bodies in order, within both of AWS's limits; one too large goes out alone and is refused."""
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


def received(body: str) -> QueueMessage:
    """Read a record's body. Raises KeyError or ValueError for what `SqsQueue` did not send."""
    wire = json.loads(body)
    return QueueMessage(tenant=wire["tenant"], body=wire["body"])


def _wire(message: QueueMessage) -> str:
    return json.dumps({"tenant": message.tenant, "body": message.body}, ensure_ascii=False)
