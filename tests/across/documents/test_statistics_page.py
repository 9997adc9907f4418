"""docs/statistics.md is generated from the table of measures."""

from __future__ import annotations

from pathlib import Path

from chalicelib.statistics.measures.table import MEASURES
from infra.documents import statistics_page

PAGE = Path(__file__).resolve().parents[3] / "docs/statistics.md"


def test_the_page_is_generated_from_the_measures() -> None:
    assert PAGE.read_text("utf-8") == statistics_page.page(), "run make openapi"


def test_each_measure_is_described_in_both_languages() -> None:
    labels = [one.texts.label for one in MEASURES.values()]
    assert len({one.zh for one in labels}) == len({one.en for one in labels}) == len(MEASURES)
