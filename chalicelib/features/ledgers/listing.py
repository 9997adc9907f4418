"""Reads the present matters of a ledger from the list of its stages' shelf, those that are due first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.queue_row import QueueRow
from chalicelib.casework.snapshot import read_complaints
from chalicelib.features.ledgers.matter import Listed, Matter, matter
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Ledger
from chalicelib.store import reads
from chalicelib.store.port import Page
from chalicelib.wiring import Wiring

MOST_PAGES = 5
"""Most pages of the list read for one response. A page of a ledger can therefore be short, with a cursor."""
MOST_MATTERS = 2_000
"""Of a table and of a frozen ledger. The matters that are due first come first."""
_PAGE = 100
Sees = Callable[[Iterable[QueueRow]], Iterable[QueueRow]]
Fill = Callable[[Sequence[Listed]], list[Matter]]


class AskedLedger(msgspec.Struct, frozen=True):
    """A ledger to read. `policy`: the version that defines it. `sees`: leaves out rows that the reader does not see.

    `fill`: adds what the ledger shows of each complaint.
    """

    tenant: str
    policy: Policy
    ledger: Ledger
    sees: Sees
    fill: Fill = lambda found: [one.matter for one in found]

    @property
    def shelf(self) -> str:
        return self.policy.document.stages[self.ledger.stages[0]].shelf


class MatterPage(msgspec.Struct, frozen=True):
    matters: list[Matter]
    after: Mapping[str, str] | None


class AllMatters(msgspec.Struct, frozen=True):
    """`complete`: false if there are more than `MOST_MATTERS`."""

    matters: list[Matter]
    complete: bool


def page(wiring: Wiring, asked: AskedLedger, limit: int, after: Mapping[str, str] | None) -> MatterPage:
    """The caller binds the tenant."""
    rows: list[QueueRow] = []

    def fetch(after: Mapping[str, str] | None) -> Page:
        return snapshot.listed(wiring.store, asked.tenant, asked.shelf, limit - len(rows), after)

    for found in islice(reads.pages(fetch, after), MOST_PAGES):
        rows.extend(_shown(found, asked))
        after = found.after
        if len(rows) >= limit:
            break
    return MatterPage(_matters(wiring, asked, [row.number for row in rows]), after)


def everything(wiring: Wiring, asked: AskedLedger) -> AllMatters:
    """The caller binds the tenant."""

    def fetch(after: Mapping[str, str] | None) -> Page:
        return snapshot.listed(wiring.store, asked.tenant, asked.shelf, _PAGE, after)

    rows = (row for found in reads.pages(fetch) for row in _shown(found, asked))
    numbers = [row.number for row in islice(rows, MOST_MATTERS + 1)]
    matters = _matters(wiring, asked, numbers[:MOST_MATTERS])
    return AllMatters(matters, complete=len(numbers) <= MOST_MATTERS)


def _shown(found: Page, asked: AskedLedger) -> Iterable[QueueRow]:
    rows = snapshot.parse_rows(found.entries)
    return asked.sees([row for row in rows if row.stage in asked.ledger.stages])


def _matters(wiring: Wiring, asked: AskedLedger, numbers: list[str]) -> list[Matter]:
    """The list is slightly behind, so a complaint that has left the stages since is left out."""
    complaints = read_complaints(wiring.store, asked.tenant, numbers)
    found = [
        (wiring.compiled.get(asked.tenant, one.policy), one) for one in complaints if one.stage in asked.ledger.stages
    ]
    return asked.fill([Listed(policy, one, matter(policy, one, asked.ledger.roles)) for policy, one in found])
