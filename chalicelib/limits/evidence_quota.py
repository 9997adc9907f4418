"""Quota of evidence bytes: reserved when a file is declared, released when the file will not be stored.

Both are part of the commit that changes the file's state, so a crash can neither lose bytes nor release them twice. The
size is the one that the upload ticket allows, which is the size of the uploaded file.
"""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.limits.exceeded import quota_exceeded
from chalicelib.limits.plans import Plan
from chalicelib.store import keys
from chalicelib.store.port import Add, CommitConflict, Write

KIND = "counter"
LIMIT = "evidence_bytes"


def reserve(tenant: str, size: int, limits: Plan) -> Add:
    """Commit it with the declaration. On `CommitConflict`, call `check`. `size`: in bytes."""
    return Add(keys.evidence_counter(tenant), KIND, size, ceiling=limits.evidence_bytes)


def release(tenant: str, size: int) -> Add:
    """Commit it with the change to the state `expired`, `refused` or `erased`."""
    return Add(keys.evidence_counter(tenant), KIND, -size)


def check(conflict: CommitConflict, writes: Sequence[Write], limits: Plan) -> None:
    """Raises `Problem("quota-exceeded")` if the commit failed because the file exceeds the quota."""
    if any(isinstance(writes[position], Add) for position in conflict.positions):
        raise quota_exceeded(LIMIT, limits.evidence_bytes, "The organisation's plan has no space for more evidence.")
