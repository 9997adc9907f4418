"""Evidence bytes of a plan: reserved when a file is declared, given back when it will not be kept (design §6).

Both are part of the commit that they belong to, so that a crash neither leaks bytes nor gives them back twice. The file
is counted with the size that its ticket allows, which is the size it has once it is uploaded.
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
    """To be committed with the declaration. On `Lost`, ask `check`. `size` in bytes."""
    return Add(keys.evidence_counter(tenant), KIND, size, ceiling=limits.evidence_bytes)


def release(tenant: str, size: int) -> Add:
    """To be committed with the change of state that ends the file's being kept: expired, refused or erased."""
    return Add(keys.evidence_counter(tenant), KIND, -size)


def check(lost: CommitConflict, writes: Sequence[Write], limits: Plan) -> None:
    """Raises `Problem("quota-exceeded")` where the commit was lost because the plan has no room for the file."""
    if any(isinstance(writes[position], Add) for position in lost.positions):
        raise quota_exceeded(LIMIT, limits.evidence_bytes, "The organisation's plan keeps no more evidence.")
