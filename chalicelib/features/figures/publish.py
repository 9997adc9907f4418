"""Publishes the figures of a period: the hourly job calls it, and the day of publication has come."""

from __future__ import annotations

from datetime import date

from chalicelib.casework.composing.period_documents import write_once
from chalicelib.features.figures import compose, edition, headline, proposal
from chalicelib.features.figures.archived import PUBLISHED
from chalicelib.features.figures.proposal import DueEdition
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep, tried_hourly
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.days import day_of
from chalicelib.statistics.period_figures import read_period
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.store.port import Write
from chalicelib.tenants import organisation, past
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

LATE = 30 * DAY
"""How long after its day a period is still published: the statistics may be incomplete, or the service down."""


@tried_hourly("The figures were not published")
def publish_if_due(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Publishes the period whose day has come."""
    due = _due(wiring, tenant, now)
    if due is not None:
        _publish(wiring, due, now)


def _due(wiring: Wiring, tenant: str, now: Instant) -> DueEdition | None:
    """None without a period to publish. Only a policy in force on the day of publication decides: the day is fixed."""
    org = organisation.load(wiring.store, tenant)
    present = wiring.compiled.get(tenant, org.policy_at(now))
    wanted = proposal.wanted(present)
    if wanted is None:
        return None
    found = compose.latest(wanted.every, date.fromisoformat(day_of(present.calendar, now)))
    at = midnight(present.calendar.zone, compose.published_on(found).toordinal())
    if day_of(present.calendar, org.created) > found.last.isoformat():
        return None
    if now >= at + LATE:
        return None
    policy = past.policy_at(wiring, org, at)
    figures = None if policy is None else proposal.wanted(policy)
    if policy is None or figures is None or figures.every != wanted.every:
        return None
    return DueEdition(org, policy, figures, found, at)


def _publish(wiring: Wiring, due: DueEdition, now: Instant) -> None:
    """Waits while changes before the day of publication are not counted."""
    tenant, period = due.org.id, due.period

    def is_published() -> bool:
        published = edition.read_published(wiring.store, tenant)
        return published.overlaps(period.first.isoformat(), period.last.isoformat())

    if is_published():
        return
    horizon = Horizon(wiring, due.org, now)
    found = read_period(horizon, period, headline.read_for(due.figures.shows), ["week"], due.at)
    if found is None:
        return
    view = proposal.first(wiring.store, due, found, day_of(horizon.calendar, now)).view

    def writes(org: Organisation) -> list[Write]:
        published = edition.read_published(wiring.store, tenant)
        return [*PUBLISHED.writes(org, view.on_record, now), *edition.puts(tenant, published, view)]

    write_once(wiring.store, tenant, is_published, writes)


HOURLY = HourlyStep(
    "figures",
    lambda hour: publish_if_due(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
