"""A tenant's hourly job (design §5, §6).

It explains gaps in the numbers (P3.2), anchors the records (X.4), begins the day's walk for what the stream lost, mails
invitations that were cut off, takes back accounts that were made for nothing, and says when it is next due.
"""

from __future__ import annotations

from contextlib import suppress

from chalicelib.access import binding
from chalicelib.casework.jobs import number_gaps
from chalicelib.instants import Instant
from chalicelib.leaving import erasure, lapse
from chalicelib.messages.relay import reconciliation_orders
from chalicelib.record import anchoring
from chalicelib.store.port import CommitConflict
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.people import pending_accounts
from chalicelib.tenants.people.invitation_mail import untold
from chalicelib.wiring import Wiring


def run(wiring: Wiring, tenant: str, now: Instant) -> int:
    """How many numbers were explained. Runs for one tenant may overlap: the voids are put only if absent."""
    directory = Directory(wiring.store, wiring.real_clock)
    found = directory.find(tenant)
    if found is None or found.listing.state == "erased":
        return 0
    if not found.listing.confirmed:
        found = lapse.work(wiring, directory, tenant, found, now)
        if found is None:
            return 0
    if found.listing.state == "erasing" or (found.listing.leaves_at or now + 1) <= now:
        erasure.due(wiring, directory, tenant, found, now)
        return _again(directory, tenant, now)
    reconciliation_orders.begin(
        wiring, tenant, now
    )  # first: whatever fails behind it, people are told what the stream lost
    with binding.tenant(tenant):
        explained = number_gaps.explain_gaps(wiring, tenant, now)
        anchoring.run(wiring, tenant, now)
    try:
        directory.change(tenant, found.listing, found.version, next_job(tenant, now))
    except CommitConflict:
        return explained  # another run was faster, and has said when the next one is
    with binding.tenant(tenant):
        pending_accounts.tidy(wiring, tenant)
        untold(wiring, tenant, now)  # last: where a mail cannot leave, the rest is done and the next hour tries again
    return explained


def _again(directory: Directory, tenant: str, now: Instant) -> int:
    """While it is erased, the hourly job looks after the erasure and nothing else."""
    found = directory.find(tenant)
    if found is not None and found.listing.state == "erasing":
        with suppress(CommitConflict):
            directory.change(tenant, found.listing, found.version, next_job(tenant, now))
    return 0
