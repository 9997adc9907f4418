"""A tenant's hourly job.

It begins the daily stream reconciliation, starts the jobs that open the calendar's tasks, explains gaps in complaint
numbers (P3.2), anchors the records (X.4), counts the changed records into the statistics, merges texts into the index
of the search (P9.10), signs earlier complaints for the search of similar ones, publishes figures whose day has come,
produces inspections (P4.8), freezes ledgers (P3.8), watches improvement actions (P8.9), reminds of reports about the
office (P1.8), mails interrupted invitations, removes accounts whose invitation was never completed, and schedules its
next run.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework.jobs import number_gaps, periodic_tasks
from chalicelib.casework.searching import merge_job
from chalicelib.casework.similar import backfill
from chalicelib.instants import Instant
from chalicelib.leaving import erasure, lapse
from chalicelib.messages.inbox import report_notices
from chalicelib.messages.relay import reconciliation_orders
from chalicelib.oversight.figures import publish
from chalicelib.oversight.improvement import watch as improvements
from chalicelib.oversight.inspection import schedule as inspections
from chalicelib.oversight.ledger import freeze
from chalicelib.oversight.statistics.cells import collection
from chalicelib.oversight.statistics.rebuild import start as rebuilds
from chalicelib.oversight.supervision import neglect
from chalicelib.record import anchoring
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.store.read_once import ReadOnce
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.people import accounts
from chalicelib.tenants.people.missing_invitations import send_missing_invitations
from chalicelib.wiring import Wiring


def run(wiring: Wiring, tenant: str, now: Instant) -> int:
    """Returns how many numbers were explained. Runs for one tenant may overlap: a void is written only if absent."""
    directory = Directory(wiring.store, wiring.real_clock)
    found = directory.find(tenant)
    if found is None or found.listing.state == "erased":
        return 0
    if not found.listing.confirmed:
        lapse.check_unconfirmed(wiring, directory, tenant, found, now)
        return 0
    if found.listing.state == "erasing" or (found.listing.leaves_at or now + 1) <= now:
        erasure.begin_if_due(wiring.store, directory, tenant, found, now)
        return _schedule_next(directory, tenant, now)
    wiring = replace(wiring, store=ReadOnce(wiring.store, [keys.snapshot(keys.organisation(tenant))]))
    # This comes first: if anything after it fails, people still get the messages that the stream lost.
    reconciliation_orders.start_due(wiring.store, wiring.real_clock, tenant, now)
    with binding.tenant(tenant):
        periodic_tasks.start_due(wiring.store, wiring.compiled, wiring.real_clock, tenant, now)
        explained = number_gaps.explain_gaps(wiring.store, wiring.compiled, tenant, now)
        marks = collection.collect(wiring, tenant, now)
        anchoring.anchor_changes(wiring.store, wiring.vault, tenant, now, marks)
    try:
        directory.change(tenant, found.listing, found.version, next_job(tenant, now))
    except CommitConflict:
        return explained  # an overlapping run has already scheduled the next one
    with binding.tenant(tenant):
        head = collection.consolidate_if_due(wiring, tenant, now)
        rebuilds.start_if_needed(wiring.store, wiring.real_clock, tenant, now, head)
        merge_job.merge_if_due(wiring, tenant, now)
        backfill.start_if_needed(wiring, tenant, now)
        publish.publish_if_due(wiring, tenant, now)
        inspections.run(wiring, tenant, now)
        improvements.run(wiring, tenant, now)
        freeze.run(wiring, tenant, now)
        neglect.run(wiring, tenant, report_notices.notice, now)
        accounts.remove_abandoned(wiring, tenant)
        # This comes last: if a mail cannot be sent, the rest is done, and the next hourly job tries again.
        send_missing_invitations(wiring, tenant, now, opened=found.listing.opened)
    return explained


def _schedule_next(directory: Directory, tenant: str, now: Instant) -> int:
    """Schedules the next run while the erasure is in progress. Returns 0."""
    found = directory.find(tenant)
    if found is not None and found.listing.state == "erasing":
        with suppress(CommitConflict):
            directory.change(tenant, found.listing, found.version, next_job(tenant, now))
    return 0
