"""Lapse: an unconfirmed organisation is deleted 14 days after its sign-up, and its id becomes free.

An organisation is confirmed when its founder has signed in with the invitation, when a member has changed something, or
when a complaint was filed, since an accepted complaint is never lost. Until then its hourly job handles only the
invitation. Nothing is created that could not be deleted, such as an anchor or a key.
"""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.instants import DAY, MINUTE, Instant
from chalicelib.leaving import partitions
from chalicelib.ports import Identity
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job
from chalicelib.tenants.people import accounts, membership, queries
from chalicelib.tenants.people.missing_invitations import send_missing_invitations
from chalicelib.wiring import Wiring

LAPSES_AFTER = 14 * DAY
"""Real time since the sign-up, or since its latest attempt if it was interrupted."""
CLOSED_FOR = 5 * MINUTE
"""Real time for which an id is closed before anything is deleted. It is longer than a process caches the directory
(60 s) plus the time that it may run after that (28 s)."""


def check_unconfirmed(
    wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant
) -> DirectoryEntry | None:
    """The hourly job of an unconfirmed organisation.

    Returns its directory entry if it is confirmed now, so that the ordinary hourly job can follow; otherwise None. Runs
    may overlap and may stop at any point: each step is derived from the directory and the tenant's own items.
    """
    try:
        return _check(wiring, directory, tenant, found, now)
    except CommitConflict:
        return None  # another run, or the founder's own request, was faster


def _check(
    wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant
) -> DirectoryEntry | None:
    listing, real_now = found.listing, wiring.real_clock()
    if listing.state != "pending" and _is_in_use(wiring.store, wiring.identity, tenant):
        state = "active" if listing.state == "lapsing" else listing.state
        confirmed = replace(listing, state=state, confirmed=True)
        directory.change(tenant, confirmed, found.version, found.due)
        return DirectoryEntry(confirmed, found.version + 1, found.due)
    if listing.state == "lapsing":
        if real_now - listing.touched >= CLOSED_FOR:
            _delete(wiring, directory, tenant, found)
            return None
    elif listing.state in ("pending", "active") and real_now - listing.touched >= LAPSES_AFTER:
        listing = replace(listing, state="lapsing", touched=real_now)
    directory.change(tenant, listing, found.version, next_job(tenant, now))
    if listing.state == "active":
        with binding.tenant(tenant):
            accounts.remove_abandoned(wiring, tenant)
            send_missing_invitations(wiring, tenant, now)
    return None


def _is_in_use(store: Store, identity: Identity, tenant: str) -> bool:
    """Whether the organisation counts as confirmed (see the module). An account whose invitation was never mailed does
    not count."""
    snapshot = keys.snapshot(keys.organisation(tenant))
    with binding.tenant(tenant):
        entry = store.get([snapshot]).get(snapshot)
        if entry is None:
            return False
        org = organisation.parse(entry)
        if org.seq > 1 or store.query(snapshot.pk, first=keys.COUNTERS.first, last=keys.COUNTERS.last, limit=1).entries:
            return True
        key = keys.membership(tenant, org.founder)
        found = store.get([key]).get(key)
    if found is None:
        return False
    founder = membership.stored(found)
    account = identity.account(founder.email) if founder.told else None
    return account is not None and account.signed_in


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
        partitions.clear(wiring.store, keys.mails_counter(tenant, "", 0).pk)
        partitions.clear(wiring.store, keys.organisation(tenant))
    free = replace(found.listing, state="pending", claim="", body_hash="", touched=wiring.real_clock())
    directory.change(tenant, free, found.version)
