"""Sends messages of the effects queue that met a throttled or unavailable table again, with a growing delay.

These retries do not count as failed receives of the queue. So an outage neither fills the dead-letter queue nor delays
the reactions until the daily job.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from chalicelib.features.messages.sqs import parse_body
from chalicelib.jobs import throttling
from chalicelib.kit import observability
from chalicelib.ports import QueueMessage
from chalicelib.store.port import Unavailable
from chalicelib.wiring import Wiring

MAX_RETRIES = 200
"""Retries of a message before its failures count: about two days, twice the stream's retention period."""
_EVENTBRIDGE_GROUP = "ses"
"""Message group of EventBridge's messages, which have none of their own."""


class RetryMessage(msgspec.Struct, frozen=True, tag="again"):
    """The queue message. `body`: the original message's body. `tries`: how often it was retried."""

    tenant: str
    body: str
    tries: int = 0


def unwrap(body: str) -> RetryMessage:
    """Return the message in a record of the effects queue. Raises `msgspec.DecodeError` unless it is JSON."""
    try:
        message = parse_body(body)
    except msgspec.ValidationError:
        return RetryMessage(_EVENTBRIDGE_GROUP, body)
    try:
        return msgspec.json.decode(message.body, type=RetryMessage)
    except msgspec.ValidationError:
        return RetryMessage(message.tenant, body)


class RetryingBatch:
    """One batch of the effects queue. `retried`: how many of its messages were sent again."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._breaker = throttling.CircuitBreaker()
        self.retried = 0

    def handle(self, body: str, handle: Callable[[str], None]) -> None:
        """Handle a message, and send it again when the table is unavailable.

        Raises what `handle` raises, and `Unavailable` after `MAX_RETRIES`.
        """
        message = unwrap(body)
        try:
            self._breaker.call(lambda: handle(message.body))
        except Unavailable as error:
            if message.tries >= MAX_RETRIES:
                raise
            retry = msgspec.structs.replace(message, tries=message.tries + 1)
            self._wiring.effects.send([QueueMessage.of(retry)], delay(message))
            self.retried += 1
            frames = observability.frames(error)
            observability.info("A message is retried later", tenant=message.tenant, attempt=retry.tries, error=frames)

    def emit_metric(self) -> None:
        if self.retried:
            observability.measure("EffectAgain", self.retried)


def delay(message: RetryMessage) -> int:
    """Return the delay before the next retry, in seconds."""
    return throttling.delay(message.tries, message.body)
