"""Lapse: an organisation that nobody was ever seen in gives its id back a fortnight after its sign-up.

It is confirmed once its founder has signed in with what the invitation said; once one of its people has changed
something; and once a complaint was filed with it, since none that was accepted is ever lost. Until then its hourly job
looks after the invitation and nothing else, so that there is nothing that could not be taken back: no anchor, no key.
"""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.instants import DAY, MINUTE, Instant
from chalicelib.leaving import partitions
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job
from chalicelib.tenants.people import membership, membership_index, pending_accounts, queries
from chalicelib.tenants.people.invitation_mail import send_missing_invitations
from chalicelib.wiring import Wiring

AFTER = 14 * DAY
"""Real time since the sign-up, or since its latest attempt where it was cut off."""
CLOSED = 5 * MINUTE
"""Real time for which an id is closed before anything is deleted: longer than any process believes what it has read
of the directory (60 s) and may then run (28 s)."""


def work(
    wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant
) -> DirectoryEntry | None:
    """The hourly job of one that is not confirmed. Its listing where it is now; None where the hour's work is done.

    Runs may overlap, or die anywhere: each step follows from what the directory and the tenant's own items say.
    """
    try:
        return _work(wiring, directory, tenant, found, now)
    except CommitConflict:
        return None  # another run, or the founder's own, was faster


def _work(
    wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant
) -> DirectoryEntry | None:
    listing, real_now = found.listing, wiring.real_clock()
    if listing.state != "pending" and _seen(wiring, tenant):
        state = "active" if listing.state == "lapsing" else listing.state
        confirmed = replace(listing, state=state, confirmed=True)
        directory.change(tenant, confirmed, found.version, found.due)
        return DirectoryEntry(confirmed, found.version + 1, found.due)
    if listing.state == "lapsing":
        if real_now - listing.touched >= CLOSED:
            _free(wiring, directory, tenant, found)
            return None
    elif listing.state in ("pending", "active") and real_now - listing.touched >= AFTER:
        listing = replace(listing, state="lapsing", touched=real_now)
    directory.change(tenant, listing, found.version, next_job(tenant, now))
    if listing.state == "active":
        with binding.tenant(tenant):
            pending_accounts.remove_abandoned(wiring, tenant)
            send_missing_invitations(wiring, tenant, now)
    return None


def _seen(wiring: Wiring, tenant: str) -> bool:
    """Whether anything says that somebody is there. An account of who was not told says nothing."""
    snapshot = keys.snapshot(keys.organisation(tenant))
    with binding.tenant(tenant):
        entry = wiring.store.get([snapshot]).get(snapshot)
        if entry is None:
            return False
        org = organisation.parse(entry)
        if (
            org.seq > 1
            or wiring.store.query(snapshot.pk, first=keys.COUNTERS.first, last=keys.COUNTERS.last, limit=1).entries
        ):
            return True
        key = keys.membership(tenant, org.founder)
        found = wiring.store.get([key]).get(key)
    if found is None:
        return False
    founder = membership.stored(found)
    account = wiring.identity.account(founder.email) if founder.told else None
    return account is not None and account.signed_in


def _free(wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry) -> None:
    """Everything goes, then the id. Another may claim it a day later, as any sign-up that was given up
    (`claim.LAPSES`): by then no process holds a policy of the one that was."""
    with binding.tenant(tenant):
        pending_accounts.remove_abandoned(wiring, tenant, all_of_them=True)
        for person in queries.all_people(wiring.store, tenant):
            if membership_index.remove_from_index(wiring.store, person.sub, tenant):
                wiring.identity.delete(person.sub)
        partitions.clear(wiring, keys.organisation(tenant))
    free = replace(found.listing, state="pending", claim="", body_hash="", touched=wiring.real_clock())
    directory.change(tenant, free, found.version)
