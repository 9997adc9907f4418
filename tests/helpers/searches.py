"""The length of property tests: `NIGHTLY=20` (`make nightly`) tries twenty times as many examples as are named.

By day they try a part of them, so that `make test` stays short.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

TIMES = int(os.environ.get("NIGHTLY", "1"))
BY_DAY = int(os.environ.get("ONE_IN", "20"))
"""An ordinary run and `make mutants` try one in twenty of the examples. They try the same ones each time, so that a
failure comes from a change; the nightly run looks for others.
"""


def searching(examples: int, *, by_day: int | None = None, **others: Any) -> settings:
    """`by_day`: at most so many examples in an ordinary run, for a search whose cases take long."""
    length = _length(examples)
    if by_day is not None and TIMES == 1:
        length = min(length, by_day)
    return settings(max_examples=length, **others)


def _length(examples: int) -> int:
    return examples * TIMES if TIMES > 1 else -(-examples // BY_DAY)


MUTANTS = "ONE_IN" in os.environ
settings.register_profile(
    "suite",
    max_examples=_length(100),
    deadline=None,  # it reads the clock, as the health check does: a busy machine or instrumented code is slow
    derandomize=TIMES == 1,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")


def _without_constants() -> None:
    """Hypothesis would parse all modules of the program, whose constants it tries as values: in a fresh clone for four
    seconds in each process. At night it does, and by day it tries those that it knows itself.

    The function is private, since no setting leaves them out. Without it, later versions try the constants again.
    """
    private: Any = providers
    private._get_local_constants = lambda: private._local_constants


if TIMES == 1:
    _without_constants()


def searched(test: Any) -> Any:
    """Includes a test in the nightly run that calls Hypothesis itself. Other property tests are always included."""
    return pytest.mark.nightly(test) if TIMES > 1 else test


def at_night_unless(by_day: bool) -> Any:
    """The marks of a parameter that an ordinary run may leave out."""
    return () if by_day else pytest.mark.nightly


def some_by_day(those: Iterable[Any], *, one_in: int) -> list[Any]:
    return [pytest.param(one, marks=at_night_unless(place % one_in == 0)) for place, one in enumerate(those)]


def every(by_day: int) -> list[Any]:
    """Parameters for a test that fails one of many calls: by day every `by_day`-th call, at night each call."""
    return [by_day, pytest.param(1, marks=pytest.mark.nightly)]
