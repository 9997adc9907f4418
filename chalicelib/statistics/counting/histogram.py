"""Mergeable histograms of durations: logarithmic buckets, as in DDSketch (Masson, Rim, Lee 2019, section 2.1).

A quantile read from the buckets differs from the exact one by at most `RELATIVE_ERROR`, or by a minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log

from chalicelib.kit.instants import MINUTE

_GAMMA = 1.1
RELATIVE_ERROR = (_GAMMA - 1) / (_GAMMA + 1)
"""4.8 %."""


def bucket(duration: int) -> str:
    """The bucket of a duration in milliseconds; durations up to a minute have the bucket 0."""
    minutes = duration / MINUTE
    return "0" if minutes <= 1 else str(ceil(log(minutes, _GAMMA)))


def minutes_of(name: str) -> float:
    """The value that stands for all durations of the bucket, in minutes."""
    number = int(name)
    return 0.0 if number == 0 else float(2 * _GAMMA**number / (_GAMMA + 1))


def quantile(counted: Mapping[str, int], q: float) -> float | None:
    """The value below or at which a share `q` of the durations lies, in minutes. None without durations."""
    return None if sum(counted.values()) <= 0 else minutes_of(_at_share(counted, q))


def middle(counted: Mapping[str, int]) -> int:
    """The median of whole numbers, each with how often it occurs: below or at it lies half of them."""
    return int(_at_share(counted, 0.5))


def _at_share(counted: Mapping[str, int], q: float) -> str:
    total = sum(counted.values())
    rank, passed = max(ceil(q * total), 1), 0
    for name in sorted(counted, key=int):
        passed += counted[name]
        if passed >= rank:
            return name
    raise ValueError("a histogram with a negative count")
