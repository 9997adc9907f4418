"""The queries of the analysis."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.analysis import frequency
from chalicelib.features.reports.query import Day, Layout
from chalicelib.kit.decoding import RequestDocument, SeenText


class PeriodQuery(RequestDocument, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """Days, both included; by default the last 30 days, today included."""

    first: Day | None = None
    last: Day | None = None


class AnalysisQuery(PeriodQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`by`: `unit`, `category.<kind>`, or `answer.<field>` for a choice or a flag of acts, such as the cause.

    `layout`: of the CSV.
    """

    by: Annotated[SeenText, msgspec.Meta(max_length=200)] = frequency.UNIT
    layout: Layout = "long"
