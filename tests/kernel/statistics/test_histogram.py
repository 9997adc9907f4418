"""Quantiles of a histogram lie within the stated error of the exact ones, however the durations were merged."""

from __future__ import annotations

from collections import Counter
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.instants import DAY, MINUTE
from chalicelib.statistics.counting.histogram import RELATIVE_ERROR, bucket, quantile
from tests.helpers.searches import searching

many = searching(150)
durations = st.lists(st.integers(0, 4000 * DAY), min_size=1, max_size=60)


@many
@given(durations, durations, st.sampled_from([0.01, 0.5, 0.9, 1.0]))
def test_a_quantile_of_merged_histograms_is_within_the_error(first: list[int], second: list[int], q: float) -> None:
    merged = Counter(map(bucket, first)) + Counter(map(bucket, second))
    exact = sorted([*first, *second])[max(ceil(q * (len(first) + len(second))), 1) - 1] / MINUTE
    assert quantile(merged, q) == pytest.approx(exact, rel=RELATIVE_ERROR + 1e-9, abs=1)


def test_a_histogram_without_durations_has_no_quantile() -> None:
    assert quantile({}, 0.5) is None
    assert quantile({"3": 1, "4": -1}, 0.5) is None


def test_more_than_a_minute_has_a_bucket_of_its_own() -> None:
    assert (bucket(0), bucket(MINUTE), bucket(MINUTE + 1)) == ("0", "0", "1")
