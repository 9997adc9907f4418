"""The sweep's position: how far each shard of index `due` is enqueued, so a backlog is not enqueued every minute.

A position is valid only while the queue holds messages. Hits that are in the index while the queue is empty must be
enqueued again.
"""

from __future__ import annotations

import msgspec

from chalicelib.access import binding
from chalicelib.kit import observability
from chalicelib.kit.instants import MINUTE, Instant, to_text
from chalicelib.store import keys, reads
from chalicelib.store.port import Page, Put, Store, Unavailable
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "sweep-position"
LOOK_BACK = 2 * MINUTE
"""The index is eventually consistent. Hits that fell due within this time may have been invisible, so each sweep reads
this range again."""
_NEXT = "!"
"""Appended to a key, it sorts just behind that key and before every other."""
VALID_FOR = 15 * MINUTE
"""Real time after which a backlog is enqueued again although the queue is not empty: a message can be lost."""


class SweepPosition(msgspec.Struct):
    """`through` maps a shard to the due key (`due_sk`) up to which all hits are enqueued."""

    since: Instant
    """Real time at which the first of these hits was enqueued."""
    through: dict[str, str] = {}

    def start(self, shard: int, now: Instant) -> str:
        """The due key from which the shard's hits have to be enqueued. `now` is domain time."""
        through = self.through.get(str(shard))
        return "" if through is None else min(through + _NEXT, to_text(now - LOOK_BACK))

    def advance(self, shard: int, page: Page) -> None:
        last = page.entries[-1].due
        if last is not None:
            self.through[str(shard)] = last.sk


FORM = Form(KIND, SweepPosition, keeps=False)


def load(wiring: Wiring) -> SweepPosition:
    """Returns the position of earlier sweeps, or the beginning if that position is no longer valid."""
    beginning = SweepPosition(since=wiring.real_clock())
    with binding.directory():
        entry = reads.find(wiring.store, keys.sweep_position())
    if entry is None or wiring.due.depth() == 0:
        return beginning
    saved = FORM.read(entry)
    return saved if wiring.real_clock() - saved.since < VALID_FOR else beginning


def save(store: Store, position: SweepPosition) -> None:
    """Of two concurrent sweeps, the position that is written last remains.

    Hits that only the other position covers are enqueued again, which is harmless.
    """
    try:
        with binding.directory():
            store.commit([Put(FORM.entry(keys.sweep_position(), position), if_absent=False)])
    except Unavailable as error:  # this sweep continues: the next one only enqueues more than necessary
        observability.error("The sweep's position could not be saved", error=observability.frames(error))
