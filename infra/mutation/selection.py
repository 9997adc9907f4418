"""The tests that are run on a mutant: of those that call the function, fast ones of as many files as possible.

Those in the folders of the mutant's package come first: they are about the function, which most others only call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

LEAST = 0.05
"""Seconds that a test counts at least: its fixtures are not measured."""


def chosen(tests: Iterable[str], seconds: Mapping[str, float], most: float, own: Collection[str] = ()) -> list[str]:
    """The fastest test of each file, then the second of each, … The first always counts.

    `most`: seconds of all chosen tests. `seconds`: the time of each test. `own`: names of folders whose tests come
    before all others.
    """
    found: list[str] = []
    spent = 0.0
    in_turn = _in_turn(sorted(tests, key=lambda test: (seconds.get(test, 0.0), test)))
    for test in sorted(in_turn, key=lambda test: set(file_of(test).split("/")).isdisjoint(own)):
        spent += max(LEAST, seconds.get(test, 0.0))
        if found and spent > most:
            break
        found.append(test)
    return _by_file(found)


def _in_turn(tests: list[str]) -> list[str]:
    counts: dict[str, int] = {}
    turns: dict[str, int] = {}
    for test in tests:
        turns[test] = counts[file_of(test)] = counts.get(file_of(test), 0) + 1
    return sorted(tests, key=turns.__getitem__)


def _by_file(tests: list[str]) -> list[str]:
    """Tests of one file follow one another, so that they share its fixtures."""
    files = list(dict.fromkeys(map(file_of, tests)))
    return sorted(tests, key=lambda test: files.index(file_of(test)))


def file_of(test: str) -> str:
    return test.partition("::")[0]
