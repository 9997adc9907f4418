"""Fails a test that writes a marker (`planted`) to a log, to standard output or into an error response.

It also fails a test in which the page of an error sends again something else than what it got (`sent_again`).

It searches the output that pytest captured, so it detects nothing with `-s`. Our own log is on standard output, and the
warnings of libraries are on standard error.
"""

from __future__ import annotations

import logging
from collections.abc import Generator

import pytest

from tests.across.leaks import planted


def pytest_configure() -> None:
    """Some libraries would otherwise drop what they log."""
    assert logging.lastResort is not None
    logging.getLogger().addHandler(logging.lastResort)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport]:
    report = yield
    if call.when == "teardown":
        for _, text in report.sections:
            planted.written(text)
        if leaks := planted.found():
            report.outcome = "failed"
            report.longrepr = "\n".join(["Planted, and found in a log or an error:", *leaks])
    if report.passed and hasattr(item.config, "workerinput"):
        report.sections.clear()  # a worker would send them to the process that reports, which shows none of them
    return report
