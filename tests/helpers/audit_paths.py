"""Independent verification of audit paths: computes the root by the standard, without the code of our tree."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root_by(leaf: bytes, position: int, size: int, path: Sequence[str]) -> str:
    """The root that a leaf and its audit path lead to in a tree of `size` leaves (RFC 9162 §2.1.3.2).

    Raises ValueError for a path that fits no such tree.
    """
    here, last, found = position, size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    for beside in map(bytes.fromhex, path):
        if last == 0:
            raise ValueError("the path is too long")
        if here % 2 or here == last:
            found = _node(beside + found)
            while not here % 2 and here:
                here, last = here // 2, last // 2
        else:
            found = _node(found + beside)
        here, last = here // 2, last // 2
    if last:
        raise ValueError("the path is too short")
    return found.hex()


def _node(both: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + both).digest()
