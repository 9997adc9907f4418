"""The front of an inspection: what a director reads first."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from chalicelib import composition
from chalicelib.casework.composing.improvement_brief import ImprovementBrief, ListActions
from chalicelib.features.inspections.document import (
    ChangedNumber,
    ComparedPeriod,
    HeadlineFigure,
    LookedAt,
    StatedAction,
    StatedDuty,
    StatedSign,
    WorstCase,
)
from chalicelib.features.inspections.front import changes, compared, headline, looking, signs, worst
from chalicelib.features.inspections.front.compared import PeriodReading
from chalicelib.kit.instants import MINUTE, to_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.calendars.open_time import measure
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.dimensions import Labels
from chalicelib.statistics.period_figures import PeriodFigures

_DAYS = 31
"""Of a period that are looked at for the length of a usual working day."""


class FrontPage(NamedTuple):
    """As the members of the document of the same names."""

    day_minutes: int | None
    before: ComparedPeriod
    year_before: ComparedPeriod
    headline: list[HeadlineFigure]
    duties: list[StatedDuty]
    changes: list[ChangedNumber]
    worst: list[WorstCase]
    signs: list[StatedSign]
    looked_at: LookedAt
    actions: list[StatedAction]


def front_page(found: PeriodFigures, period: CalendarPeriod, labels: Labels) -> FrontPage:
    """`found`: the reading of the document's figures. Raises `Problem("conflict")`. The caller binds the tenant."""
    horizon, org = found.horizon, labels.organisation
    founded = compared.founded_on(horizon, org.created)
    by = changes.dimensions(labels.document)
    now = PeriodReading(period, founded, found)
    before, year = (
        compared.read(horizon, one, founded, headline.MEASURES, by) for one in (period.before, period.year_before)
    )
    records = looking.records(horizon, period)
    return FrontPage(
        day_minutes=day_minutes(horizon.calendar, period),
        before=before.stated,
        year_before=year.stated,
        headline=headline.figures(labels.document, now, before, year),
        duties=headline.duties(labels, found),
        changes=changes.changes(labels, now, before),
        worst=worst.worst(records, labels),
        signs=signs.signs(found, founded, org.references, records),
        looked_at=records.looked_at,
        actions=[_action(one, labels) for one in _actions(found)],
    )


def _actions(found: PeriodFigures) -> list[ImprovementBrief]:
    """Of the features that have some."""
    lists: list[ListActions] = composition.loaded("improvements")
    horizon = found.horizon
    return [one for listed in lists for one in listed(horizon.wiring, horizon.tenant, horizon.now)]


def _action(one: ImprovementBrief, labels: Labels) -> StatedAction:
    return StatedAction(
        id=one.id,
        label=labels.of(one.by, one.value),
        state=one.state,
        due=to_text(one.due),
        overdue=one.overdue,
        number_before=one.number_before,
        number_after=one.number_after,
        trend=one.trend,
    )


def day_minutes(calendar: Calendar, period: CalendarPeriod) -> int | None:
    """The most frequent length of the working days at the beginning of the period; None if it has none."""
    first = period.first.toordinal()
    begins = [midnight(calendar.zone, first + day) for day in range(_DAYS + 1)]
    lengths = (measure(calendar, begin, end) // MINUTE for begin, end in pairwise(begins))
    usual = Counter(one for one in lengths if one).most_common(1)
    return usual[0][0] if usual else None
