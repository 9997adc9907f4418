"""Files, functions, signatures and folders stay within the limits that `make shape` prints."""

from __future__ import annotations

from math import inf
from pathlib import Path
from statistics import median

import pytest

from infra.checks import shape


def test_the_median_file_is_short() -> None:
    assert median(one.size for one in shape.file_lines(*shape.PROGRAM)) <= shape.MEDIAN_FILE


def test_no_file_is_too_long() -> None:
    assert shape.over(shape.file_lines(*shape.EVERYTHING), shape.LONGEST_FILE) == []


@pytest.mark.slow
def test_the_median_function_is_short() -> None:
    assert median(one.size for one in shape.function_lines(*shape.PROGRAM)) <= shape.MEDIAN_FUNCTION


@pytest.mark.slow
def test_no_function_is_too_long() -> None:
    assert shape.over(shape.function_lines(*shape.EVERYTHING), shape.LONGEST_FUNCTION) == []


@pytest.mark.slow
def test_no_function_of_the_program_takes_too_many_parameters() -> None:
    assert shape.over(shape.parameters(*shape.PROGRAM, "infra"), shape.MOST_PARAMETERS) == []


def test_no_folder_holds_too_many_modules() -> None:
    assert shape.over(shape.folder_modules(*shape.EVERYTHING), shape.MOST_MODULES) == []


def test_no_folder_holds_too_many_entries() -> None:
    assert shape.over_entries() == []


@pytest.mark.parametrize(
    ("place", "most"),
    [
        ("chalicelib/store", 20),
        ("infra/local", 20),
        ("benchmarks", 20),
        ("docs", 20),
        ("docs/examples", 20),
        ("chalicelib/features", 40),
        ("tests", 40),
        ("tests/clauses", 40),
        ("docs/decisions", inf),
    ],
)
def test_folders_of_tests_and_features_may_hold_more_and_a_numbered_list_any(place: str, most: float) -> None:
    assert shape.most_entries(place) == most


def test_entries_of_all_kinds_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "ROOT", tmp_path)
    for name in ("page.md", "table.json", "one.py", "__init__.py", "inner/page.md", "__pycache__/one.pyc", ".hidden"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).touch()

    assert list(shape.folder_entries(tmp_path / "docs")) == [("docs", 5), ("docs/inner", 1)]


@pytest.mark.slow
def test_nothing_in_the_program_is_used_by_tests_alone() -> None:
    assert shape.used_by_tests_alone() == []
