"""Frozen ledgers: a row for each month, and its document. Callers import this module: a cold start does not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import lookup
from chalicelib.store.port import Key


def rows(tenant: str) -> str:
    """Partition of the rows, by month."""
    return lookup(tenant, "ledgers", "").pk


def row(tenant: str, month: str, ledger: str) -> Key:
    """`month`: `yyyy-mm`."""
    return lookup(tenant, "ledgers", "", f"{month}#{ledger}")


def document(tenant: str, row: Key) -> Key:
    """The document has a partition of its own, so that the list of rows does not read documents."""
    return lookup(tenant, "ledger-documents", "", row.sk)
