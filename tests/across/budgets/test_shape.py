"""Files, functions, signatures and folders stay within the limits that `make shape` prints."""

from __future__ import annotations

from statistics import median

from infra.checks import shape


def test_the_median_file_is_short() -> None:
    assert median(one.size for one in shape.file_lines(*shape.PROGRAM)) <= shape.MEDIAN_FILE


def test_no_file_is_too_long() -> None:
    assert shape.over(shape.file_lines(*shape.EVERYTHING), shape.LONGEST_FILE) == []


def test_the_median_function_is_short() -> None:
    assert median(one.size for one in shape.function_lines(*shape.PROGRAM)) <= shape.MEDIAN_FUNCTION


def test_no_function_is_too_long() -> None:
    assert shape.over(shape.function_lines(*shape.EVERYTHING), shape.LONGEST_FUNCTION) == []


def test_no_function_of_the_program_takes_too_many_parameters() -> None:
    assert shape.over(shape.parameters(*shape.PROGRAM, "infra"), shape.MOST_PARAMETERS) == []


def test_no_folder_holds_too_many_modules() -> None:
    assert shape.over(shape.folder_modules(*shape.EVERYTHING), shape.MOST_MODULES) == []


def test_no_folder_of_the_program_holds_too_many_entries() -> None:
    assert shape.over_entries() == []


def test_nothing_in_the_program_is_used_by_tests_alone() -> None:
    assert shape.used_by_tests_alone() == []
