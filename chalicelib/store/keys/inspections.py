"""Inspections: a row for each edition, and its document. Callers import this module: a cold start does not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, starting_with
from chalicelib.store.port import Key


def rows(tenant: str) -> str:
    """Partition of the inspections' rows, by the last day of their period."""
    return lookup(tenant, "inspections", "").pk


def row(tenant: str, last: str, period: str, edition: int) -> Key:
    """The row of an edition. `last`: the last day of the period (`yyyy-mm-dd`)."""
    return lookup(tenant, "inspections", "", f"{last}#{period}#{edition:04d}")


def editions(last: str, period: str) -> KeyRange:
    """The rows of a period."""
    return starting_with(f"{last}#{period}#")


def document(tenant: str, row: Key) -> Key:
    """The document of an edition. It has a partition of its own, so that the list of rows does not read documents."""
    return lookup(tenant, "inspection-documents", "", row.sk)
