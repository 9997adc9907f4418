"""Runs the tests of a clause in this process, with a lens on every world."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.clauses.lens import Lens
from tests.clauses.world import InProcess

_HERE = Path(__file__).parent / "presets"
_NEEDLESS = ("xdist", "logging", "unraisableexception", "threadexception")
"""Plugins of a whole session, which the outer session already runs."""


@dataclass
class Outcome:
    """`unmade`: tests whose set-up failed, so they neither pass nor fail for the clause."""

    ran: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)


class _Collected:
    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Stops the capture of this session, because the tests run after its end."""
        self.items = list(session.items)
        session.config.pluginmanager.unregister(name="capturemanager")


def outcome(clause: str, lens: Lens, *, all_of_them: bool = False, part: slice = slice(None)) -> Outcome:
    """Runs the tests of a clause (`P1.3`) or of a preset (`P1`). Stops at the first failure unless `all_of_them`.

    `part`: of the preset's tests in order.
    """
    preset = re.match(r"P\d", clause)
    assert preset is not None
    prefix = "test_" + clause.lower().replace(".", "_") + "_"
    found = Outcome()
    with seen_through(lens), contextlib.redirect_stdout(io.StringIO()):
        of_preset = f"test_{preset[0].lower()}_"
        for item in [item for item in _tests() if item.path.name.startswith(of_preset)][part]:
            if item.name.startswith(prefix):
                _run(item, found)
            if found.failed and not all_of_them:
                break
    return found


@cache
def _tests() -> list[pytest.Item]:
    """The clause tests of all presets, collected once per process, because collection takes time."""
    return collected(sorted(_HERE.rglob("test_p[1-9]_*.py")))


def collected(files: Iterable[Path], *plugins: object) -> list[pytest.Item]:
    """The tests of these files, to be run in this process. `plugins` stay in force while they run."""
    found = _Collected()
    without = [part for plugin in _NEEDLESS for part in ("-p", f"no:{plugin}")]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*map(str, files), *without, "-s", "--tb=native", "--collect-only"], plugins=[found, *plugins])
    return found.items


def _run(item: pytest.Item, found: Outcome) -> None:
    """Runs one test without a next one, so that all its fixtures are torn down."""
    for report in runtestprotocol(item, log=False):
        if report.when == "call":
            found.ran.append(report.nodeid)
        if report.when == "call" and report.failed:
            found.failed.append(report.nodeid)
        elif report.failed:
            found.unmade.append(report.nodeid)


@contextlib.contextmanager
def seen_through(lens: Lens) -> Iterator[None]:
    InProcess.lens = lens
    try:
        yield
    finally:
        InProcess.lens = None
