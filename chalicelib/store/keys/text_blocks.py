"""Text blocks: the list, and the versions of each block. Callers import this module: a cold start does not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, starting_with
from chalicelib.store.port import Key

_VERSIONS = "V#"
ALL_VERSIONS: KeyRange = starting_with(_VERSIONS)


def partition(tenant: str) -> str:
    return lookup(tenant, "text-blocks", "").pk


def listed(tenant: str) -> Key:
    """The list, which has no texts."""
    return lookup(tenant, "text-blocks", "", "LIST")


def version(tenant: str, block: str, number: int) -> Key:
    return lookup(tenant, "text-blocks", "", f"{_of(block)}{number:06d}")


def versions(block: str) -> KeyRange:
    return starting_with(_of(block))


def block_of(key: Key) -> str:
    """The block of a `version`."""
    return key.sk.split("#")[1]


def number_of(key: Key) -> int:
    """The number of a `version`."""
    return int(key.sk.split("#")[2])


def _of(block: str) -> str:
    return f"{_VERSIONS}{block}#"
