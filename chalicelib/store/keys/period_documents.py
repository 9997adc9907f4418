"""Documents of a period. Callers import this module: a cold start does not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, starting_with
from chalicelib.store.port import Key


def rows(tenant: str, kind: str) -> str:
    """Partition of the rows of a kind of document (`inspection`, `ledger`), by their place."""
    return lookup(tenant, f"{kind}s", "").pk


def row(tenant: str, kind: str, place: str) -> Key:
    return lookup(tenant, f"{kind}s", "", place)


def document(tenant: str, kind: str, place: str) -> Key:
    """The document has a partition of its own, so that the list of rows does not read documents."""
    return lookup(tenant, f"{kind}-documents", "", place)


def inspection(last: str, period: str, edition: int) -> str:
    """The place of an edition. `last`: the last day of the period (`yyyy-mm-dd`)."""
    return f"{last}#{period}#{edition:04d}"


def inspections_of(last: str, period: str) -> KeyRange:
    """The places of a period's editions."""
    return starting_with(f"{last}#{period}#")


def ledger(month: str, name: str) -> str:
    """The place of a ledger's month (`yyyy-mm`)."""
    return f"{month}#{name}"
