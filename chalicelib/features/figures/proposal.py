"""What would be published about a period now: the edition, and why it leaves numbers out."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import UNSET

from chalicelib.features.figures import beside_notices, compose, edition, headline, reasons
from chalicelib.features.figures.edition import EditionSummary, EditionView
from chalicelib.features.figures.reasons import EditionStep, Reasons
from chalicelib.features.figures.tables import each_alone, shown
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import Figures
from chalicelib.policy.worktime import periods
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.days import day_of
from chalicelib.statistics.period_figures import PeriodFigures, read_period
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.store.port import Store
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class DueEdition(msgspec.Struct, frozen=True):
    """`policy`: the version in force on the day of publication."""

    org: Organisation
    policy: Policy
    figures: Figures
    period: CalendarPeriod
    at: Instant
    """The beginning of the day of publication."""


class ProposedEdition(msgspec.Struct, frozen=True):
    """`why`: numbers of the headline have the duty, or `cause` with the cause, as their table and row."""

    view: EditionView
    why: Reasons


def wanted(policy: Policy) -> Figures | None:
    publicity = policy.document.publicity
    return None if publicity is None else publicity.figures


def next_due(wiring: Wiring, org: Organisation, policy: Policy, now: Instant) -> DueEdition | None:
    """The edition whose day comes next, by the policy in force. Its period may not have ended."""
    figures = wanted(policy)
    if figures is None:
        return None
    today = date.fromisoformat(day_of(policy.calendar, now))
    period = periods.of_day(figures.every, compose.latest(figures.every, today).last + periods.A_DAY)
    at = midnight(policy.calendar.zone, compose.published_on(period).toordinal())
    if edition.read_published(wiring.store, org.id).overlaps(period.first.isoformat(), period.last.isoformat()):
        return None
    return DueEdition(org, policy, figures, period, at)


def preview(wiring: Wiring, due: DueEdition, now: Instant) -> ProposedEdition | None:
    """None while the period lasts, or its events are being counted. Raises `Problem("conflict")`."""
    ended = due.period.end(due.policy.calendar.zone)
    if now < ended:
        return None
    found = read_period(
        Horizon(wiring, due.org, now), due.period, headline.read_for(due.figures.shows), ["week"], ended
    )
    if found is None:
        return None
    return first(wiring.store, due, found, compose.published_on(due.period).isoformat())


def first(store: Store, due: DueEdition, found: PeriodFigures, today: str) -> ProposedEdition:
    """The first edition of a period. `today`: the day of its publication."""
    rows = compose.rows_by_dimension(due.policy.document, due.period)
    noticed = beside_notices.read(store, due.org.id, rows, due.period.first, due.period.last)
    counts = compose.counts(found, dict.fromkeys(due.figures.shows), rows)
    alone = shown(counts)
    visible = beside_notices.protected(counts, alone, noticed)
    is_stated = headline.is_shown(counts) and not beside_notices.conceals(alone, visible)
    promised = headline.counts(found) if is_stated else {}
    untold = headline.untold(shown(promised), promised, counts) if promised else {}
    stated = headline.headline_of(untold) if promised else UNSET
    steps = [EditionStep("beside", each_alone(counts)), EditionStep("tied", alone), EditionStep("notices", visible)]
    why = reasons.of_tables({by: [*labels] for by, labels in rows.items()}, counts, steps)
    why |= headline.reasons_of(promised, [EditionStep("beside", each_alone(promised)), EditionStep("tied", untold)])
    return ProposedEdition(compose.edition(_summary(due, today), rows, visible, stated), why)


def _summary(due: DueEdition, today: str) -> EditionSummary:
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
