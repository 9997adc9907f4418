"""Anchor marks: the complaints that changed in each hour, for the next anchor.

Marks are look-ups (`X#changed#<share>` / `<hour>#<number>`). They are written in the same transaction as the events, so
no event is missed and an anchor need not read all complaints.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import partial

from chalicelib.kit.instants import MINUTE, Instant, to_text
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Store

SETTLED = 5 * MINUTE
"""Time after which an hour's marks are complete: a command runs for at most a minute."""
SHARES = ("", "1", "2", "3")
"""Partitions of the marks. A mark uses two write units, so one partition would limit an organisation to 500 commits a
second. Four partitions take twice the load of the organisation's list, whose row uses one unit. The empty first share
holds the marks from the time of the single partition."""


def mark(ref: CaseRef, now: Instant) -> Put:
    """The mark of a change. `now`: domain time."""
    share = SHARES[zlib.crc32(ref.number.encode()) % len(SHARES)]
    key = keys.change_mark(ref.tenant, share, _hour(now), ref.number)
    return Put(Entry(key=key, kind=keys.LOOKUP_KIND), if_absent=False)


def settled_marks(store: Store, tenant: str, now: Instant, page: int) -> Iterator[list[Key]]:
    """The marks of completed hours, page by page. The caller may remove the marks of a page before the next one."""
    last = _hour(now - SETTLED)
    for pk in partitions(tenant):
        for marks in reads.pages(partial(store.query, pk, last=last, limit=page)):
            yield [entry.key for entry in marks.entries]


def complaint_numbers(marks: Iterable[Key]) -> list[str]:
    """The sorted numbers of the marked complaints, each once."""
    return sorted({keys.marked_number(mark) for mark in marks})


def marked(store: Store, tenant: str) -> set[str]:
    """The records with a mark, also of the present hour."""
    return {keys.marked_number(mark.key) for pk in partitions(tenant) for mark in reads.items(store, pk)}


def partitions(tenant: str) -> list[str]:
    return [keys.change_mark(tenant, share, "", "").pk for share in SHARES]


def _hour(instant: Instant) -> str:
    return to_text(instant)[:13]
