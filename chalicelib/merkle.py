"""Merkle trees as RFC 6962 §2.1 builds them: a leaf's hash and a node's have different prefixes, so that none can pass
for the other; an odd node is not doubled, so that no two lists have one root."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root(leaves: Sequence[bytes]) -> str:
    """The tree's head, as 64 hex digits; that of no leaves is the digest of nothing."""
    return _head([leaf_hash(leaf) for leaf in leaves]).hex()


def audit_path(leaves: Sequence[bytes], position: int) -> list[str]:
    """The audit path of a leaf (RFC 6962 §2.1.1): the hashes beside its way to the root, from the leaf up."""
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
    """The largest power of two that is smaller."""
    return 1 << (size - 1).bit_length() - 1
