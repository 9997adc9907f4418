"""CSV that spreadsheets open safely: no cell is a formula, whatever divides the cells, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.csv_text import csv_rows, csv_text
from infra.checks.trees import ROOT, files
from tests.helpers.searches import searching

SEPARATORS = ",;|\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029，；｜\"'"
SIGNS = "=+-@"


def every_sign(condition: Callable[[str], bool]) -> list[str]:
    return list(filter(condition, map(chr, range(sys.maxunicode + 1))))


def cell(text: str) -> str:
    [[found]] = csv.reader(io.StringIO(csv_text([[text]]), newline=""))
    return found


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1+1", "＝1+1", "-2.5.1", "-", "-1e5", "+7", "-١", "\u200b=1", "\ta"]
)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_formula_behind_a_separator_becomes_a_text(separator: str) -> None:
    assert cell(f"a{separator} =1+1") == f"a{separator}' =1+1"


def test_a_tab_and_what_is_behind_it_are_texts() -> None:
    assert cell("\t=1") == "'\t'=1"


@pytest.mark.parametrize("text", ["-3", "-0.25", "0", "12.5", "letter", "a=b", "", "e-mail", "a, b", "2026-11-27"])
def test_numbers_and_names_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_no_sign_that_is_not_seen_hides_a_formula() -> None:
    unseen = every_sign(
        lambda one: unicodedata.category(one) in ("Cc", "Cf", "Zs", "Zl", "Zp") and one not in SEPARATORS
    )

    assert [one for one in unseen if cell(f"{one}=1") != f"'{one}=1"] == []


def test_no_form_of_a_sign_begins_a_formula() -> None:
    forms = every_sign(lambda one: unicodedata.normalize("NFKC", one) in SIGNS)

    assert [one for one in forms if cell(f"{one}1+1") != f"'{one}1+1"] == []


@searching(400)
@given(
    st.lists(st.text(st.sampled_from([*SEPARATORS, *SIGNS, *" \u200b\uff1d1a"])), min_size=1),
    st.sampled_from(",;|\t"),
    st.booleans(),
)
def test_no_cell_is_a_formula_whatever_divides_the_cells(cells: list[str], delimiter: str, quotes: bool) -> None:
    quoting = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    written = csv_text([["a", *cells]])

    read = [
        one for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, quoting=quoting) for one in row
    ]

    begins = [one.strip(' \u200b"')[:1] for one in read if not one.removeprefix("-").isdecimal()]
    assert not any(one and unicodedata.normalize("NFKC", one) in SIGNS for one in begins)


@pytest.mark.parametrize("divider", ",;\t")
def test_rows_are_divided_by_what_divides_the_first(divider: str) -> None:
    assert csv_rows(f'a{divider}b\r\n"x,;\t"{divider}y\r\n') == [["a", "b"], ["x,;\t", "y"]]


def test_a_quotation_mark_that_does_not_end_is_an_error() -> None:
    with pytest.raises(ValueError, match="unexpected end of data"):
        csv_rows('a,b\n"x,y\n')


def test_no_other_module_reads_or_writes_csv() -> None:
    users = [
        path for path in files("chalicelib", "app.py") if re.search(r"\bimport csv\b|\bfrom csv\b", path.read_text())
    ]

    assert [path.relative_to(ROOT).as_posix() for path in users] == ["chalicelib/kit/csv_text.py"]
