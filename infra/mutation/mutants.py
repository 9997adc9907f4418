"""mutmut's mutants, its map of functions to tests, and its runs of single mutants.

Calls functions behind mutmut's command, whose release is pinned. The command would run all tests of a function, and
the tests of the whole sample once more at each start.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from mutmut import __main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers import isolation
from mutmut.workers.isolation import MutantRunner, get_mutant_runner

from infra.mutation import selection
from infra.mutation.score import CONFIRMED, STOPPED, UNRELIABLE

CPU_SECONDS, TIMES = 100, 20
"""A mutant is stopped after so many CPU seconds, and so many times those of its tests."""
BY_THE_CLOCK = 5
"""A mutant that waits without working is stopped after so many times its CPU seconds, by the clock. mutmut would take
half of them. On a busy machine it would stop mutants that are only slow, and count them as noticed.
"""
ONE_IN = 20
"""Of the mutants that tests noticed, the tests of one in so many are run again without the mutant."""


def generate() -> dict[str, str]:
    """Writes the mutants of changed files below `mutants/`, and runs new tests once.

    Returns a hash of the function's source by mutant.
    """
    set_mutant_under_test("mutant_generation")
    mutmut.makedirs("mutants", exist_ok=True)
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.setup_source_paths()
    mutmut.create_mutants(1)
    mutmut.collect_or_load_stats(get_mutant_runner(1))
    found, _ = mutmut.collect_source_file_mutation_data(mutant_names=())
    hashes = state().current_function_hashes
    return {name: hashes.get(mangled_name_from_mutant_name(name), "") for _, name, _ in found}


def run(names: list[str], seconds: float) -> Iterator[tuple[str, str]]:
    """Runs the mutants one after the other. Yields the name and the status of each (`score.NOTICED`).

    `seconds`: how long the tests of one mutant take at most, when nothing is wrong.
    """
    isolation.register_timeout = _stop_by_the_clock
    runner = get_mutant_runner(1)
    set_mutant_under_test("")
    runner.startup()
    try:
        for name in names:
            found = state().tests_by_mangled_function_name.get(mangled_name_from_mutant_name(name), set())
            tests = selection.chosen(found, state().duration_by_test, seconds, own=name.split(".")[1:3])
            status = _status(runner, name, tests, seconds)
            if status == "killed" and _is_checked(name):
                without = _status(runner, f"without {name}", tests, seconds)
                status = CONFIRMED if without == "survived" else UNRELIABLE
            yield name, status
    finally:
        runner.shutdown()


def _status(runner: MutantRunner, name: str, tests: list[str], seconds: float) -> str:
    runner.submit(name, tests, int(CPU_SECONDS + TIMES * seconds), seconds)
    code = runner.wait_for_result().exit_code
    return STOPPED if code == -signal.SIGALRM else str(status_by_exit_code[code])


def _is_checked(name: str) -> bool:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % ONE_IN == 0


def _stop_by_the_clock(pid: int, seconds: float) -> None:
    """In place of mutmut's `register_timeout`, which sends the CPU limit's signal. `seconds`: half of that limit."""
    parent = os.getpid()

    def stop() -> None:
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and int(status.read_text().rpartition(")")[2].split()[1]) == parent:
            os.kill(pid, signal.SIGALRM)

    timer = threading.Timer(2 * BY_THE_CLOCK * seconds, stop)
    timer.daemon = True
    timer.start()


def difference(name: str) -> str:
    """The mutant as a unified diff."""
    return str(get_diff_for_mutant(name))
