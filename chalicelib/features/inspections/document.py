"""The inspection document. Its canonical JSON is stored, and its hash is on record: it never changes."""

from __future__ import annotations

import msgspec

from chalicelib.statistics.tabulating.value import Amounts, PerThousand, Ratio, Sum, Times, Value

FORMAT = "redress-inspection/1"


class Figure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A count; or a sum; or a share with numerator and denominator; or the median and 90th percentile of `count` times.

    `place`: of a unit among all, by funnel limits. `among`: of overdue deadlines, the open complaints.
    """

    count: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    share: float | None = None
    sum: float | None = None
    median: float | None = None
    p90: float | None = None
    place: str | None = None
    among: int | None = None


def figure_of(value: Value, place: str | None = None) -> Figure:
    if isinstance(value, Ratio):
        return Figure(numerator=value.numerator, denominator=value.denominator, share=value.share, place=place)
    if isinstance(value, Amounts):
        return Figure(count=value.count, sum=value.total, median=value.median)
    if isinstance(value, PerThousand):
        return Figure(count=value.count)
    if isinstance(value, Times):
        return Figure(count=value.count, median=value.median, p90=value.p90)
    return Figure(sum=value.total) if isinstance(value, Sum) else Figure(count=value)


class FigureRow(msgspec.Struct, frozen=True):
    """`key`: the value of the table's dimension; empty for an absent value, and in a table without a dimension."""

    key: str
    label: dict[str, str]
    figures: dict[str, Figure]


class FigureTable(msgspec.Struct, frozen=True, kw_only=True):
    """`chart`: the measure that its chart shows. `left_out`: rows beyond the greatest number of rows."""

    by: str | None
    measures: list[str]
    chart: str | None
    rows: list[FigureRow]
    left_out: int = 0


class ReportFigures(msgspec.Struct, frozen=True):
    name: str
    tables: list[FigureTable]


class StatedMeasure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`unit`: `count`, `share` (of the denominator) or `minutes` of working time.

    `definition_zh`: empty in documents of an earlier version.
    """

    label: dict[str, str]
    definition: str
    definition_zh: str = ""
    grain: str
    unit: str


class StatedPeriod(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    name: str
    first: str
    last: str
    timezone: str


class VersionInForce(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """A policy version that was in force in the period. `since`: when it took effect."""

    version: str
    since: str


class FormerEdition(msgspec.Struct, frozen=True):
    id: str
    sha256: str


class StatedOrganisation(msgspec.Struct, frozen=True):
    id: str
    name: str


class ComparedPeriod(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """A period with which the document compares. `counted_from`: the first day of the organisation, if it is in it.

    `existed`: false if the organisation did not exist yet. Nothing is compared then.
    """

    name: str
    first: str
    last: str
    counted_from: str | None = None
    existed: bool = True


class HeadlineFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One of the five figures that matter. A null figure counts nothing.

    `better`: `more`, `fewer`, or empty for a figure that is neither good nor bad. `trend`: against `before`, by exact
    limits of 95 %: `up`, `down`, or `unclear` if chance alone may explain the difference; null if it is not compared.
    """

    name: str
    label: dict[str, str]
    definition: dict[str, str]
    unit: str
    better: str
    value: Figure | None
    before: Figure | None
    year_before: Figure | None
    trend: str | None


class StatedDuty(msgspec.Struct, frozen=True):
    """How often one of the office's deadlines was met as first promised."""

    clock: str
    label: dict[str, str]
    figure: Figure


class ChangedNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A category or a unit of which more or fewer complaints were received than in the period before.

    `ratio`: of the numbers for each day, with its limits of 95 %; null where they are infinite. `trend`: `unclear` if
    it at least tripled, or fell to a third, and chance alone may still explain it.
    """

    by: str
    key: str
    label: dict[str, str]
    number: int
    before: int
    ratio: float | None
    low: float
    high: float | None
    trend: str


class WorstCase(msgspec.Struct, frozen=True, kw_only=True):
    """As it stood at the end of the period. `overdue`: working minutes of the longest miss of a duty of the office.

    `clock`: the label of its deadline. `disputed`: how often the complainant disputed an answer.
    """

    number: str
    overdue: int
    is_open: bool
    clock: dict[str, str]
    category: dict[str, str]
    unit: dict[str, str]
    stage: dict[str, str]
    tier: int
    disputed: int


class StatedSign(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator of gaming that counts something. `place`: of the figure among those of the 365 days before (`past`).

    `reference`: the share that the owners entered, and `reference_place` beside it. `cases`: the numbers of at most ten
    complaints that it counts.
    """

    measure: str
    figure: Figure
    past: Figure | None
    place: str | None
    reference: float | None
    reference_place: str | None
    cases: list[str]


class LookedAt(msgspec.Struct, frozen=True):
    """The complaints among which the worst cases and those of the signs were found, and whether these are all."""

    complaints: int
    complete: bool


class StatedAction(msgspec.Struct, frozen=True, kw_only=True):
    """An improvement action at the time of the production. `label`: of its cause. `number_before`, `number_after`: how
    often the cause occurred for each 28 days; null until it is counted. `trend`: as of the action's effect."""

    id: str
    label: dict[str, str]
    state: str
    due: str
    overdue: bool
    number_before: float
    number_after: float | None
    trend: str | None


class InspectionDocument(msgspec.Struct, frozen=True, kw_only=True):
    """`fresh_until`: events until then are counted. `definition`: digest of the code and the tables that counted.

    `due`: by when it was to be reviewed; null if the policy does not ask for it. `former`: the edition that this one
    follows.
    """

    format: str = FORMAT
    id: str
    organisation: StatedOrganisation
    period: StatedPeriod
    edition: int
    former: FormerEdition | None
    produced_at: str
    fresh_until: str
    due: str | None
    definition: str
    policies: list[VersionInForce]
    measures: dict[str, StatedMeasure]
    reports: list[ReportFigures]
    day_minutes: int | None = None
    """The working minutes of a usual working day. This and what follows is absent in documents of earlier versions."""
    before: ComparedPeriod | None = None
    year_before: ComparedPeriod | None = None
    headline: list[HeadlineFigure] = []
    duties: list[StatedDuty] = []
    changes: list[ChangedNumber] = []
    worst: list[WorstCase] = []
    signs: list[StatedSign] = []
    looked_at: LookedAt | None = None
    actions: list[StatedAction] = []
