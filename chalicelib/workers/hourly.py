"""A tenant's hourly job: the steps that the rows of `composition` name, each after those that it names.

Steps without an order between them can run in any order: they read nothing that the others write. Some steps come after
others because a step that raises ends the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from msgspec.structs import replace

from chalicelib import composition
from chalicelib.access import binding
from chalicelib.features.filing.number_gaps import GAPS
from chalicelib.features.leaving import erasure, lapse
from chalicelib.jobs.hourly import Hour, HourlyStep, order_of
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import LaterRelease
from chalicelib.store.port import CommitConflict
from chalicelib.store.reads import ReadOnce
from chalicelib.store.stored_form import Damaged
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring


class Overtaken(Exception):
    """An overlapping run has scheduled the next one. It does the rest."""


def _schedule(hour: Hour) -> None:
    found = hour.found
    listing = replace(found.listing, name=organisation.load(hour.wiring.store, hour.tenant).name)
    try:
        hour.directory.change(hour.tenant, listing, found.version, next_job(hour.tenant, hour.now))
    except CommitConflict:
        raise Overtaken from None


NEXT_RUN = HourlyStep("next run", _schedule, after=("tasks", "number gaps", "anchors"))
"""An hour whose records are not anchored is tried again. What follows can wait for the next one."""


@cache
def steps() -> tuple[HourlyStep, ...]:
    """In order."""
    return order_of([NEXT_RUN, *composition.loaded("hourly")])


def run(wiring: Wiring, tenant: str, now: Instant, order: Sequence[HourlyStep] | None = None) -> int:
    """Returns how many numbers were explained. Runs for one tenant may overlap: a void is written only if absent.

    `order`: one that keeps to `after`.
    """
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
    wiring = known_policies.only_known(replace(wiring, store=ReadOnce(wiring.store, [organisation.key(tenant)])))
    hour = Hour(wiring=wiring, directory=directory, tenant=tenant, found=found, now=now)
    with binding.tenant(tenant), suppress(Overtaken):
        for step in steps() if order is None else order:
            # Both are counted where they are raised, for their alarms. The other steps do not depend on the item or
            # the policy, and what the step has left undone stays due.
            with suppress(LaterRelease, Damaged), known_policies.waiting():
                step.run(hour)
    explained: int = hour.left.get(GAPS, 0)
    return explained


def _schedule_next(directory: Directory, tenant: str, now: Instant) -> int:
    """Schedules the next run while the erasure is in progress. Returns 0."""
    found = directory.find(tenant)
    if found is not None and found.listing.state == "erasing":
        with suppress(CommitConflict):
            directory.change(tenant, found.listing, found.version, next_job(tenant, now))
    return 0
