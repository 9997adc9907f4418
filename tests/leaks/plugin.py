"""Fails a test that writes a marker (`planted`) to a log, to standard output or into an error response.

It searches the output that pytest captured, so it detects nothing with `-s`.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.leaks import planted


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
