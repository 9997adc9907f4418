"""The inspection document. Its canonical JSON is stored, and its hash is on record: it never changes."""

from __future__ import annotations

import msgspec

FORMAT = "redress-inspection/1"


class Figure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A count; or a sum; or a share with numerator and denominator; or the median and 90th percentile of `count` times.

    `place`: of a unit among all, by funnel limits.
    """

    count: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    share: float | None = None
    sum: float | None = None
    median: float | None = None
    p90: float | None = None
    place: str | None = None


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
