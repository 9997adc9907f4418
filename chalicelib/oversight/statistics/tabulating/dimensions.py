"""The value that a tuple has in a dimension of a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from chalicelib.oversight.statistics.counting.days import monday_of, week_of
from chalicelib.oversight.statistics.counting.series import COMMON, OTHER, SERIES, Tuple
from chalicelib.oversight.statistics.measures.measure import AGE
from chalicelib.oversight.statistics.question import CATEGORY, PERIODS

ValueOf = Callable[[Tuple, str], str]
"""Of a tuple and the civil day on which it counts."""
AGES = ((1, "0-1 weeks"), (4, "2-4 weeks"), (13, "5-13 weeks"), (26, "14-26 weeks"))
OLDEST = "over 26 weeks"


def value_of(series: str, dimension: str) -> ValueOf:
    if dimension in PERIODS:
        return {"day": _day, "week": _week, "month": _month}[dimension]
    if dimension.startswith(CATEGORY):
        return _of_category(dimension.removeprefix(CATEGORY))
    if dimension == AGE:
        return _age(index(series, "week"))
    at = index(series, dimension)
    return lambda key, _day: key[at]


def index(series: str, dimension: str) -> int:
    """The dimension's place in a tuple of the series."""
    return SERIES[series].index(dimension) + 1


def _day(_key: Tuple, day: str) -> str:
    return day


def _week(_key: Tuple, day: str) -> str:
    return week_of(day)


def _month(_key: Tuple, day: str) -> str:
    return day[:7]


def _of_category(name: str) -> ValueOf:
    at, begin = COMMON.index("category") + 1, f"{name}="

    def value(key: Tuple, _day: str) -> str:
        return next((one.removeprefix(begin) for one in key[at].split("&") if one.startswith(begin)), "")

    return value


def _age(at: int) -> ValueOf:
    def value(key: Tuple, day: str) -> str:
        if key[at] == OTHER:
            return OTHER
        weeks = (date.fromisoformat(day) - monday_of(key[at])).days // 7
        return next((name for most, name in AGES if weeks <= most), OLDEST)

    return value
