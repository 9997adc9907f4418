"""How the processes of `make test` share the tests, and what they tell the process that shares them out.

A process takes a folder at a time, so that fixtures of a module and what is cached for a folder are made once. Folders
with long tests come first: what remains at the end is short, and can be halved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from xdist.scheduler import WorkStealingScheduling

TOGETHER = {
    "local stack": (
        "tests/across/browser/",
        "tests/clauses/walks/test_walks",
        "tests/evidence/uploads/test_over_http",
        "tests/infra/local/test_sign_in.py",
        "tests/infra/local/test_tours.py",
        "tests/infra/test_run.py",
        "tests/infra/test_operators_command.py",
        "tests/infra/test_repair_command.py",
        "tests/kernel/web/openapi/client/",
        "tests/kernel/web/requests/test_methods.py",
        "tests/organisations/test_ops.py",
        "tests/kernel/web/openapi/test_schemathesis.py",
    ),
    "source": (
        "tests/infra/test_policies.py",
        "tests/infra/stack/",
        "tests/infra/deploy/test_guide.py",
        "tests/across/budgets/test_shape.py",
        "tests/across/documents/",
        "tests/across/patterns/",
        "tests/across/source/test_",
        "tests/kernel/web/answers/test_problem_texts.py",
        "tests/kernel/complaints/test_act_hooks.py",
        "tests/kernel/store/test_spelled_keys.py",
        "tests/across/made_up/test_refusal_reasons.py",
        "tests/kernel/kit/test_catalogue.py",
        "tests/kernel/policy/test_fact_kinds.py",
        "tests/kernel/web/answers/test_problems.py",
        "tests/across/stored/test_rights.py",
    ),
    "stories": (
        "tests/across/recorded/",
        "tests/across/stored/",
        "tests/record/test_snapshots.py",
        "tests/repair/",
    ),
    "statistics": ("tests/kernel/statistics/",),
}
"""Beginnings of the paths of tests that are kept together as if in one folder: those that use the fixture `stack`,
which takes seconds to start; those that search the parsed source (`infra/checks/trees.py`) or the translated
template; those of the recorded stories, which take five seconds to play; and those of the statistics, which share the
complaints of two organisations."""
LONG = (
    "tests/infra/",
    "tests/across/faults/",
    "tests/across/tutorial/",
    "tests/evidence/",
    "tests/across/budgets/",
    "tests/clauses/",
)
"""Folders with tests of several seconds."""
_FEWEST = 2
"""Tests that a process must have: it begins one when it knows the next."""


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """After the plugin that reports has been registered."""
    if is_terse(config):
        config.pluginmanager.register(Terse(config))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder | None:
    return ByFolder(config, log) if config.getoption("dist") == "worksteal" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_shared(config):
        items.sort(key=lambda item: place(item.nodeid))


def is_shared(config: pytest.Config) -> bool:
    """In a process of a parallel run that runs tests."""
    return hasattr(config, "workerinput")


def shares_out(config: pytest.Config) -> bool:
    """In the process that starts the others, and runs no test."""
    return getattr(config.option, "dist", "no") != "no" and not is_shared(config)


def place(node_id: str) -> int:
    """Of the test's folder in the order of the run. Tests that are kept together are in one piece."""
    kept, long = list(TOGETHER), [at for at, begin in enumerate(LONG) if node_id.startswith(begin)]
    if (found := folder(node_id)) in TOGETHER:
        return kept.index(found)
    return len(kept) + (long[0] if long else len(LONG))


def folder(node_id: str) -> str:
    for name, begins in TOGETHER.items():
        if node_id.startswith(begins):
            return name
    return node_id.partition("::")[0].rpartition("/")[0]


class ByFolder(WorkStealingScheduling):
    """Gives a process that has no more tests the next folder. At the end it gets half of what another has left."""

    def check_schedule(self) -> None:
        for node, waiting in self.node2pending.items():
            while self.pending and len(waiting) < _FEWEST and not node.shutting_down:
                self._send_tests(node, self._next_folder())
        if not self.pending:
            super().check_schedule()

    def _next_folder(self) -> int:
        """How many of the next tests are in one folder."""
        names: Sequence[str] = self.collection or ()
        first = folder(names[self.pending[0]])
        return sum(1 for _ in takewhile(lambda at: folder(names[at]) == first, self.pending))


class Terse:
    """Tells of a test that passed only that it did.

    xdist sends six messages for each test. Writing, sending and reading them took a twentieth of the processor time.
    """

    def __init__(self, config: pytest.Config) -> None:
        plugins = config.pluginmanager
        unseen = plugins.get_plugin("terminalreporter")
        self._tell = plugins.subset_hook_caller("pytest_runtest_logreport", [unseen])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        for report in needed(runtestprotocol(item, log=False, nextitem=nextitem)):
            self._tell(report=report)
        return True


def needed(reports: Iterable[pytest.TestReport]) -> Iterable[pytest.TestReport]:
    for report in reports:
        if report.passed:
            report.keywords = {}
        if report.when == "call" or not report.passed:
            yield report


def is_terse(config: pytest.Config) -> bool:
    """In a process of a parallel run, unless durations or every test are to be shown."""
    chosen = config.option
    detailed = chosen.durations is not None or chosen.xmlpath is not None or chosen.verbose > 0
    return is_shared(config) and not detailed
