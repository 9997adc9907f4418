"""Position: how far each shard of index `due` is enqueued already, so that a backlog is not enqueued every minute.

It holds only while the queue has something: what is in the index although the queue is empty has to be enqueued anew.
"""

from __future__ import annotations

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.instants import MINUTE, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Page, Put, Unavailable
from chalicelib.wiring import Wiring

KIND = "sweep-position"
LOOK_BACK = 2 * MINUTE
"""The index is eventually consistent: what became due in this time may have been invisible, and is looked at again."""
_NEXT = "!"
"""Sorts just behind the key that it ends, and before every other."""
HOLDS = 15 * MINUTE
"""Real time after which a backlog is enqueued again though the queue is not empty: a message can be lost."""


class SweepPosition(msgspec.Struct):
    """`through`: by shard, the due key (`due_sk`) up to which all is enqueued."""

    since: Instant
    """Real time at which the first of it was enqueued."""
    through: dict[str, str] = {}

    def start(self, shard: int, now: Instant) -> str:
        """The due key from which hits of the shard are to be enqueued; `now` is the domain's."""
        through = self.through.get(str(shard))
        return "" if through is None else min(through + _NEXT, to_text(now - LOOK_BACK))

    def reached(self, shard: int, page: Page) -> None:
        last = page.entries[-1].due
        if last is not None:
            self.through[str(shard)] = last.sk


def current(wiring: Wiring) -> SweepPosition:
    """Where earlier sweeps came to, or the beginning where that no longer says anything."""
    fresh = SweepPosition(since=wiring.real_clock())
    key = keys.sweep_position()
    with binding.directory():
        entry = wiring.store.get([key]).get(key)
    if entry is None or wiring.due.depth() == 0:
        return fresh
    kept = msgspec.json.decode(entry.body, type=SweepPosition)
    return kept if wiring.real_clock() - kept.since < HOLDS else fresh


def keep(wiring: Wiring, position: SweepPosition) -> None:
    """Of two sweeps at once the later write stays: what it forgets is enqueued twice, which changes nothing."""
    body = msgspec.json.encode(position).decode()
    try:
        with binding.directory():
            wiring.store.commit([Put(Entry(key=keys.sweep_position(), kind=KIND, body=body), if_absent=False)])
    except Unavailable as error:  # the next sweep enqueues more than it had to, which is no reason to stop this one
        observability.error("How far the sweep came is not on record", error=observability.frames(error))
