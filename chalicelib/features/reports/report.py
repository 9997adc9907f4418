"""A report: its rows, with definitions, and with the address of the complaints behind each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace

from chalicelib.features.reports import lacking
from chalicelib.features.reports.comparing import (
    ComparedPast,
    ComparedReference,
    IndicatorBeside,
    IndicatorComparison,
    comparison,
)
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import CATEGORY
from chalicelib.statistics.indicators import places_of_units
from chalicelib.statistics.measures.table import GAMING, MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import AnsweredQuestion, answer
from chalicelib.statistics.tabulating.value import Amounts, PerThousand, Ratio, Sum, Times, Value
from chalicelib.wiring import Wiring

MOST_ROWS = 5_000
MOST_VALUES = 15_000
"""As JSON about 5 MB. A function answers with at most 6 MB."""


class MeasureView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`unit`: `count`, `share` (of the denominator), `minutes` of working time, `per_thousand`, `amounts` of money,
    or `money` and `hours` of a sum. `lacks`: why nothing can be counted under the policy in force."""

    name: str
    label: dict[str, str]
    definition: str
    definition_zh: str
    grain: str
    unit: str
    lacks: dict[str, str] | None = None


class WithinMark(msgspec.Struct, frozen=True):
    """How many of the times took at most so many working days, as the owners entered them in `marks`."""

    working_days: int
    count: int
    share: float | None


