"""Exact confidence limits of 95 % for shares, and for the ratio of two rates.

Shares: Clopper and Pearson (1934). Rates are counts of events that happen independently of each other; given their sum,
the first count has a binomial distribution (Przyborowski and Wilenski 1940), so the limits of its share give those of
the ratio. Exact limits never cover less than 95 %, also for small counts.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p
from typing import NamedTuple

TAIL = 0.025
"""The chance that a limit is passed on its side."""
_BISECTIONS = 60
_TERMS = 1_000
_TINY = 1e-300
_CLOSE = 1e-13


class Interval(NamedTuple):
    low: float
    high: float


class Rate(NamedTuple):
    """`exposure`: the days or the complaints among which they happened."""

    events: int
    exposure: float


def share(part: int, whole: int) -> Interval:
    """The limits of the share `part` of `whole`. 0 and 1 for nothing."""
    low = 0.0 if part == 0 else _where(lambda p: incomplete_beta(part, whole - part + 1, p), TAIL)
    high = 1.0 if part == whole else _where(lambda p: incomplete_beta(part + 1, whole - part, p), 1 - TAIL)
    return Interval(low, high)


def ratio(after: Rate, before: Rate) -> Interval:
    """The limits of the rate `after`, divided by the rate `before`."""
    low, high = share(after.events, after.events + before.events)
    scale = before.exposure / after.exposure
    return Interval(_odds(low) * scale, _odds(high) * scale)


def _odds(part: float) -> float:
    return inf if part >= 1 else part / (1 - part)


def _where(rising: Callable[[float], float], value: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < value else (low, middle)
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function (DLMF 8.17.22): the chance of at least `a` of `a + b - 1` events."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges faster for the other side
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction, by the method of Lentz (1976)."""
    c, d = 1.0, 1 / _no_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _no_zero(1 + term * d)
            c = _no_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _no_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
