"""Publishes the figures of a period: the hourly job calls it, and the day of publication has come."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import UNSET

from chalicelib.casework.composing.period_documents import write_once
from chalicelib.features.figures import beside_notices, compose, edition, headline
from chalicelib.features.figures.archived import PUBLISHED
from chalicelib.features.figures.edition import EditionSummary, EditionView
from chalicelib.features.figures.tables import shown
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep, tried_hourly
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import Figures
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.days import day_of
from chalicelib.statistics.period_figures import PeriodFigures, read_period
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.store.port import Store, Write
from chalicelib.tenants import organisation, past
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

LATE = 30 * DAY
"""How long after its day a period is still published: the statistics may be incomplete, or the service down."""


class _DueEdition(msgspec.Struct, frozen=True):
    """`policy`: the version in force on the day of publication."""

    org: Organisation
    policy: Policy
    figures: Figures
    period: CalendarPeriod
    at: Instant
    """The beginning of the day of publication."""


@tried_hourly("The figures were not published")
def publish_if_due(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Publishes the period whose day has come."""
    due = _due(wiring, tenant, now)
    if due is not None:
        _publish(wiring, due, now)


def _due(wiring: Wiring, tenant: str, now: Instant) -> _DueEdition | None:
    """None without a period to publish. Only a policy in force on the day of publication decides: the day is fixed."""
    org = organisation.load(wiring.store, tenant)
    present = wiring.compiled.get(tenant, org.policy_at(now))
    wanted = _figures(present)
    if wanted is None:
        return None
    found = compose.latest(wanted.every, date.fromisoformat(day_of(present.calendar, now)))
    at = midnight(present.calendar.zone, compose.published_on(found).toordinal())
    if day_of(present.calendar, org.created) > found.last.isoformat():
        return None
    if now >= at + LATE:
        return None
    policy = past.policy_at(wiring, org, at)
    figures = None if policy is None else _figures(policy)
    if policy is None or figures is None or figures.every != wanted.every:
        return None
    return _DueEdition(org, policy, figures, found, at)


def _figures(policy: Policy) -> Figures | None:
    publicity = policy.document.publicity
    return None if publicity is None else publicity.figures


def _publish(wiring: Wiring, due: _DueEdition, now: Instant) -> None:
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
    view = _view(wiring.store, due, found, day_of(horizon.calendar, now))

    def writes(org: Organisation) -> list[Write]:
        published = edition.read_published(wiring.store, tenant)
        return [*PUBLISHED.writes(org, view.on_record, now), *edition.puts(tenant, published, view)]

    write_once(wiring.store, tenant, is_published, writes)


def _view(store: Store, due: _DueEdition, found: PeriodFigures, today: str) -> EditionView:
    rows = compose.rows_by_dimension(due.policy.document, due.period)
    noticed = beside_notices.read(store, due.org.id, rows, due.period.first, due.period.last)
    counts = compose.counts(found, dict.fromkeys(due.figures.shows), rows)
    alone = shown(counts)
    visible = beside_notices.protected(counts, alone, noticed)
    is_stated = headline.is_shown(counts) and not beside_notices.conceals(alone, visible)
    promised = headline.counts(found) if is_stated else {}
    stated = headline.headline_of(headline.untold(shown(promised), promised, counts)) if promised else UNSET
    return compose.edition(_summary(due, today), rows, visible, stated)


def _summary(due: _DueEdition, today: str) -> EditionSummary:
    return EditionSummary(
        period=due.period.name,
        first=due.period.first.isoformat(),
        last=due.period.last.isoformat(),
        timezone=due.policy.calendar.document.timezone,
        edition=1,
        published_on=today,
        audience=due.figures.audience,
        corrects=None,
    )


HOURLY = HourlyStep(
    "figures",
    lambda hour: publish_if_due(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
