"""The table of measures, from which docs/statistics.md is written."""

from __future__ import annotations

from chalicelib.statistics.measures.conduct import CONDUCT
from chalicelib.statistics.measures.deadlines import DEADLINES
from chalicelib.statistics.measures.flow import FLOW
from chalicelib.statistics.measures.measure import Measure

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*FLOW, *DEADLINES, *CONDUCT)}
GAMING = frozenset(name for name, measure in MEASURES.items() if measure.is_indicator)
"""Indicators that are compared between units, with the past and with references that the owners enter."""
