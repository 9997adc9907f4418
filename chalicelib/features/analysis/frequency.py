"""Number, frequency and rank of matters and causes in a period, compared with the period before (P8.3, P8.9).

The period before has the same length and ends on the day before the first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import accumulate
from math import isfinite
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.features.analysis import intervals
from chalicelib.features.analysis.intervals import Interval, Rate
from chalicelib.features.reports.report import case_address
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.values import fact_kinds
from chalicelib.statistics.dimensions import CATEGORY, Labels
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.statistics.tabulating.value import half_up
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

UNIT, ANSWER = "unit", "answer."
"""`answer.<field>`: by what people chose in this field, such as the cause that they found."""
_RECEIVED, _ANSWERS = "received", "answers"
_REPORT_OF = {_RECEIVED: "inflow", _ANSWERS: "results"}
_WEEK, _HUNDRED = 7, 100
Trend = Literal["up", "down", "unclear"]


class AnalysisRowView(msgspec.Struct, frozen=True, kw_only=True):
    """`value`: of the dimension; empty if it is absent. `per_100`: of the complaints received in the period.

    `share` and `cumulative`: of all rows, this one and those above it. `ratio`: the rate of the period, divided by that
    of the period before, with its limits of 95 %; null where they are infinite. `trend`: `unclear` if the limits
    enclose 1.
    """

    value: str
    label: dict[str, str]
    number: int
    per_week: float
    per_100: float | None
    share: float
    cumulative: float
    before: int
    ratio: float | None
    low: float
    high: float | None
    trend: Trend
    cases: str


class AnalysisView(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`before_from`, `before_to`: the period before. `fresh_until`: events until then are counted."""

    by: str
    first: str
    last: str
    before_from: str
    before_to: str
    timezone: str
    fresh_until: str | None
    received: int
    received_before: int
    rows: list[AnalysisRowView]


class Subject(NamedTuple):
    """What an analysis counts: the measure, its dimension, and the field whose answers it counts, if it does."""

    measure: str
    dimension: str
    field: str | None


class PeriodCounts(NamedTuple):
    """`values`: the numbers by value. `received`: complaints received."""

    values: Mapping[str, int]
    received: int
    fresh_until: Instant | None
    zone: str


def subject_of(policy: Policy, by: str) -> Subject:
    """Raises `Problem("invalid")` for a dimension that the policy in force does not have."""
    document = policy.document
    if by == UNIT:
        return Subject(_RECEIVED, UNIT, None)
    if by.removeprefix(CATEGORY) in document.intake.categories and by.startswith(CATEGORY):
        return Subject(_RECEIVED, by, None)
    if by in _answers(policy):
        return Subject(_ANSWERS, "answer", by.removeprefix(ANSWER))
    wrong = Place("/query/by", Text("must be one of: {known}", known=", ".join(subjects(policy))))
    raise Problem("invalid", "The analysis cannot be made as asked.", places=[wrong])


def subjects(policy: Policy) -> list[str]:
    """All of which there is an analysis under this policy, categories first."""
    return [*(CATEGORY + one for one in policy.document.intake.categories), UNIT, *_answers(policy)]


def values_of(policy: Policy, org: Organisation, subject: Subject) -> list[str]:
    """The values that the dimension can have under the policy in force."""
    if subject.field is not None:
        return sorted(field.possible_values or ()) if (field := policy.document.fields.get(subject.field)) else []
    if subject.dimension == UNIT:
        return sorted(org.units)
    return list(policy.document.intake.categories[subject.dimension.removeprefix(CATEGORY)])


def _answers(policy: Policy) -> list[str]:
    fields = policy.document.fields.items()
    counted = [name for name, one in fields if fact_kinds.of(one.kind).is_counted]
    return [ANSWER + name for name in counted if name not in BUILT_IN_FIELDS]


