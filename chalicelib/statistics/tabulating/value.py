"""The values of an answer."""

from __future__ import annotations

import msgspec

from chalicelib.statistics.counting.series import THOUSAND


class Ratio(msgspec.Struct, frozen=True):
    """A share: `numerator` of `denominator`. The denominator can be 0, and in a short period smaller."""

    numerator: int
    denominator: int


class Times(msgspec.Struct, frozen=True):
    """Working time in minutes, with the relative error of `histogram.RELATIVE_ERROR`. None without any."""

    count: int
    median: float | None
    p90: float | None


class Sum(msgspec.Struct, frozen=True):
    """Amounts of money, or hours, added up in thousandths."""

    thousandths: int

    @property
    def total(self) -> float:
        return self.thousandths / THOUSAND


Value = int | Ratio | Times | Sum
