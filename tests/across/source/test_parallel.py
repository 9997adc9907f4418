"""`make test`: how its processes share the tests, and that each test's end is reported."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from infra.checks import trees
from tests.helpers.parallel import ByFolder, folder, place


class Process:
    """A process that runs tests. `given`: the tests that it was told to run, folder by folder."""

    shutting_down = False

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.given: list[list[int]] = []
        self.asked_back: list[int] = []

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        self.given.append(list(indices))

    def send_steal(self, indices: Sequence[int]) -> None:
        self.asked_back = list(indices)

    def shutdown(self) -> None:
        self.shutting_down = True


def shared(tests: list[str]) -> tuple[Any, Process, Process]:
    config: Any = SimpleNamespace(getvalue=lambda _: ["popen", "popen"])
    scheduler: Any = ByFolder(config)
    one, other = Process("gw0"), Process("gw1")
    for process in (one, other):
        scheduler.add_node(process)
        scheduler.add_node_collection(process, tests)
    scheduler.schedule()
    return scheduler, one, other


def several(folder: str, count: int) -> list[str]:
    return [f"{folder}/test_{number}.py::test" for number in range(count)]


def test_a_process_gets_a_whole_folder() -> None:
    _, one, other = shared(several("a", 3) + several("b", 2) + several("c", 2))

    assert (one.given, other.given) == ([[0, 1, 2]], [[3, 4]])


def test_a_process_with_one_test_left_gets_the_next_folder() -> None:
    scheduler, _, other = shared(several("a", 3) + several("b", 2) + several("c", 2))

    scheduler.mark_test_complete(other, 3)

    assert other.given == [[3, 4], [5, 6]]


def test_at_the_end_a_process_gets_half_of_what_another_has_left() -> None:
    scheduler, one, other = shared(several("a", 8) + several("b", 2))

    scheduler.mark_test_complete(other, 8)
    scheduler.remove_pending_tests_from_node(one, one.asked_back)

    assert (one.asked_back, other.given) == ([4, 5, 6, 7], [[8, 9], [4, 5, 6, 7]])


@pytest.mark.parametrize(
    ("name", "place_of_use"),
    [
        ("local stack", r"stack: LocalStack[,)]|getfixturevalue\(\"stack\"\)|walks.test_walks import .*\bworld$"),
        ("source", "^from infra.checks import trees"),
    ],
)
def test_tests_that_share_much_are_one_folder(name: str, place_of_use: str) -> None:
    sharing = [path for path in trees.files("tests") if re.search(place_of_use, path.read_text("utf-8"), re.M)]

    paths = [str(path.relative_to(trees.ROOT)) for path in sharing if path.name.startswith("test_")]

    assert len(paths) > 9
    assert {folder(f"{path}::test") for path in paths} == {name}


def test_long_folders_come_first() -> None:
    names = ["tests/kernel/jobs/test_a.py::test", "tests/infra/test_b.py::test", "tests/across/browser/test_c.py::test"]

    assert sorted(names, key=place) == names[::-1]


ENDS = """
import pytest

@pytest.fixture
def broken():
    raise ValueError

@pytest.fixture
def breaks_later():
    yield
    raise ValueError

def test_passes(): ...
def test_fails(): assert False
def test_errs(broken): ...
def test_errs_later(breaks_later): ...
@pytest.mark.skip
def test_is_skipped(): ...
@pytest.mark.xfail
def test_fails_as_expected(): assert False
"""


@pytest.fixture
def summary(tmp_path: Path) -> str:
    """The last line of a parallel run of tests that end in each way."""
    (tmp_path / "test_ends.py").write_text(ENDS, "utf-8")
    options = [
        "-p",
        "tests.helpers.parallel",
        "-p",
        "tests.helpers.rewriting",
        "-p",
        "no:schemathesis",
        "-p",
        "no:hypothesispytest",
        "-p",
        "no:cacheprovider",
    ]
    command = [sys.executable, "-m", "pytest", "-n", "1", "--dist", "worksteal", *options, str(tmp_path)]
    return subprocess.run(command, cwd=trees.ROOT, capture_output=True, text=True, check=False).stdout.splitlines()[-1]


@pytest.mark.slow
def test_every_end_of_a_test_is_reported(summary: str) -> None:
    for end in ("1 failed", "2 passed", "1 skipped", "1 xfailed", "2 errors"):
        assert end in summary
