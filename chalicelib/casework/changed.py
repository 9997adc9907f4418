"""Which complaints changed, by the hour: what the next anchor has to hold.

Marks are look-ups (`X#changed#` / `<hour>#<number>`), written in the transaction of the events themselves: no event
can be missed, and an anchor needs no walk over all complaints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.instants import MINUTE, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Store

KIND = "changed"
SETTLED = 5 * MINUTE
"""After its end an hour's marks are complete: a command lives for a minute at most."""


def mark(tenant: str, number: str, now: Instant) -> Put:
    """`now`: the domain's."""
    key = keys.lookup(tenant, KIND, "", f"{_hour(now)}#{number}")
    return Put(Entry(key=key, kind="lookup"), if_absent=False)


def settled(store: Store, tenant: str, now: Instant, page: int) -> Iterator[list[Key]]:
    """The marks of the hours that are over, page by page; those that were removed meanwhile do not come again."""
    pk = keys.lookup(tenant, KIND, "", "").pk
    last = _hour(now - SETTLED)
    after = None
    while True:
        found = store.query(pk, last=last, limit=page, after=after)
        yield [entry.key for entry in found.entries]
        after = found.after
        if after is None:
            return


def numbers(marks: Iterable[Key]) -> list[str]:
    return sorted({mark.sk.partition("#")[2] for mark in marks})


def _hour(instant: Instant) -> str:
    return to_text(instant)[:13]
