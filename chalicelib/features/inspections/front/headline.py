"""The five figures that matter, each beside those of the period before and of the same period of the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from chalicelib.features.analysis.frequency import trend
from chalicelib.features.analysis.intervals import Rate, ratio
from chalicelib.features.inspections.document import Figure, HeadlineFigure, StatedDuty, figure_of
from chalicelib.features.inspections.front.compared import PeriodReading
from chalicelib.kit import catalogue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics.dimensions import Labels
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE
from chalicelib.statistics.period_figures import PeriodFigures
from chalicelib.statistics.tabulating.value import Ratio, Value

MEASURES = ("received", HEADLINE[0], "time_to_decision", "open", "deadlines_open", "answers")
"""What the figures are made from."""
_UPHELD = frozenset({"upheld", "partly_upheld", "valid", "valid_without_office", "ours", "shared", "yes"})
_NOT_UPHELD = frozenset({"not_upheld", "invalid", "not_ours", "no"})
_FIELDS = ("outcome", "finding", "truthful")
"""The choices and flags that say whether a complaint is upheld, in this order; one with other choices does not."""
_OVERDUE = {"run_state": frozenset({"missed"})}
_TURNED = {"up": "down", "down": "up", "unclear": "unclear"}
_FIGURE = Figure | None


class _Row(NamedTuple):
    """`exposure`: of the rate by which two periods are compared; without one they are not. `count`: of its events."""

    name: str
    unit: str
    better: str
    of: Callable[[PeriodFigures, str], _FIGURE]
    rate: Callable[[Figure, int], Rate] | None


def figures(
    document: PolicyDocument, now: PeriodReading, before: PeriodReading, year: PeriodReading
) -> list[HeadlineFigure]:
    """`document`: the policy in force."""
    field = upheld_field(document)
    return [_figure(row, field, now, before, year) for row in _ROWS]


def duties(labels: Labels, found: PeriodFigures) -> list[StatedDuty]:
    """The office's deadlines, those that were missed most often first."""
    rows = found.table("clock", (HEADLINE[0],), {"duty": frozenset({OFFICE})})
    shares = [(key, one) for (key,), row in rows.items() if isinstance(one := row.get(HEADLINE[0]), Ratio)]
    shares.sort(key=lambda pair: (pair[1].numerator - pair[1].denominator, pair[0]))
    return [StatedDuty(key, labels.of("clock", key), figure_of(one)) for key, one in shares]


def upheld_field(document: PolicyDocument) -> str:
    """The field that says whether a complaint is upheld. Empty if the policy has none."""
    fields = ((name, document.fields.get(name)) for name in _FIELDS)
    known = ((name, frozenset(one.possible_values or ())) for name, one in fields if one is not None)
    return next((name for name, values in known if values & _UPHELD and values & _NOT_UPHELD), "")


def _figure(row: _Row, field: str, now: PeriodReading, *others: PeriodReading) -> HeadlineFigure:
    value, before, year = (None if one.figures is None else row.of(one.figures, field) for one in (now, *others))
    labels, texts = catalogue.texts("inspection_headline"), catalogue.texts("inspection_headline_definitions")
    return HeadlineFigure(
        name=row.name,
        label={"zh": labels[row.name].zh, "en": labels[row.name].en},
        definition={"zh": texts[row.name].zh, "en": texts[row.name].en},
        unit=row.unit,
        better=row.better,
        value=value,
        before=before,
        year_before=year,
        trend=_trend(row, value, now.days, before, others[0].days),
    )


def _trend(row: _Row, value: _FIGURE, days: int, before: _FIGURE, days_before: int) -> str | None:
    if row.rate is None or value is None or before is None:
        return None
    now, then = row.rate(value, days), row.rate(before, days_before)
    if not now.exposure or not then.exposure or not now.events + then.events:
        return None
    if row.unit == "share" and 2 * (now.events + then.events) > now.exposure + then.exposure:
        return _TURNED[trend(ratio(_rest(now), _rest(then)))]
    return trend(ratio(now, then))


def _rest(part: Rate) -> Rate:
    """Of a share: what is not part of it. The rarer side is compared, of which the limits are closer."""
    return Rate(round(part.exposure) - part.events, part.exposure)


def _value(found: PeriodFigures, measure: str, filters: Mapping[str, frozenset[str]] | None = None) -> Value | None:
    return found.table("", (measure,), filters).get((), {}).get(measure)


def _received(found: PeriodFigures, _field: str) -> Figure:
    return figure_of(_value(found, "received") or 0)


def _stated(measure: str) -> Callable[[PeriodFigures, str], _FIGURE]:
    def of(found: PeriodFigures, _field: str) -> _FIGURE:
        value = _value(found, measure)
        return None if value is None else figure_of(value)

    return of


def _open(found: PeriodFigures, _field: str) -> Figure:
    count, overdue = _value(found, "open"), _value(found, "deadlines_open", _OVERDUE)
    return Figure(count=_whole(overdue), among=_whole(count))


def _whole(value: Value | None) -> int:
    return value if isinstance(value, int) else 0


def _upheld(found: PeriodFigures, field: str) -> _FIGURE:
    stated = dict(_answers(found, field)) if field else {}
    whole = sum(stated.values())
    return figure_of(Ratio(sum(stated.get(one, 0) for one in _UPHELD), whole)) if whole else None


def _answers(found: PeriodFigures, field: str) -> Iterator[tuple[str, int]]:
    for (answer,), values in found.table("answer", ("answers",)).items():
        name, _, value = answer.partition("=")
        if name == field:
            yield value, _whole(values["answers"])


def _part(figure: Figure, _days: int) -> Rate:
    return Rate(figure.numerator or 0, figure.denominator or 0)


_ROWS = (
    _Row("received", "count", "", _received, lambda figure, days: Rate(figure.count or 0, days)),
    _Row("decided_in_time", "share", "more", _stated(HEADLINE[0]), _part),
    _Row("time_to_decision", "minutes", "fewer", _stated("time_to_decision"), None),
    _Row("open_and_overdue", "count", "fewer", _open, lambda figure, _days: Rate(figure.count or 0, 1)),
    _Row("upheld", "share", "", _upheld, _part),
)