class ValueView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A count, a sum, a share with numerator and denominator, or the median and 90th percentile of `count` times.

    `within`: of times to an answer, if the owners have entered marks. `per_1000`: `count` per 1,000 of `of`, a month,
    or the `reason` why there is none. `place`: of a unit among all, by funnel limits.
    `past`, `reference`: in report `indicators`, unless it is asked by periods. `cases`: the address of the complaints.
    """

    count: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    share: float | None = None
    sum: float | None = None
    median: float | None = None
    p90: float | None = None
    within: list[WithinMark] = []
    per_1000: float | None = None
    of: float | None = None
    reason: dict[str, str] | None = None
    place: str | None = None
    past: ComparedPast | None = None
    reference: ComparedReference | None = None
    cases: str


class RowView(msgspec.Struct, frozen=True):
    keys: dict[str, str]
    values: dict[str, ValueView]


class FiguresView(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"first": "from", "last": "to"}
):
    """`period_ended`: false while a day of the period is still to end, so that its figures can change. `fresh_until`:
    events until then are counted. `reason`: why there are no rows, if the period ends before the first complaint."""

    report: str
    first: str
    last: str
    timezone: str
    period_ended: bool
    fresh_until: str | None
    by: list[str]
    measures: list[MeasureView]
    rows: list[RowView]
    reason: dict[str, str] | None = None


def make(wiring: Wiring, tenant: str, report: str, question: Question, now: Instant) -> FiguresView:
    """Raises `Problem`: `invalid` if it would have too many rows, `conflict`. The caller binds the tenant."""
    found = answer(wiring, tenant, question, now)
    return view(wiring, report, question, found, comparison(wiring, tenant, report, question, now), now)


def view(
    wiring: Wiring,
    report: str,
    question: Question,
    found: AnsweredQuestion,
    compared: IndicatorComparison | None,
    now: Instant,
) -> FiguresView:
    """`found`: the answer to the question. Raises `Problem("invalid")` if it has too many rows."""
    check_size(len(found.rows), sum(len(row.values) for row in found.rows))
    tenant = found.organisation.id
    document = wiring.compiled.get(tenant, found.organisation.policy_at(now)).document
    counted = {name for row in found.rows for name in row.values}
    return FiguresView(
        report=report,
        first=question.first.isoformat(),
        last=question.last.isoformat(),
        timezone=found.zone,
        period_ended=question.last < found.today,
        fresh_until=None if found.fresh_until is None else to_text(found.fresh_until),
        by=list(question.by),
        measures=[measure_view(name, None if name in counted else document) for name in question.measures],
        reason=None if found.rows else lacking.of_period(wiring.store, tenant, question),
        rows=_rows(tenant, report, question, found, compared),
    )


def check_size(rows: int, values: int) -> None:
    """Raises `Problem("invalid")` if a report would have too many rows or values."""
    if rows > MOST_ROWS:
        detail = Text("The report would have {count} rows, and may have {most}.", count=rows, most=MOST_ROWS)
        raise Problem("invalid", detail, places=[Place("/query/by", "choose fewer dimensions or a shorter period")])
    if values > MOST_VALUES:
        detail = Text("The report would have {count} values, and may have {most}.", count=values, most=MOST_VALUES)
        raise Problem("invalid", detail, places=[Place("/query/measure", "choose fewer measures or fewer dimensions")])


def measure_view(name: str, document: PolicyDocument | None = None) -> MeasureView:
    """`document`: of the policy in force, if nothing was counted."""
    one = MEASURES[name]
    label = {"zh": one.texts.label.zh, "en": one.texts.label.en}
    return MeasureView(
        name=name,
        label=label,
        definition=one.texts.definition.en,
        definition_zh=one.texts.definition.zh,
        grain=one.grain,
        unit=one.unit,
        lacks=None if document is None else lacking.of_measure(document, one),
    )


def _rows(
    tenant: str, report: str, question: Question, found: AnsweredQuestion, compared: IndicatorComparison | None
) -> list[RowView]:
    funnel, marks = _funnel(question, found), found.organisation.marks
    return [
        RowView(
            dict(zip(question.by, row.keys, strict=True)),
            {
                name: _with_comparison(
                    value_view(
                        value,
                        funnel.get(name, {}).get(row.keys[0] if row.keys else ""),
                        case_address(f"/v1/t/{tenant}/reports/{report}/cases", name, question, row.keys),
                        marks,
                    ),
                    None if compared is None or not isinstance(value, Ratio) else compared.of(name, row.keys, value),
                )
                for name, value in row.values.items()
            },
        )
        for row in found.rows
    ]


def _with_comparison(view: ValueView, compared: IndicatorBeside | None) -> ValueView:
    return view if compared is None else replace(view, past=compared.past, reference=compared.reference)


def _funnel(question: Question, found: AnsweredQuestion) -> Mapping[str, Mapping[str, str]]:
    """The places of units, for indicators that are asked by unit alone."""
    if question.by != ("unit",):
        return {}
    return places_of_units(found.rows, [name for name in question.measures if name in GAMING])


def value_view(value: Value, place: str | None, cases: str, marks: Sequence[int] = ()) -> ValueView:
    if isinstance(value, Ratio):
        return ValueView(
            numerator=value.numerator, denominator=value.denominator, share=value.share, place=place, cases=cases
        )
    if isinstance(value, Times):
        within = within_marks(value, marks)
        return ValueView(count=value.count, median=value.median, p90=value.p90, within=within, cases=cases)
    if isinstance(value, PerThousand):
        reason = _in_both(f"rates.{value.reason}") if value.reason else None
        return ValueView(count=value.count, per_1000=value.per_1000, of=value.of, reason=reason, cases=cases)
    if isinstance(value, Amounts):
        return ValueView(count=value.count, sum=value.total, median=value.median, cases=cases)
    if isinstance(value, Sum):
        return ValueView(sum=value.total, cases=cases)
    return ValueView(count=value, cases=cases)


def _in_both(name: str) -> dict[str, str]:
    found = catalogue.texts("figure_reasons")[name]
    return {"zh": found.zh, "en": found.en}


def within_marks(times: Times, marks: Sequence[int]) -> list[WithinMark]:
    """None for times that are not compared with marks."""
    shares = {days: times.within(days) for days in marks} if times.took else {}
    return [WithinMark(days, one.numerator, one.share) for days, one in shares.items()]


def case_address(path: str, measure: str, question: Question, row: tuple[str, ...]) -> str:
    """The address of the value's complaints: the row's dimensions become filters, a day or week the period.

    `path`: of the list of complaints.
    """
    first, last = question.first, question.last
    filters = {name: sorted(values) for name, values in question.filters.items()}
    for name, value in zip(question.by, row, strict=True):
        if (span := dimensions.of(name).span) is not None:
            begin, end = span(value)
            first, last = max(begin, first), min(end, last)
        else:
            filters[name] = [value]
    asked = [("measure", measure), ("from", first.isoformat()), ("to", last.isoformat())]
    for name, values in filters.items():
        asked += [_parameter(name, value) for value in values]
    return f"{path}?{urlencode(asked)}"


def _parameter(name: str, value: str) -> tuple[str, str]:
    if name.startswith(CATEGORY):
        return "category", f"{name.removeprefix(CATEGORY)}:{value}"
    return name, value
