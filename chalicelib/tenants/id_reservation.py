"""Claim: whose an id is while its sign-up is on the way (design §7)."""

from __future__ import annotations

import msgspec

from chalicelib import canonical
from chalicelib.access import binding
from chalicelib.instants import DAY, HOUR, Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.tenants.directory import Directory, DirectoryEntry, Listing, next_job
from chalicelib.tenants.idempotency_records import Request
from chalicelib.tenants.owner_command import ATTEMPTS
from chalicelib.wiring import Wiring

LAPSES = DAY
"""Real time from the last attempt after which a pending id may be claimed by another."""
_GONE = ("leaving", "erasing", "erased", "lapsing")
"""Nothing may be written where all is, or was, erased: not by the founder either. An id of one that was in use is never
used again; one that lapsed is pending again, and nobody's."""


def reserve_id(wiring: Wiring, directory: Directory, request: Request, now: Instant) -> DirectoryEntry:
    """The id's listing, which is ours. `now` is the domain's.

    Raises `Problem`: `tenant-taken`, `idempotency-key-reused`, `conflict`.
    """
    ours = Listing(
        state="pending",
        created=wiring.real_clock(),
        touched=wiring.real_clock(),
        claim=canonical.digest([request.principal, request.key]),
        body_hash=request.body_hash,
        confirmed=False,
    )
    due = next_job(request.tenant, now)
    for _ in range(ATTEMPTS):
        found = directory.find(request.tenant)
        try:
            return _settle(wiring, directory, request.tenant, DirectoryEntry(ours, 1, due), found)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others claimed the same id at the same time. Repeat the request.")


def _settle(
    wiring: Wiring, directory: Directory, tenant: str, ours: DirectoryEntry, found: DirectoryEntry | None
) -> DirectoryEntry:
    """Raises `Lost` where another claim came between."""
    listing, due = ours.listing, ours.due
    if found is None:
        directory.create(tenant, listing, due)
        return ours
    if found.listing.claim == listing.claim:
        return _resumed(directory, tenant, listing, found)
    if not _lapsed(found.listing, listing.touched) or _exists(wiring, tenant):
        raise _taken()
    directory.change(tenant, listing, found.version, due)
    return DirectoryEntry(listing, found.version + 1, due)


def _resumed(directory: Directory, tenant: str, ours: Listing, found: DirectoryEntry) -> DirectoryEntry:
    if found.listing.body_hash != ours.body_hash:
        raise Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.")
    if found.listing.state in _GONE:
        raise _taken()
    if found.listing.state != "pending" or ours.touched - found.listing.touched < HOUR:
        return found
    # So that the claim cannot lapse, and go to another, while this attempt runs.
    touched = msgspec.structs.replace(found.listing, touched=ours.touched)
    directory.change(tenant, touched, found.version, found.due)
    return DirectoryEntry(touched, found.version + 1, found.due)


def _taken() -> Problem:
    return Problem("tenant-taken", "This id is taken. Choose another.")


def _lapsed(listing: Listing, real_now: Instant) -> bool:
    return listing.state == "pending" and real_now - listing.touched >= LAPSES


def _exists(wiring: Wiring, tenant: str) -> bool:
    """A tenant that was committed belongs to its first claim for good, though it never became active."""
    key = keys.snapshot(keys.organisation(tenant))
    with binding.tenant(tenant):
        return key in wiring.store.get([key])
