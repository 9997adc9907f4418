"""mutmut's mutants, its map of functions to tests, and its runs of single mutants.

Calls functions behind mutmut's command, whose release is pinned. The command would run all tests of a function, and
the tests of the whole sample once more at each start.
"""

from __future__ import annotations

from collections.abc import Iterator

from mutmut import __main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers.isolation import get_mutant_runner

from infra.mutation import selection

LONGEST = 1_200
"""CPU seconds after which a mutant is stopped; half as many by the clock, since other programs may be at work."""


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
    runner = get_mutant_runner(1)
    set_mutant_under_test("")
    runner.startup()
    try:
        for name in names:
            tests = state().tests_by_mangled_function_name.get(mangled_name_from_mutant_name(name), set())
            runner.submit(name, selection.chosen(tests, state().duration_by_test, seconds), LONGEST, seconds)
            result = runner.wait_for_result()
            yield result.mutant_name, status_by_exit_code[result.exit_code]
    finally:
        runner.shutdown()


def difference(name: str) -> str:
    """The mutant as a unified diff."""
    return str(get_diff_for_mutant(name))
