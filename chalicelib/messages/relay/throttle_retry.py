"""Again: effects that met a table that is throttled or away come back by themselves, ever later, and use up no try.

An outage is nobody's fault: it must neither fill the dead letters nor leave what is told at once to the daily walk.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from chalicelib import observability
from chalicelib.messages import backoff
from chalicelib.messages.sqs import received
from chalicelib.ports import QueueMessage
from chalicelib.store.port import Unavailable
from chalicelib.wiring import Wiring

FIRST, LONGEST = 8, 900
"""Seconds of the first pause at most, and of the later ones, each twice the one before. SQS knows none longer."""
MOST = 200
"""Times that a message comes back before its tries count: two days, twice as long as the stream remembers."""
IN_A_ROW = 2
"""Messages of a batch that were throttled one after the other: its others are not tried now. Where the table is away
each try costs seconds of the worker's time."""
_OF_SES = "ses"
"""The group of what EventBridge puts on the queue, which names none."""


class DelayedRetry(msgspec.Struct, frozen=True, tag="again"):
    """`body`: of the queue's record, as it first came. `tries`: how often it came back."""

    tenant: str
    body: str
    tries: int = 0


def opened(body: str) -> DelayedRetry:
    """What a record of the effects queue holds. Raises ValueError for what nobody of ours sent."""
    try:
        message = received(body)
    except KeyError:
        return DelayedRetry(_OF_SES, body)
    try:
        return msgspec.json.decode(message.body, type=DelayedRetry)
    except msgspec.ValidationError:
        return DelayedRetry(message.tenant, body)


class EffectBatch:
    """One batch of the effects queue. `sent`: how many of its messages come back."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._in_a_row = 0
        self.sent = 0

    def handle(self, body: str, handle: Callable[[str], None]) -> None:
        """Raises what `handle` does, but for `Unavailable`, unless it came back often enough or cannot be sent."""
        given = opened(body)
        try:
            if self._in_a_row >= IN_A_ROW:
                raise Unavailable("not tried: the table has just been away")
            handle(given.body)
            self._in_a_row = 0
        except Unavailable as error:
            self._in_a_row += 1
            if given.tries >= MOST:
                raise
            again = msgspec.structs.replace(given, tries=given.tries + 1)
            self._wiring.effects.send([QueueMessage.of(again)], pause(given))
            self.sent += 1
            frames = observability.frames(error)
            observability.info("A message comes back", tenant=given.tenant, attempt=again.tries, error=frames)

    def measure(self) -> None:
        if self.sent:
            observability.measure("EffectAgain", self.sent)


def pause(given: DelayedRetry) -> int:
    """Seconds."""
    longest = min(FIRST << min(given.tries, 10), LONGEST)
    return backoff.spread(longest, f"{given.tries}#{given.body}")
