"""Lapse: an unconfirmed organisation is deleted 14 days after its sign-up, and its id becomes free.

An organisation is confirmed by its founder's first signed-in request (`tenants.opening`). Until then it cannot be used,
and its hourly job handles only the invitation. Nothing is created that could not be deleted, such as an anchor.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit.instants import DAY, MINUTE, Instant
from chalicelib.store import erasing
from chalicelib.store.port import CommitConflict
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job
from chalicelib.tenants.people import accounts, queries
from chalicelib.tenants.people.invitation_mail import send_missing_invitations
from chalicelib.wiring import Wiring

LAPSES_AFTER = 14 * DAY
"""Real time since the sign-up, or since its latest attempt if it was interrupted."""
CLOSED_FOR = 5 * MINUTE
"""Real time for which an id is closed before anything is deleted. A repeated sign-up may run for 28 s of it."""


def check_unconfirmed(wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant) -> None:
    """The hourly job of an unconfirmed organisation.

    Runs may overlap and may stop at any point: each step is derived from the directory and the tenant's own items.
    """
    with suppress(CommitConflict):  # another run, or the founder's first request, was faster
        _check(wiring, directory, tenant, found, now)


def _check(wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant) -> None:
    listing, real_now = found.listing, wiring.real_clock()
    if listing.state == "lapsing":
        if real_now - listing.touched >= CLOSED_FOR:
            _delete(wiring, directory, tenant, found)
            return
    elif listing.state in ("pending", "active") and real_now - listing.touched >= LAPSES_AFTER:
        listing = replace(listing, state="lapsing", touched=real_now)
    directory.change(tenant, listing, found.version, next_job(tenant, now))
    if listing.state == "active":
        with binding.tenant(tenant):
            accounts.remove_abandoned(wiring, tenant)
            send_missing_invitations(wiring, tenant, now)


def _delete(wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry) -> None:
    """Delete everything, and free the id last.

    Another sign-up may claim the id a day later, as after any abandoned sign-up. By then no process caches a policy of
    the deleted organisation.
    """
    with binding.tenant(tenant):
        accounts.remove_abandoned(wiring, tenant, including_recent=True)
        for person in queries.all_people(wiring.store, tenant):
            if accounts.remove_from_index(wiring.store, person.sub, tenant):
                wiring.identity.delete(person.sub)
        erasing.clear_unconfirmed(wiring.store, tenant)
    free = replace(found.listing, state="pending", claim="", body_hash="", name="", touched=wiring.real_clock())
    directory.change(tenant, free, found.version)
