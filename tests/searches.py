"""The length of property tests: `NIGHTLY=20` (`make nightly`) makes each twenty times as long."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import settings

TIMES = int(os.environ.get("NIGHTLY", "1"))


def searching(examples: int, **others: Any) -> settings:
    return settings(max_examples=examples * TIMES, deadline=None, **others)


def every(by_day: int) -> list[Any]:
    """Parameters for a test that fails one of many calls: by day every `by_day`-th call, at night each call."""
    return [by_day, pytest.param(1, marks=pytest.mark.nightly)]
