"""Running clauses' own tests in this process, with every world seen through a lens."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.clauses.world import InProcess, Lens

_HERE = Path(__file__).parent / "presets"
_NEEDLESS = ("xdist", "logging", "unraisableexception", "threadexception")
"""Plugins that guard a whole session; the outer one has them."""


@dataclass
class Outcome:
    """`unmade`: tests whose world could not be made; that says nothing about the clause."""

    ran: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)


class _Collected:
    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Captures nothing from here on: the session's own capture ends with it, and the tests are run later."""
        self.items = list(session.items)
        session.config.pluginmanager.unregister(name="capturemanager")


def outcome(clause: str, lens: Lens, *, all_of_them: bool = False) -> Outcome:
    """Run the tests of `P1.3`, or of the whole of `P1`; up to the first that fails, or `all_of_them`."""
    preset = re.match(r"P\d", clause)
    assert preset is not None
    prefix = "test_" + clause.lower().replace(".", "_") + "_"
    found = Outcome()
    with seen_through(lens), contextlib.redirect_stdout(io.StringIO()):
        for item in _tests(preset[0].lower()):
            if item.name.startswith(prefix):
                _run(item, found)
            if found.failed and not all_of_them:
                break
    return found


@cache
def _tests(letter: str) -> list[pytest.Item]:
    """Collected once in a process: each run under another lens then costs its tests alone."""
    collected = _Collected()
    files = sorted(str(file) for file in _HERE.glob(f"test_{letter}_*.py"))
    without = [part for plugin in _NEEDLESS for part in ("-p", f"no:{plugin}")]
    pytest.main([*files, *without, "-s", "--tb=native", "--collect-only"], plugins=[collected])
    return collected.items


def _run(item: pytest.Item, found: Outcome) -> None:
    """With nothing after it, so that what it set up is torn down."""
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
