"""A ledger as its readers get it, and as it is frozen."""

from __future__ import annotations

import msgspec

from chalicelib.features.ledgers.matter import Matter, Named


class LedgerView(msgspec.Struct, frozen=True, kw_only=True):
    """`month`: of a frozen ledger, otherwise null. `as_of`: when it was read. `policy`: the version that defines it.
    `units`: those to which the reader is restricted, or null. `complete`: false if a frozen ledger leaves out matters
    beyond its limit."""

    ledger: str
    name: Named
    month: str | None
    as_of: str
    policy: str
    units: list[str] | None
    complete: bool
    matters: list[Matter]
    cursor: str | None
