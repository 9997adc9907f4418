"""Merkle trees (RFC 6962 §2.1).

Leaves and nodes are hashed with different prefixes, so neither can pass for the other. An odd node is not duplicated,
so two different lists never have the same root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root(leaves: Sequence[bytes]) -> str:
    """The root, as 64 hex digits. Without leaves it is the SHA-256 of the empty string."""
    return _head([leaf_hash(leaf) for leaf in leaves]).hex()


def audit_path(leaves: Sequence[bytes], position: int) -> list[str]:
    """A leaf's audit path (RFC 6962 §2.1.1): the sibling hashes on the way from the leaf to the root, in hex."""
    return [each.hex() for each in _path([leaf_hash(leaf) for leaf in leaves], position)]


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _head(hashes: list[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return _node(_head(hashes[:split]), _head(hashes[split:]))


def _path(hashes: list[bytes], position: int) -> list[bytes]:
    if len(hashes) <= 1:
        return []
    split = _split(len(hashes))
    if position < split:
        return [*_path(hashes[:split], position), _head(hashes[split:])]
    return [*_path(hashes[split:], position - split), _head(hashes[:split])]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
