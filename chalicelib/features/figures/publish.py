"""Publishes the figures of a period: the hourly job calls it, and the day of publication has come."""

from __future__ import annotations

from datetime import date
from functools import partial

import msgspec

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.figures import compose, edition
from chalicelib.features.figures.compose import FiguresPeriod
from chalicelib.features.figures.edition import EditionSummary, PublishedEditions
from chalicelib.features.figures.tables import shown
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import Figures
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.days import day_of
from chalicelib.statistics.reading import read
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.tenants import organisation, past
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.wiring import Wiring

LATE = 30 * DAY
"""How long after its day a period is still published: the statistics may be incomplete, or the service down."""


class _DueEdition(msgspec.Struct, frozen=True):
    """`policy`: the version in force on the day of publication."""

    org: Organisation
    policy: Policy
    figures: Figures
    period: FiguresPeriod
    at: Instant
    """The beginning of the day of publication."""


def publish_if_due(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Publishes the period whose day has come. A failure is only logged: the next run tries again."""
    try:
        retry_on_conflict(partial(_attempt, wiring, tenant, now))
    except Exception as error:  # noqa: BLE001  figures that are late must not stop the rest of the hourly job
        observability.error("The figures were not published", tenant=tenant, error=observability.frames(error))


def _attempt(wiring: Wiring, tenant: str, now: Instant) -> None:
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
    at = midnight(present.calendar.zone, found.published_on.toordinal())
    if day_of(present.calendar, org.created) > found.last.isoformat():
        return None
    if now >= at + LATE:
        return None
    version = past.version_at(wiring.store, org, at)
    policy = None if version is None else wiring.compiled.get(tenant, version)
    figures = None if policy is None else _figures(policy)
    if policy is None or figures is None or figures.every != wanted.every:
        return None
    return _DueEdition(org, policy, figures, found, at)


def _figures(policy: Policy) -> Figures | None:
    publicity = policy.document.publicity
    return None if publicity is None else publicity.figures


def _publish(wiring: Wiring, due: _DueEdition, now: Instant) -> None:
    """Waits while changes before the day of publication are not counted."""
    tenant, before = due.org.id, edition.read_published(wiring.store, due.org.id)
    if before.overlaps(due.period.first.isoformat(), due.period.last.isoformat()):
        return
    question = compose.question_about(due.period, list(dict.fromkeys(due.figures.shows)))
    horizon = Horizon(wiring, tenant, due.org.policy_at(now), now)
    found = read(wiring, tenant, needs_of(question, horizon, "week"), now)
    if found.fresh_until is None or found.fresh_until < due.at:
        return
    rows = compose.rows_by_dimension(due.policy.document, due.period)
    visible = shown(compose.counts(question, rows, found.increments, horizon))
    view = compose.edition(_summary(due, day_of(horizon.calendar, now)), rows, visible)
    _commit(wiring, due.org, before, view, now)


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


def _commit(
    wiring: Wiring, org: Organisation, before: PublishedEditions, view: edition.EditionView, now: Instant
) -> None:
    """The edition, and its digest on the organisation's own record. Raises `CommitConflict`."""
    fields = {"period": view.summary.period, "edition": view.summary.edition, "sha256": view.sha256}
    after, event = record_event(org, "figures_published", fields, SYSTEM.id, now, actor=SYSTEM)
    head = organisation.change(after, org)
    wiring.store.commit([head, event, *edition.puts(org.id, before, view)])


HOURLY = HourlyStep(
    "figures",
    lambda hour: publish_if_due(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
