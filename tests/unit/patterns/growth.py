"""How the time of a function grows with the length of its input, in processor time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Any

FEW, SHORT, LONG, LONGER = (22, 32), 500, 8_000, 16_000
"""Characters. In a few, only exponential time is noticeable. What looks slow is tried up to the last length."""
NOTICEABLE = 0.003
"""Seconds of processor time. Less is too little to compare."""
UNBEARABLE = 0.2
MOST = 3
"""Times as long for a text twice as long. It is 2 for linear time, and 4 for quadratic time."""


def grows(run: Callable[[Any], object], of_length: Callable[[int], Any]) -> bool:
    """Whether it takes more than linear time. What seems to at one length is confirmed at the next ones."""
    run(of_length(FEW[0]))  # what it imports and computes once does not count
    if any(seconds(run, of_length(length)) > NOTICEABLE for length in FEW):
        return True
    measured = cache(lambda length: seconds(run, of_length(length)))
    slow = measured(SHORT) > NOTICEABLE
    if not slow and measured(LONG) <= NOTICEABLE:
        return False
    length = SHORT if slow else LONG // 2
    before = measured(length)
    while length < (LONGER if slow else LONG) and before < UNBEARABLE:
        length *= 2
        now = measured(length)
        if slow := now > max(NOTICEABLE, MOST * before):
            now, before = least(run, of_length(length), now), least(run, of_length(length // 2), before)
            slow = now > MOST * before
        before = now
    return slow


def least(run: Callable[[Any], object], written: Any, measured: float) -> float:
    """Of several measurements: other programs only add to the time."""
    return measured if measured > UNBEARABLE else min(measured, *(seconds(run, written) for _ in range(4)))


def seconds(run: Callable[[Any], object], written: Any) -> float:
    began = time.process_time()
    run(written)
    return time.process_time() - began
