"""Sends hits that met a throttled table to the due queue again, with growing and randomised delays."""

from __future__ import annotations

from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.jobs import throttling
from chalicelib.kit import observability
from chalicelib.ports import Queue, QueueMessage

MAX_TRIES = 5
"""How often hits are sent again before they are left to the sweep. The delays are four minutes in all."""


def requeue(due_queue: Queue, batch: DueBatch, hits: list[Hit]) -> bool:
    """Sends these hits of the batch again.

    Returns False when the retry limit is reached or the queue refuses them. A later sweep then finds them in the index.
    """
    if batch.tries >= MAX_TRIES:
        return False
    try:
        due_queue.send([QueueMessage.of(DueBatch(batch.tenant, hits, batch.tries + 1))], delay(batch.tries, hits))
    except Exception as error:  # noqa: BLE001  nothing is lost: the hits are still in the index
        observability.error("Throttled hits are left to a later sweep", error=observability.frames(error))
        return False
    return True


def delay(tries: int, hits: list[Hit]) -> int:
    """The delay in seconds. Different hits get different delays, so they do not all return at once."""
    return throttling.delay(tries, f"{hits[0].pk} {hits[0].sk}")
