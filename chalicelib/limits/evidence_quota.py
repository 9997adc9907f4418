"""Quota of evidence bytes: reserved when a file is declared, released when the file will not be stored.

Both are part of the commit that changes the file's state, so a crash can neither lose bytes nor release them twice. The
size is the one that the upload ticket allows, which is the size of the uploaded file.

A ticket reserves its bytes for up to a day, and anybody can file. So people without an account get only shares: of the
plan, of what one complaint may await, and of what one IP address may declare in a day.
"""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.kit.problem import Text
from chalicelib.limits.exceeded import quota_exceeded, too_many_requests
from chalicelib.limits.plans import Plan
from chalicelib.store import keys
from chalicelib.store.port import Add, CeilingReached, CommitConflict, Key, Store, Write

KIND = "counter"
UPLOADS_KIND = "uploads"
LIMIT = "evidence_bytes"
AWAITED_SHARE = 10
"""A tenth of the plan's bytes for what one complaint awaits from people without an account."""
ADDRESS_SHARE = 5
"""A fifth of the plan's bytes for what one IP address declares in a day (UTC, real time) without an account."""


def counter(tenant: str) -> Key:
    """Of the bytes of all evidence, to read it together with other items."""
    return keys.evidence_counter(tenant)


def reserve(tenant: str, size: int, limits: Plan, *, staff: bool = True) -> Add:
    """Commit it with the declaration. On `CommitConflict`, call `check`. `size`: in bytes."""
    return Add(counter(tenant), KIND, size, ceiling=most(limits, staff=staff))


def most(limits: Plan, *, staff: bool) -> int:
    """Bytes up to which the organisation's evidence may grow by a file of its staff, or of other people."""
    return limits.evidence_bytes if staff else limits.evidence_bytes // 4 * 3


def check_awaited(awaited: int, size: int, limits: Plan) -> None:
    """Raises `Problem("quota-exceeded")` if one complaint would await too many bytes of people without an account.

    `awaited`: bytes of the files that were declared and have not arrived.
    """
    allowed = limits.evidence_bytes // AWAITED_SHARE
    if awaited + size > allowed:
        detail = "Upload the files that were declared before this one, or ask the office to take a large file."
        raise quota_exceeded("awaited_bytes", allowed, detail)


def take_from_address(store: Store, real_now: Instant, tenant: str, place: str, size: int, limits: Plan) -> None:
    """Count the bytes of a declaration. Raises `Problem("too-many-requests")` if the address's day is used up.

    `place`: the keyed hash of the IP address, as `WrongReceipts.place`.
    """
    allowed, day = limits.evidence_bytes // ADDRESS_SHARE, real_now // DAY
    until: Instant = (day + 1) * DAY
    key = keys.uploads_counter(tenant, place, day)
    try:
        store.count(key, UPLOADS_KIND, step=size, ceiling=allowed, expires=(until + DAY) // SECOND)
    except CeilingReached:
        detail = Text("Files of at most {most} bytes per day are accepted from one address.", most=allowed)
        raise too_many_requests("uploads_from_an_address", allowed, detail, until, real_now) from None


def release(tenant: str, size: int) -> Add:
    """Commit it with the change to the state `expired`, `refused` or `erased`."""
    return Add(counter(tenant), KIND, -size)


def check(conflict: CommitConflict, writes: Sequence[Write], limits: Plan, *, staff: bool = True) -> None:
    """Raises `Problem("quota-exceeded")` if the commit failed because the file exceeds the quota."""
    if any(isinstance(writes[position], Add) for position in conflict.positions):
        raise quota_exceeded(
            LIMIT, most(limits, staff=staff), "The organisation's plan has no space for more evidence."
        )
