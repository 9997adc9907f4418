"""CSV that spreadsheets open safely: no cell is a formula, and numbers stay numbers."""

from __future__ import annotations

import csv
import io

import pytest

from chalicelib.oversight.csv_text import csv_text


def cell(text: str) -> str:
    [[found]] = csv.reader(io.StringIO(csv_text([[text]])))
    return found


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1+1", "\t=1", "＝1+1", "-2.5.1", "-", "-1e5", "+7"]
)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "-0.25", "0", "12.5", "letter", "a=b", ""])
def test_numbers_and_names_stay_as_they_are(text: str) -> None:
    assert cell(text) == text
