"""Funnel limits: by chance, hardly any unit lies outside; a unit that cheats does."""

from __future__ import annotations

import random
from math import comb

import pytest

from chalicelib.statistics.indicators import limits, places
from chalicelib.statistics.tabulating.value import Ratio


def probability(cases: int, share: float, first: int, last: int) -> float:
    return sum(comb(cases, count) * share**count * (1 - share) ** (cases - count) for count in range(first, last + 1))


@pytest.mark.parametrize("cases", [1, 2, 7, 40, 333])
@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.93])
def test_the_limits_are_the_smallest_that_contain_what_chance_makes(cases: int, share: float) -> None:
    found = limits(cases, share)
    for low, high, tail in ((found.low_95, found.high_95, 0.025), (found.low_99_8, found.high_99_8, 0.001)):
        above, below = probability(cases, share, high + 1, cases), probability(cases, share, 0, low - 1)
        assert (above <= tail + 1e-9, below <= tail + 1e-9) == (True, True)
        assert high == 0 or probability(cases, share, high, cases) > tail - 1e-9
        assert probability(cases, share, 0, low) > tail - 1e-9


def test_a_large_unit_has_nearly_the_exact_limits() -> None:
    just, over = limits(5_000, 0.2), limits(5_001, 0.2)
    assert [
        abs(a - b) <= 2 for a, b in zip((just.low_95, just.high_99_8), (over.low_95, over.high_99_8), strict=True)
    ] == [
        True,
        True,
    ]


def test_small_units_are_not_flagged_by_chance() -> None:
    """A thousand units with 1 to 12 cases each, all alike: at most 5 % lie outside, and none beyond the outer limits
    except by a chance of 1 in 500."""
    draw = random.Random(1)
    sizes = [draw.randint(1, 12) for _ in range(1000)]
    shares = {f"u{at}": Ratio(sum(draw.random() < 0.3 for _ in range(size)), size) for at, size in enumerate(sizes)}
    found = list(places(shares).values())
    outside = sum(one != "within" for one in found)
    assert (outside <= 50, sum(one.endswith("99_8") for one in found) <= 5) == (True, True)


def test_a_unit_that_differs_is_flagged_when_it_is_large_enough() -> None:
    alike = {f"u{at}": Ratio(20, 200) for at in range(20)}
    found = places(
        {**alike, "cheats": Ratio(60, 200), "tiny": Ratio(1, 2), "never": Ratio(0, 200), "empty": Ratio(0, 0)}
    )
    assert (found["cheats"], found["tiny"], found["never"], "empty" in found, found["u1"]) == (
        "above_99_8",
        "within",
        "below_99_8",
        False,
        "within",
    )


def test_without_any_case_or_with_nothing_else_no_unit_differs() -> None:
    assert places({"a": Ratio(0, 9), "b": Ratio(0, 2)}) == {"a": "within", "b": "within"}
    assert places({"a": Ratio(9, 9), "b": Ratio(2, 2)}) == {"a": "within", "b": "within"}
