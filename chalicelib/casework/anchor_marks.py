"""Which complaints changed, by the hour: what the next anchor has to hold.

Marks are look-ups (`X#changed#<share>` / `<hour>#<number>`), written in the transaction of the events themselves: no
event can be missed, and an anchor needs no walk over all complaints.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from chalicelib.instants import MINUTE, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Store

KIND = "changed"
SETTLED = 5 * MINUTE
"""After its end an hour's marks are complete: a command lives for a minute at most."""
SHARES = ("", "1", "2", "3")
"""A mark takes two units of its partition, so one partition would hold an organisation to 500 commits a second. Four
take twice what its list can, whose row is one unit. The first is where marks lay before there were several."""


def mark(tenant: str, number: str, now: Instant) -> Put:
    """`now`: the domain's."""
    share = SHARES[zlib.crc32(number.encode()) % len(SHARES)]
    return Put(Entry(key=keys.lookup(tenant, KIND, share, f"{_hour(now)}#{number}"), kind="lookup"), if_absent=False)


def partitions(tenant: str) -> list[str]:
    return [keys.lookup(tenant, KIND, share).pk for share in SHARES]


def settled(store: Store, tenant: str, now: Instant, page: int) -> Iterator[list[Key]]:
    """The marks of the hours that are over, page by page; those that were removed meanwhile do not come again."""
    last = _hour(now - SETTLED)
    for pk in partitions(tenant):
        after = None
        while True:
            found = store.query(pk, last=last, limit=page, after=after)
            yield [entry.key for entry in found.entries]
            after = found.after
            if after is None:
                break


def numbers(marks: Iterable[Key]) -> list[str]:
    return sorted({mark.sk.partition("#")[2] for mark in marks})


def _hour(instant: Instant) -> str:
    return to_text(instant)[:13]
