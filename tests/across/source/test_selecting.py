"""`make test` and `make test-rest`: which tests each takes. `--part`: a part of all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from infra.checks import trees
from tests.helpers.selecting import SHARES, day, is_in_part

TESTS = """
import pytest

def test_once(): ...
@pytest.mark.slow
def test_slow(): ...
@pytest.mark.parametrize("number", range(7))
def test_many(number): ...
"""
NAMES = [f"a/test_{number}.py::test" for number in range(3000)]


def repeated(function: str, times: int) -> list[tuple[str, bool]]:
    return [(f"{function}[{number}]", False) for number in range(times)]


def test_by_day_a_slow_test_is_left_out() -> None:
    assert list(day([("a::quick", False), ("a::slow", True)])) == ["a::quick"]


def test_by_day_all_of_a_few_repetitions_run() -> None:
    assert len(list(day(repeated("a::test", 4)))) == 4


def test_by_day_one_in_three_of_many_repetitions_runs() -> None:
    assert list(day(repeated("a::test", 7))) == ["a::test[0]", "a::test[3]", "a::test[6]"]


@pytest.mark.slow
def test_the_shares_together_are_all_tests(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")

    found = [_collected(tmp_path, share) for share in SHARES]

    assert [sorted(names) for names in found] == [
        ["test_many[0]", "test_many[3]", "test_many[6]", "test_once"],
        ["test_many[1]", "test_many[2]", "test_many[4]", "test_many[5]", "test_slow"],
    ]


def _collected(folder: Path, share: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-p", "tests.helpers.selecting", "--share", share]
    told = subprocess.run(
        [*command, "-o", "addopts=", "-q", "--collect-only", str(folder)],
        cwd=trees.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [line.rpartition("::")[2] for line in told.splitlines() if "::" in line]


def test_each_test_is_in_one_part_of_a_run() -> None:
    parts = [sum(is_in_part(name, f"{number}/3") for number in (1, 2, 3)) for name in NAMES[:50]]

    assert parts == [1] * 50


def test_the_parts_of_a_run_have_about_the_same_number_of_tests() -> None:
    sizes = [sum(is_in_part(name, f"{number}/3") for name in NAMES) for number in (1, 2, 3)]

    assert min(sizes) > 900


@pytest.mark.parametrize("part", ["0/3", "4/3", "1", "redress", "1/x"])
def test_a_part_that_does_not_exist_is_refused(part: str) -> None:
    with pytest.raises(pytest.UsageError, match="no part"):
        is_in_part("a", part)
