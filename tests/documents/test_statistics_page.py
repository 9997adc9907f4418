"""docs/statistics.md is generated from the table of measures."""

from __future__ import annotations

from pathlib import Path

from chalicelib.statistics.measures.table import MEASURES
from infra import statistics_page

PAGE = Path(__file__).resolve().parents[2] / "docs/statistics.md"


def test_the_page_is_generated_from_the_measures() -> None:
    assert PAGE.read_text("utf-8") == statistics_page.page(), "run make openapi"


def test_each_measure_is_described_in_both_languages() -> None:
    lacking = [one.name for one in MEASURES.values() if not (one.label.zh and one.label.en and one.definition)]
    twice = len({one.label.zh for one in MEASURES.values()}), len({one.label.en for one in MEASURES.values()})
    assert (lacking, twice) == ([], (len(MEASURES), len(MEASURES)))
