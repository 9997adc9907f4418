"""Exact confidence limits, compared with sums of probabilities and with published values."""

from __future__ import annotations

from math import comb, inf

import pytest

from chalicelib.features.analysis import intervals
from chalicelib.features.analysis.intervals import Rate


def at_least(part: int, whole: int, chance: float) -> float:
    """The chance of at least `part` of `whole`, summed up."""
    return sum(comb(whole, k) * chance**k * (1 - chance) ** (whole - k) for k in range(part, whole + 1))


@pytest.mark.parametrize(("part", "whole"), [(1, 1), (1, 10), (5, 10), (9, 10), (3, 200), (150, 200), (400, 800)])
@pytest.mark.parametrize("chance", [0.001, 0.05, 0.5, 0.93])
def test_the_beta_function_is_the_sum_of_the_binomial_distribution(part: int, whole: int, chance: float) -> None:
    found = intervals.incomplete_beta(part, whole - part + 1, chance)

    assert found == pytest.approx(at_least(part, whole, chance), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.30850), (5, 10, 0.18709, 0.81291), (10, 10, 0.69150, 1.0), (1, 100, 0.00025, 0.05446)],
)
def test_limits_of_a_share(part: int, whole: int, low: float, high: float) -> None:
    """Clopper and Pearson."""
    assert intervals.share(part, whole) == pytest.approx((low, high), abs=5e-6)


def test_each_limit_leaves_two_and_a_half_percent_outside() -> None:
    low, high = intervals.share(30, 900)

    assert at_least(30, 900, low) == pytest.approx(0.025, rel=1e-6)
    assert 1 - at_least(31, 900, high) == pytest.approx(0.025, rel=1e-6)


def test_nothing_is_known_of_a_share_of_nothing() -> None:
    assert intervals.share(0, 0) == (0.0, 1.0)


def test_limits_of_the_ratio_of_two_rates() -> None:
    """20 of 30 events: the share's limits are 0.4719 and 0.8271, and the ratio's are their odds."""
    assert intervals.ratio(Rate(20, 30), Rate(10, 30)) == pytest.approx((0.8934, 4.7850), abs=2e-3)


def test_the_exposures_scale_the_ratio() -> None:
    same = intervals.ratio(Rate(20, 30), Rate(10, 30))

    twice = intervals.ratio(Rate(20, 60), Rate(10, 30))

    assert twice == pytest.approx((same.low / 2, same.high / 2))


def test_without_events_before_the_ratio_has_no_upper_limit() -> None:
    found = intervals.ratio(Rate(4, 30), Rate(0, 30))

    assert found.high == inf
    assert 0 < found.low < 1
