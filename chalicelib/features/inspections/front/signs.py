"""Signs of gaming: the indicators that count something, beside the past and the reference, with their complaints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chalicelib.features.inspections.document import StatedSign, figure_of
from chalicelib.features.inspections.front import compared
from chalicelib.features.inspections.front.looking import PeriodRecords
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.statistics.counting.contribution import of_moments
from chalicelib.statistics.indicators import against_past, against_reference, past_of
from chalicelib.statistics.measures.table import GAMING
from chalicelib.statistics.period_figures import PeriodFigures
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Ratio

MOST_CASES = 10
SIGNS = tuple(sorted(GAMING))
_ALARMING = ("above_99_8", "above_95")


def signs(
    now: PeriodFigures, founded: date, references: Mapping[str, float], records: PeriodRecords
) -> list[StatedSign]:
    """First those beyond what chance explains, then by the number of their complaints."""
    counted = _shares(now)
    cases = _cases(now.horizon, Question(measures=SIGNS, first=now.question.first, last=now.question.last), records)
    past = _past(now, founded)
    found = [_sign(name, one, past.get(name), references.get(name), cases) for name, one in counted.items()]
    return sorted(found, key=lambda one: (not is_alarming(one), -(one.figure.numerator or 0), one.measure))


def is_alarming(sign: StatedSign) -> bool:
    return sign.place in _ALARMING or sign.reference_place in _ALARMING


def _sign(
    name: str, share: Ratio, past: Ratio | None, reference: float | None, cases: Mapping[str, list[str]]
) -> StatedSign:
    return StatedSign(
        measure=name,
        figure=figure_of(share),
        past=None if past is None else figure_of(past),
        place=None if past is None else against_past(share, past),
        reference=reference,
        reference_place=None if reference is None else against_reference(share, reference),
        cases=cases.get(name, []),
    )


def _shares(found: PeriodFigures) -> dict[str, Ratio]:
    rows = found.table("", SIGNS).get((), {})
    return {name: one for name, one in rows.items() if isinstance(one, Ratio) and one.numerator}


def _past(now: PeriodFigures, founded: date) -> dict[str, Ratio]:
    before = past_of(now.question)
    found = compared.read(now.horizon, CalendarPeriod("", before.first, before.last), founded, SIGNS, ()).figures
    rows = {} if found is None else found.table("", SIGNS).get((), {})
    return {name: one for name, one in rows.items() if isinstance(one, Ratio)}


def _cases(horizon: Horizon, question: Question, records: PeriodRecords) -> dict[str, list[str]]:
    """By indicator: the first complaints that it counts. The contribution of each record is computed once."""
    needs, found = needs_of(question, horizon), dict[str, list[str]]()
    for record in sorted(records.found, key=lambda one: one.number):
        row = values.tabulate(question, needs.within(of_moments(record.moments)), horizon).get((), {})
        for name, value in row.items():
            if isinstance(value, Ratio) and value.numerator and len(found.setdefault(name, [])) < MOST_CASES:
                found[name].append(record.number)
    return found
