"""What an inspection states: the tables of each report, by dimensions with a bounded number of values."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.features.inspections.period import InspectedPeriod
from chalicelib.features.reports.named import REPORTS

MOST_ROWS = 200
"""Rows of one table. Those with the lowest values of its first measure are left out, and counted."""
_OF_NOW = ("at_risk_1", "at_risk_3", "at_risk_5")
"""Measures of the present, which are no figures of a past period."""
_BY_VALUE = ("answers",)
"""Measures whose sum over all values says nothing."""


class Part(NamedTuple):
    """One table. `by`: a dimension, or empty for the figures of the whole organisation."""

    report: str
    by: str
    measures: tuple[str, ...]


def parts(period: InspectedPeriod) -> list[Part]:
    """In the order of the document. The first measure of a table with a dimension is drawn as its chart.

    Tables by steps of time have no shares: complaints accepted in a week were often filed in the week before.
    """
    return [
        _whole("inflow"),
        Part("inflow", period.step, ("received", "withdrawn", "transferred")),
        Part("inflow", "channel", ("received", "accepted", "refused", "linked")),
        Part("inflow", "unit", ("received", "accepted", "refused")),
        _whole("results"),
        Part("results", period.step, ("closed", "decided")),
        Part("results", "answer", ("answers",)),
        Part("results", "unit", ("closed", "decided", "reopened", "disputed")),
        _whole("deadlines"),
        Part("deadlines", "clock", ("missed", "met", "missed_and_open", "lateness", "extended")),
        Part("deadlines", "clause", ("missed", "met", "missed_and_open")),
        Part("deadlines", "unit", ("missed", "met", "missed_and_open", "lateness")),
        _whole("workload"),
        Part("workload", period.step, ("open",)),
        Part("workload", "stage", ("open",)),
        Part("workload", "unit", ("open", "tasks_done", "acts")),
        _whole("indicators"),
        Part("indicators", "unit", REPORTS["indicators"]),
    ]


def _whole(report: str) -> Part:
    return Part(report, "", tuple(one for one in REPORTS[report] if one not in (*_OF_NOW, *_BY_VALUE)))
