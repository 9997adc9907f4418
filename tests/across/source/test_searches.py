"""What property tests leave out by day (`tests/helpers/searches.py`)."""

from __future__ import annotations

from hypothesis.internal.conjecture.providers import HypothesisProvider


def test_by_day_the_program_is_not_searched_for_constants() -> None:
    """Fails if a later Hypothesis asks another function for them."""
    assert len(HypothesisProvider(None)._local_constants) == 0
