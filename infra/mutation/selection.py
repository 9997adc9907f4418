"""The tests that are run on a mutant: of those that call the function, the fastest up to a number of seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LEAST = 0.05
"""Seconds that a test counts at least: its fixtures are not measured."""


def chosen(tests: Iterable[str], seconds: Mapping[str, float], most: float) -> list[str]:
    """The first test always counts. Tests of one file stay together, so that they share its fixtures.

    `most`: seconds of all chosen tests. `seconds`: the time of each test.
    """
    found: list[str] = []
    spent = 0.0
    for test in sorted(tests, key=lambda test: (seconds.get(test, 0.0), test)):
        spent += max(LEAST, seconds.get(test, 0.0))
        if found and spent > most:
            break
        found.append(test)
    files = {file_of(test): place for place, test in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda test: (files[file_of(test)], found.index(test)))


def file_of(test: str) -> str:
    return test.partition("::")[0]
