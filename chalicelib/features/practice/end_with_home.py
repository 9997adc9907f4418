"""The hourly job's step that ends a practice organisation when what it belongs to has ended.

That is the organisation that it copies, which may leave, or the membership of who started it.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.store import reads
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import next_job
from chalicelib.tenants.people import membership

_LASTING = ("active", "suspended")


def end_with_home(hour: Hour) -> None:
    """The erasure begins with the next run, which becomes due at once."""
    home = hour.found.listing.practice
    if not home or _lasts(hour, home):
        return
    found = hour.directory.find(hour.tenant)
    if found is not None and found.listing.state in _LASTING:
        ended = replace(found.listing, state="leaving", leaves_at=hour.now)
        with suppress(CommitConflict):  # its owner, or another run, ends it
            hour.directory.change(hour.tenant, ended, found.version, next_job(hour.tenant, hour.now, after=0))


def _lasts(hour: Hour, home: str) -> bool:
    found = hour.directory.find(home)
    if found is None or found.listing.state not in _LASTING:
        return False
    founder = organisation.load(hour.wiring.store, hour.tenant).founder
    with binding.tenant(home):
        entry = reads.find(hour.wiring.store, membership.key(home, founder))
    return entry is not None and membership.stored(entry).active


HOURLY = HourlyStep("practice without an organisation", end_with_home, after=("next run",))
"""The next run that was scheduled would otherwise come an hour later."""
