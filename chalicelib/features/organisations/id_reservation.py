"""Reservation of an organisation's id for one sign-up request until the sign-up is complete."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import msgspec

from chalicelib.access import binding
from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, HOUR, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry, Listing, next_job
from chalicelib.tenants.idempotency_records import Request

Counting = Callable[[], AbstractContextManager[None]]
"""Counts a new sign-up. A `CommitConflict` inside gives it back."""
LAPSES = DAY
"""Real time since the last attempt after which another sign-up may take a pending id."""
_CLOSED = ("leaving", "erasing", "erased", "lapsing")
"""States in which no person may write, not even the founder. The id of an organisation that was in use is never used
again. The id of a lapsed sign-up becomes free again."""


def reserve_id(
    store: Store, real_clock: TimeSource, directory: Directory, request: Request, now: Instant, counted: Counting
) -> DirectoryEntry:
    """Reserve the id for the request, and return its listing. `now`: domain time.

    Only a new reservation is counted: neither a repeated request nor an id that is taken. Raises `Problem`:
    `tenant-taken`, `idempotency-key-reused`, `conflict`, and as `counted` does.
    """
    listing = Listing(
        state="pending",
        created=real_clock(),
        touched=real_clock(),
        claim=canonical.digest([request.principal, request.key]),
        body_hash=request.body_hash,
        confirmed=False,
    )
    due = next_job(request.tenant, now)

    def attempt() -> DirectoryEntry:
        found = directory.find(request.tenant)
        return _reserve(store, directory, request.tenant, DirectoryEntry(listing, 1, due), found, counted)

    return retry_or_refuse(attempt, "Other requests reserved the same id at the same time. Repeat the request.")


def _reserve(
    store: Store,
    directory: Directory,
    tenant: str,
    new: DirectoryEntry,
    found: DirectoryEntry | None,
    counted: Counting,
) -> DirectoryEntry:
    """`found`: the present entry. Raises `CommitConflict` if another request changed it in the meantime."""
    listing, due = new.listing, new.due
    if found is None:
        with counted():
            directory.create(tenant, listing, due)
        return new
    if found.listing.claim == listing.claim:
        return _resume(directory, tenant, listing, found)
    if not _lapsed(found.listing, listing.touched) or _exists(store, tenant):
        raise _taken()
    with counted():
        directory.change(tenant, listing, found.version, due)
    return DirectoryEntry(listing, found.version + 1, due)


def _resume(directory: Directory, tenant: str, new: Listing, found: DirectoryEntry) -> DirectoryEntry:
    if found.listing.body_hash != new.body_hash:
        raise Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.")
    if found.listing.state in _CLOSED:
        raise _taken()
    if found.listing.state != "pending" or new.touched - found.listing.touched < HOUR:
        return found
    # Otherwise the reservation could lapse while this attempt runs.
    touched = msgspec.structs.replace(found.listing, touched=new.touched)
    directory.change(tenant, touched, found.version, found.due)
    return DirectoryEntry(touched, found.version + 1, found.due)


def _taken() -> Problem:
    return Problem("tenant-taken", "This id is taken. Choose another.")


def _lapsed(listing: Listing, real_now: Instant) -> bool:
    return listing.state == "pending" and real_now - listing.touched >= LAPSES


def _exists(store: Store, tenant: str) -> bool:
    """True if the tenant was committed. It then keeps its id, even if it never became active."""
    key = organisation.key(tenant)
    with binding.tenant(tenant):
        return key in store.get([key])
