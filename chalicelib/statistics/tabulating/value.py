"""The values of an answer."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.statistics.counting.series import THOUSAND


def half_up(numerator: int, denominator: int, places: int) -> float:
    """The quotient, rounded once from its exact value. `round` rounds a binary fraction, and a half to even."""
    scale: int = 10**places
    return (2 * numerator * scale + denominator) // (2 * denominator) / scale


def percent(numerator: int, denominator: int, places: int) -> str:
    """Such as `66.7%`."""
    return f"{half_up(100 * numerator, denominator, places):.{places}f}%"


class Ratio(msgspec.Struct, frozen=True):
    """A share: `numerator` of `denominator`. The denominator can be 0, and in a short period smaller."""

    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        return half_up(self.numerator, self.denominator, 4) if self.denominator else None


class Times(msgspec.Struct, frozen=True):
    """Working time in minutes, with the relative error of `histogram.RELATIVE_ERROR`. None without any."""

    count: int
    median: float | None
    p90: float | None
    took: Mapping[int, int] = {}
    """How many took so many working days, for times that can be compared with marks."""

    def within(self, days: int) -> Ratio:
        """Those that took at most so many working days."""
        return Ratio(sum(number for took, number in self.took.items() if took <= days), self.count)


class Amounts(msgspec.Struct, frozen=True):
    """Amounts of money: their number, their sum in thousandths, and their median, which has three digits."""

    count: int
    thousandths: int
    median: float | None

    @property
    def total(self) -> float:
        return self.thousandths / THOUSAND


class PerThousand(msgspec.Struct, frozen=True):
    """A number per 1,000 of another one, a month. `of`: the sum over the months; None without one, for the `reason`."""

    count: int
    of: float | None
    reason: str = ""

    @property
    def per_1000(self) -> float | None:
        return None if self.of is None else round(1000 * self.count / self.of, 4)


class Sum(msgspec.Struct, frozen=True):
    """Amounts of money, or hours, added up in thousandths."""

    thousandths: int

    @property
    def total(self) -> float:
        return self.thousandths / THOUSAND


Value = int | Ratio | Times | Sum | Amounts | PerThousand
