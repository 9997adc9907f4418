"""Running clauses' own tests in this process, with every world seen through a lens."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.clauses.world import InProcess, Lens

_HERE = Path(__file__).parent


@dataclass
class _Only:
    """Keeps the tests whose names begin with `prefix`, and notes what became of them.

    `unmade`: those whose world could not be made; that says nothing about the clause.
    """

    prefix: str
    ran: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.name.startswith(self.prefix)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.ran.append(report.nodeid)
        if report.when == "call" and report.failed:
            self.failed.append(report.nodeid)
        elif report.failed:
            self.unmade.append(report.nodeid)


def outcome(clause: str, lens: Lens, *, all_of_them: bool = False) -> _Only:
    """Run the tests of `P1.3`, or of the whole of `P1`; up to the first that fails, or `all_of_them`."""
    only = _Only("test_" + clause.lower().replace(".", "_") + "_")
    preset = re.match(r"P\d", clause)
    assert preset is not None
    files = sorted(str(file) for file in _HERE.glob(f"test_{preset[0].lower()}_*.py"))
    options = ["-p", "no:xdist", "-p", "no:logging", "-s", "--no-header", "--tb=line"]
    with seen_through(lens), contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*files, *options, *([] if all_of_them else ["-x"])], plugins=[only])
    return only


@contextlib.contextmanager
def seen_through(lens: Lens) -> Iterator[None]:
    InProcess.lens = lens
    try:
        yield
    finally:
        InProcess.lens = None
