"""The table of measures, from which docs/statistics.md is written."""

from __future__ import annotations

from chalicelib.oversight.statistics.measures.conduct import CONDUCT
from chalicelib.oversight.statistics.measures.deadlines import DEADLINES
from chalicelib.oversight.statistics.measures.flow import FLOW
from chalicelib.oversight.statistics.measures.measure import Measure

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*FLOW, *DEADLINES, *CONDUCT)}
GAMING = frozenset(measure.name for measure in CONDUCT if measure.of is not None)
"""Indicators that are compared between units."""
