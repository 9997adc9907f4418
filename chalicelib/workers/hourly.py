"""A tenant's hourly job: the steps of `STEPS`, each after those that it names.

Steps without an order between them can run in any order: they read nothing that the others write. Some steps come after
others because a step that raises ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from graphlib import TopologicalSorter
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import number_gaps
from chalicelib.features.figures import publish
from chalicelib.features.improvements import watch as improvements
from chalicelib.features.inspections import schedule as inspections
from chalicelib.features.leaving import erasure, lapse
from chalicelib.features.ledgers import freeze
from chalicelib.features.messages.inbox import report_notices
from chalicelib.features.messages.relay import reconciliation_orders
from chalicelib.features.record import anchoring
from chalicelib.features.search import merge_job
from chalicelib.features.similar import backfill
from chalicelib.features.supervision import neglect
from chalicelib.features.units import periodic_tasks
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import LaterRelease
from chalicelib.statistics.cells import collection
from chalicelib.statistics.cells.head import Head
from chalicelib.statistics.rebuild import start as rebuilds
from chalicelib.store.port import CommitConflict, Key
from chalicelib.store.read_once import ReadOnce
from chalicelib.store.stored_form import Damaged
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job
from chalicelib.tenants.people import accounts
from chalicelib.tenants.people.missing_invitations import send_missing_invitations
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring


class Overtaken(Exception):
    """An overlapping run has scheduled the next one. It does the rest."""


class Hour(msgspec.Struct, kw_only=True):
    """One run: what all steps get, and below it what some leave to later ones. A step that asks `wiring` for a policy
    with words of a later release does nothing more."""

    wiring: Wiring
    directory: Directory
    tenant: str
    found: DirectoryEntry
    now: Instant
    explained: int = 0
    """Numbers that were explained."""
    marks: list[Key] | None = None
    """Marks of changed records, which the statistics have taken over. None if these are damaged: a rebuild counts all
    records again, and anchors do not wait for it."""
    head: Head | None = None
    """Of the statistics, as it was before the run; None before the step, and if they could not be counted."""


class Step(NamedTuple):
    """`after`: the names of the steps that come before it, directly. An error that it raises ends the run, except for
    items that are damaged or of a later release."""

    run: Callable[[Hour], object]
    after: tuple[str, ...] = ()


def _reconciliation(hour: Hour) -> None:
    reconciliation_orders.start_due(hour.wiring.store, hour.wiring.real_clock, hour.tenant, hour.now)


def _tasks(hour: Hour) -> None:
    """Starts the jobs that open the calendar's tasks."""
    wiring = hour.wiring
    periodic_tasks.start_due(wiring.store, wiring.compiled, wiring.real_clock, hour.tenant, hour.now)


def _number_gaps(hour: Hour) -> None:
    """Explains gaps in complaint numbers (P3.2)."""
    hour.explained = number_gaps.explain_gaps(hour.wiring.store, hour.wiring.compiled, hour.tenant, hour.now)


def _collection(hour: Hour) -> None:
    """The statistics take over the marks of changed records."""
    hour.marks = collection.collect(hour.wiring, hour.tenant, hour.now)


def _anchors(hour: Hour) -> None:
    """Anchors the records whose marks were taken over, and removes the marks (X.4)."""
    anchoring.anchor_changes(hour.wiring.store, hour.wiring.vault, hour.tenant, hour.now, hour.marks)


def _next_run(hour: Hour) -> None:
    found = hour.found
    try:
        hour.directory.change(hour.tenant, found.listing, found.version, next_job(hour.tenant, hour.now))
    except CommitConflict:
        raise Overtaken from None


def _statistics(hour: Hour) -> None:
    hour.head = collection.consolidate_if_due(hour.wiring, hour.tenant, hour.now)


def _rebuild(hour: Hour) -> None:
    """Starts the rebuild of statistics that are not complete."""
    rebuilds.start_if_needed(hour.wiring.store, hour.wiring.real_clock, hour.tenant, hour.now, hour.head)


STEPS: dict[str, Step] = {
    # First: if a step fails, people still get the messages that the stream lost.
    "reconciliation": Step(_reconciliation),
    "tasks": Step(_tasks, after=("reconciliation",)),
    "number gaps": Step(_number_gaps, after=("reconciliation",)),
    "collection": Step(_collection, after=("reconciliation",)),
    "anchors": Step(_anchors, after=("collection",)),
    # An hour whose records are not anchored is tried again. What follows can wait for the next one.
    "next run": Step(_next_run, after=("tasks", "number gaps", "anchors")),
    "statistics": Step(_statistics, after=("next run",)),
    "rebuild": Step(_rebuild, after=("statistics",)),
    # Merges texts into the index of the search (P9.10), and signs earlier complaints for that of similar ones.
    "search": Step(lambda hour: merge_job.merge_if_due(hour.wiring, hour.tenant, hour.now), after=("next run",)),
    "signatures": Step(lambda hour: backfill.start_if_needed(hour.wiring, hour.tenant, hour.now), after=("next run",)),
    # Figures, inspections (P4.8), improvement actions (P8.9) and ledgers (P3.8) write on the organisation's record.
    "figures": Step(lambda hour: publish.publish_if_due(hour.wiring, hour.tenant, hour.now), after=("statistics",)),
    "inspections": Step(lambda hour: inspections.run(hour.wiring, hour.tenant, hour.now), after=("figures",)),
    "improvements": Step(lambda hour: improvements.run(hour.wiring, hour.tenant, hour.now), after=("inspections",)),
    "ledgers": Step(lambda hour: freeze.run(hour.wiring, hour.tenant, hour.now), after=("improvements",)),
    # Reminds of reports about the office (P1.8).
    "reports": Step(
        lambda hour: neglect.run(hour.wiring, hour.tenant, report_notices.notice, hour.now), after=("next run",)
    ),
    # Last: if the identity provider or the mail service fails, the rest is done, and the next hourly job tries again.
    "accounts": Step(
        lambda hour: accounts.remove_abandoned(hour.wiring, hour.tenant),
        after=("rebuild", "search", "signatures", "ledgers", "reports"),
    ),
    "invitations": Step(
        lambda hour: send_missing_invitations(hour.wiring, hour.tenant, hour.now, opened=hour.found.listing.opened),
        after=("accounts",),
    ),
}
"""By name."""


def order_of(steps: Mapping[str, Step]) -> tuple[str, ...]:
    """Raises `graphlib.CycleError` for a circle, and ValueError for a name in `after` that no step has."""
    order = tuple(TopologicalSorter({name: step.after for name, step in steps.items()}).static_order())
    if unknown := set(order) - steps.keys():
        raise ValueError(f"there are no steps {sorted(unknown)}")
    return order


ORDER = order_of(STEPS)


def run(wiring: Wiring, tenant: str, now: Instant, order: Sequence[str] = ORDER) -> int:
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
        for name in order:
            # Both are counted where they are raised, for their alarms. The other steps do not depend on the item or
            # the policy, and what the step has left undone stays due.
            with suppress(LaterRelease, Damaged), known_policies.waiting():
                STEPS[name].run(hour)
    return hour.explained


def _schedule_next(directory: Directory, tenant: str, now: Instant) -> int:
    """Schedules the next run while the erasure is in progress. Returns 0."""
    found = directory.find(tenant)
    if found is not None and found.listing.state == "erasing":
        with suppress(CommitConflict):
            directory.change(tenant, found.listing, found.version, next_job(tenant, now))
    return 0
