"""How the time of a function grows with the length of its input, in processor time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.helpers.searches import TIMES

FEW, SHORT, LONG = (22, 32), 500, 8_000 if TIMES > 1 else 4_000
"""Characters. In a few, only exponential time is noticeable. At night texts are twice as long as by day."""
NOTICEABLE = 0.003
"""Seconds of processor time. Less is too little to compare."""
HALFWAY = 1.5
"""Between linear and quadratic time. For a text 8 times as long these take 8 and 64 times as long, and it is 23."""
ROUNDS = 6
"""Measurements of both lengths that must all agree: another program or the processor's clock makes one look slow."""


def grows(run: Callable[[Any], object], of_length: Callable[[int], Any]) -> bool:
    """Whether it takes more than linear time."""
    run(of_length(FEW[0]))  # what it imports and computes once does not count
    if any(least(run, of_length(length)) > NOTICEABLE for length in FEW):
        return True
    short, long = of_length(SHORT), of_length(LONG)
    most = (LONG / SHORT) ** HALFWAY
    # Both are measured in turn, so that a slower processor is as slow for both.
    return all(most * seconds(run, short) < above_noise(seconds(run, long)) for _ in range(ROUNDS))


def above_noise(measured: float) -> float:
    return measured if measured > NOTICEABLE else 0


def least(run: Callable[[Any], object], written: Any) -> float:
    """Of several measurements, if the first is noticeable: other programs only add to the time."""
    first = seconds(run, written)
    return first if first <= NOTICEABLE else min(seconds(run, written) for _ in range(ROUNDS))


def seconds(run: Callable[[Any], object], written: Any) -> float:
    began = time.process_time()
    run(written)
    return time.process_time() - began
