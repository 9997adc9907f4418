"""Signatures of complaints' texts, and their band keys. Callers import this module: a cold start does not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, starting_with
from chalicelib.store.port import Key


def band(tenant: str, number: int) -> str:
    """Partition of a band's keys."""
    return lookup(tenant, "similar", f"{number:02d}").pk


def posting(tenant: str, number: int, key: str, complaint: str) -> Key:
    """The item that says that a complaint has this band key."""
    return Key(band(tenant, number), f"{key}#{complaint}")


def postings(key: str) -> KeyRange:
    """Those of all complaints with the band key, in the order of their numbers."""
    return starting_with(f"{key}#")


def posted_number(posting: Key) -> str:
    return posting.sk.rpartition("#")[2]


def signatures(tenant: str, month: str) -> str:
    """Partition of the signatures of a month (`yyyymm`)."""
    return lookup(tenant, "signatures", month).pk


def signature(tenant: str, complaint: str) -> Key:
    return Key(signatures(tenant, complaint.partition("-")[0]), complaint)


def stock(tenant: str) -> Key:
    """The item of the organisation's stock sentences."""
    return lookup(tenant, "similar", "stock")
