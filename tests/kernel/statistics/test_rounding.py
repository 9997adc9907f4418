"""Shares are rounded once, half up, from their exact value."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from chalicelib.statistics.tabulating.value import Ratio, half_up, percent


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"), [(1, 8, "12.5%"), (1, 16, "6.3%"), (3, 16, "18.8%"), (2, 3, "66.7%")]
)
def test_a_half_goes_up(numerator: int, denominator: int, expected: str) -> None:
    assert percent(numerator, denominator, 1) == expected


def test_a_percentage_is_not_rounded_from_a_rounded_share() -> None:
    """As a share of four places it is 0.6245, of which a percentage of one place would be 62.5 or 62.4."""
    assert (half_up(62_449, 100_000, 4), percent(62_449, 100_000, 1)) == (0.6245, "62.4%")


def test_every_small_share_is_that_of_decimal_arithmetic() -> None:
    exact = Decimal("0.0001")
    wrong = [
        (numerator, denominator)
        for denominator in range(1, 200)
        for numerator in range(denominator + 1)
        if half_up(numerator, denominator, 4)
        != float((Decimal(numerator) / denominator).quantize(exact, rounding=ROUND_HALF_UP))
    ]
    assert wrong == []


def test_a_share_of_nothing_is_none() -> None:
    assert Ratio(0, 0).share is None
