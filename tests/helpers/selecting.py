"""Which tests a run takes: those by day, the rest, or a part of all.

`make test` takes the tests by day: without those marked `slow`, and of a test with many repetitions one in three. CI
runs the rest after them, so that both together are all tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from zlib import crc32

import pytest

SHARES = ("day", "rest")
_FEW = 4
"""Repetitions of which a run by day takes all."""
_ONE_IN = 3


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", help="run a part of the tests, such as 1/3")
    parser.addoption("--share", choices=SHARES, help="run the tests by day, or the rest")


def pytest_configure(config: pytest.Config) -> None:
    if part := config.getoption("part"):
        is_in_part("", part)  # a wrong one is refused before the processes start


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    share, part = config.getoption("share"), config.getoption("part")
    if not (share or part):
        return
    by_day = set(day(map(_named, items))) if share else set()
    taken = [
        item
        for item in items
        if (not share or (item.nodeid in by_day) == (share == "day")) and (not part or is_in_part(item.nodeid, part))
    ]
    left = set(map(id, taken))
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in left])
    items[:] = taken


def _named(item: pytest.Item) -> tuple[str, bool]:
    return item.nodeid, item.get_closest_marker("slow") is not None


def day(tests: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """The node IDs of the tests by day. `tests`: in their order, each with whether it is slow."""
    quick = [name for name, is_slow in tests if not is_slow]
    repeated, seen = Counter(map(_function, quick)), Counter[str]()
    for name in quick:
        function = _function(name)
        if repeated[function] <= _FEW or seen[function] % _ONE_IN == 0:
            yield name
        seen[function] += 1


def _function(node_id: str) -> str:
    return node_id.partition("[")[0]


def is_in_part(node_id: str, part: str) -> bool:
    """`part`: such as `1/3`. The parts of a run have about the same number of tests, and no test in common."""
    number, _, of = part.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise pytest.UsageError(f"{part} is no part of a run: the first of three is 1/3, the last 3/3")
    return crc32(node_id.encode()) % int(of) == int(number) - 1
