"""The order of the sample, the score with its interval, the choice of tests, and what is run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.mutation import page, sample, score, selection
from infra.mutation.results import MutantResults
from infra.mutation.score import MutationScore

NAMES = [f"chalicelib.complaints.acts.x_a__mutmut_{n}" for n in range(50)]


def test_the_order_depends_on_the_seed_and_the_names_alone() -> None:
    assert sample.ordered(NAMES) == sample.ordered(reversed(NAMES))
    assert sample.ordered(NAMES) != sample.ordered(NAMES, "another")
    assert sorted(sample.ordered(NAMES)) == sorted(NAMES)


def test_a_mutant_keeps_its_place_when_others_come_and_go() -> None:
    kept = NAMES[::2]
    assert [name for name in sample.ordered(NAMES) if name in kept] == sample.ordered(kept)


@pytest.mark.parametrize(
    ("noticed", "run", "low", "high"),
    [(53, 82, 0.5384, 0.7411), (900, 1000, 0.8798, 0.9171), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775)],
)
def test_the_interval_is_wilsons(noticed: int, run: int, low: float, high: float) -> None:
    assert score.interval(MutationScore(noticed, run)) == pytest.approx((low, high), abs=1e-4)


def test_a_mutant_that_no_test_runs_is_not_noticed() -> None:
    statuses = dict(zip(NAMES, ["killed", "timeout", "survived", "no tests", "suspicious", "types"], strict=False))
    assert (score.of(statuses), score.of(statuses, score.BY_TESTS)) == (MutationScore(3, 6), MutationScore(1, 6))


def test_a_mutant_counts_neither_if_stopped_by_the_clock_nor_if_its_tests_fail_without_it() -> None:
    statuses = dict(zip(NAMES, ["confirmed", "confirmed", "unreliable", "stopped", "timeout"], strict=False))
    shown = page.text(statuses, 27_000, "2026-11-26")
    assert "| complaints | 5 | 2 | 1 | 0 | 60.0% |" in shown
    assert "Of 3 noticed mutants, the same tests were run without the mutant: 1 failed." in shown
    assert "1 mutants were stopped by the clock." in shown


def test_a_mutant_that_was_stopped_by_the_clock_is_run_again_in_its_round(tmp_path: Path) -> None:
    results = opened(tmp_path)
    results.add(NAMES[0], "stopped", 1)
    results.add(NAMES[1], "survived", 1)
    assert results.left(NAMES[:2], 1) == [NAMES[0]]
    assert results.left(NAMES[:2], 2) == NAMES[:2]


def test_the_score_is_shown_for_each_package() -> None:
    statuses = {
        "chalicelib.policy.worktime.due_times.due.x_a__mutmut_1": "killed",
        "chalicelib.features.handling.act.x_a__mutmut_1": "survived",
        "chalicelib.features.evidence.check.images.x_a__mutmut_1": "killed",
    }
    shown = page.text(statuses, 27_000, "2026-11-26")
    assert [line.split(" |")[0] for line in shown.splitlines() if line.startswith("| ")][1:] == [
        "| evidence.check",
        "| handling",
        "| policy.worktime",
        "| all",
    ]
    assert "the first 3 of 27000 mutants" in shown
    assert "It is not met." in shown


def test_the_fastest_tests_are_chosen_and_those_of_one_file_stay_together() -> None:
    seconds = {"a.py::1": 0.1, "b.py::1": 0.2, "a.py::2": 0.3, "c.py::1": 9.0}
    assert selection.chosen(seconds, seconds, 10.0) == ["a.py::1", "a.py::2", "b.py::1", "c.py::1"]


def test_each_file_has_its_turn() -> None:
    seconds = {"a.py::1": 0.1, "a.py::2": 0.1, "a.py::3": 0.1, "b.py::1": 0.2}
    assert selection.chosen(seconds, seconds, 0.4) == ["a.py::1", "a.py::2", "b.py::1"]


def test_tests_in_the_folders_of_the_mutants_package_come_first() -> None:
    seconds = dict.fromkeys(
        ["tests/kernel/web/a.py::1", "tests/kernel/complaints/b.py::1", "tests/kernel/complaints/acts/c.py::1"], 0.1
    )
    found = selection.chosen(seconds, seconds, 0.2, own=["complaints", "acts"])
    assert found == ["tests/kernel/complaints/acts/c.py::1", "tests/kernel/complaints/b.py::1"]


def test_one_test_is_chosen_however_long_it_takes() -> None:
    assert selection.chosen(["c.py::1", "c.py::2"], {"c.py::1": 9.0, "c.py::2": 9.5}, 1.0) == ["c.py::1"]


def opened(path: Path, function: str = "f", tests: str = "t") -> MutantResults:
    return MutantResults(path / "results.json", dict.fromkeys(NAMES[:3], function), tests)


def test_results_are_kept_and_survivors_are_left_for_the_next_round(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.add(NAMES[0], "killed", 0)
    first.add(NAMES[1], "survived", 0)
    again = opened(tmp_path)
    assert (again.left(NAMES[:3], 0), again.left(NAMES[:3], 1)) == ([NAMES[2]], NAMES[1:3])
    assert again.statuses(NAMES) == {NAMES[0]: "killed", NAMES[1]: "survived"}


def test_survivors_are_run_again_after_a_change_of_the_tests(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.add(NAMES[0], "killed", 0)
    first.add(NAMES[1], "survived", 1)
    assert opened(tmp_path, tests="others").left(NAMES[:2], 0) == [NAMES[1]]


def test_every_mutant_of_a_changed_function_is_run_again(tmp_path: Path) -> None:
    opened(tmp_path).add(NAMES[0], "killed", 0)
    assert opened(tmp_path, function="changed").left(NAMES[:1], 0) == NAMES[:1]