def counts(wiring: Wiring, tenant: str, subject: Subject, question: Question, now: Instant) -> PeriodCounts:
    """`question`: with the period and the filters. Raises `Problem("conflict")`. The caller binds the tenant."""
    asked = replace(question, measures=(subject.measure,), by=(subject.dimension,))
    found = answer(wiring, tenant, asked, now)
    values = {row.keys[0]: value for row in found.rows if isinstance(value := row.values[subject.measure], int)}
    received = sum(values.values())
    if subject.field is not None:
        begin = f"{subject.field}="
        values = {key.removeprefix(begin): value for key, value in values.items() if key.startswith(begin)}
        whole = answer(wiring, tenant, replace(question, measures=(_RECEIVED,), by=()), now)
        received = sum(value for row in whole.rows if isinstance(value := row.values[_RECEIVED], int))
    return PeriodCounts(values, received, found.fresh_until, found.zone)


def before(question: Question) -> Question:
    """The same question about the period before."""
    days = (question.last - question.first) + timedelta(days=1)
    return replace(question, first=question.first - days, last=question.last - days)


def make(wiring: Wiring, org: Organisation, policy: Policy, by: str, question: Question, now: Instant) -> AnalysisView:
    """`question`: with the period and the filters of the reader. `policy`: the one in force.

    Raises `Problem`: `invalid`, `conflict`. The caller binds the tenant.
    """
    subject, earlier = subject_of(policy, by), before(question)
    present, former = (counts(wiring, org.id, subject, one, now) for one in (question, earlier))
    return AnalysisView(
        by=by,
        first=question.first.isoformat(),
        last=question.last.isoformat(),
        before_from=earlier.first.isoformat(),
        before_to=earlier.last.isoformat(),
        timezone=present.zone,
        fresh_until=None if present.fresh_until is None else to_text(present.fresh_until),
        received=present.received,
        received_before=former.received,
        rows=_rows(_FrequencyTable(Labels(policy.document, org), org.id, subject, question, present, former)),
    )


class _FrequencyTable(NamedTuple):
    labels: Labels
    tenant: str
    subject: Subject
    question: Question
    present: PeriodCounts
    former: PeriodCounts

    @property
    def days(self) -> int:
        return (self.question.last - self.question.first).days + 1


def _rows(table: _FrequencyTable) -> list[AnalysisRowView]:
    """The most frequent value first."""
    now, then = table.present.values, table.former.values
    ranked = sorted(now.keys() | then.keys(), key=lambda one: (-now.get(one, 0), one))
    cumulative = accumulate(now.get(one, 0) for one in ranked)
    return [_row(table, value, up_to) for value, up_to in zip(ranked, cumulative, strict=True)]


def _row(table: _FrequencyTable, value: str, up_to: int) -> AnalysisRowView:
    """`up_to`: the numbers of this row and of those above it."""
    number, former = table.present.values.get(value, 0), table.former.values.get(value, 0)
    total, received = sum(table.present.values.values()), table.present.received
    limits = intervals.ratio(Rate(number, table.days), Rate(former, table.days))
    return AnalysisRowView(
        value=value,
        label=_label(table, value),
        number=number,
        per_week=half_up(number * _WEEK, table.days, 2),
        per_100=half_up(number * _HUNDRED, received, 2) if received else None,
        share=half_up(number, total, 4) if total else 0.0,
        cumulative=half_up(up_to, total, 4) if total else 0.0,
        before=former,
        ratio=half_up(number, former, 3) if former else None,
        low=round(limits.low, 3),
        high=round(limits.high, 3) if isfinite(limits.high) else None,
        trend=trend(limits),
        cases=_cases(table, value),
    )


def trend(limits: Interval) -> Trend:
    """`limits`: of the rate of the period, divided by that of the period before."""
    if limits.low > 1:
        return "up"
    return "down" if limits.high < 1 else "unclear"


def _label(table: _FrequencyTable, value: str) -> dict[str, str]:
    if table.subject.field is not None:
        return table.labels.of("answer", f"{table.subject.field}={value}")
    return table.labels.of(table.subject.dimension, value)


def _cases(table: _FrequencyTable, value: str) -> str:
    measure, dimension = table.subject.measure, table.subject.dimension
    asked = replace(table.question, measures=(measure,), by=(dimension,))
    row = value if table.subject.field is None else f"{table.subject.field}={value}"
    return case_address(f"/v1/t/{table.tenant}/reports/{_REPORT_OF[measure]}/cases", measure, asked, (row,))
