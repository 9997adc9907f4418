"""Again: hits that met a throttled table come back by themselves, ever later, and not all at once."""

from __future__ import annotations

from chalicelib import observability
from chalicelib.deadlines.batch import DueBatch, Hit
from chalicelib.messages import backoff
from chalicelib.ports import QueueMessage
from chalicelib.wiring import Wiring

MOST = 5
"""Times that hits come back before they are left to the sweep."""
FIRST = 8
"""Seconds of the first pause at most. Each later one is twice the one before: four minutes in all."""
IN_A_ROW = 2
"""Hits of a batch that were throttled one after the other: the rest of it is not tried now. It meets the same tenant's
partitions, and where the table is away each try costs seconds of the worker's time."""


def send(wiring: Wiring, given: DueBatch, hits: list[Hit]) -> bool:
    """Send these hits of the batch again. Whether they were: what came back often enough is left to a later sweep."""
    if given.tries >= MOST:
        return False
    try:
        wiring.due.send([QueueMessage.of(DueBatch(given.tenant, hits, given.tries + 1))], pause(given.tries, hits))
    except Exception as error:  # noqa: BLE001  nothing is lost: they are still in the index
        observability.error("What was throttled is left to a sweep", error=observability.frames(error))
        return False
    return True


def pause(tries: int, hits: list[Hit]) -> int:
    """Seconds."""
    return backoff.spread(FIRST << tries, f"{tries}#{hits[0].pk}#{hits[0].sk}")
