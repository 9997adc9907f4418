"""How often a threshold is reached depends on the times of the scores, not on the order of their delivery."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.complaints.units.scoring import new_openings, points_at
from chalicelib.complaints.units.unit import Opening, Score, split_openings, unsettled_scores
from tests.helpers.searches import searching

WINDOW = 30


def score(at: int, points: int = 1) -> Score:
    return Score(at, at + WINDOW, points)


def reached(scores: list[Score], threshold: int) -> list[Opening]:
    """All openings if the scores are delivered in this order."""
    held: list[Score] = []
    openings: list[Opening] = []
    opened: list[Opening] = []
    for one in scores:
        held = unsettled_scores([*held, one])
        for opening in new_openings(held, threshold, openings):
            over, still = split_openings(held, openings)
            openings = [*over[-1:], *still, opening]
            opened.append(opening)
    return opened


def by_hand(scores: list[Score], threshold: int) -> list[int]:
    """The times at which the threshold is reached, calculated from all scores at once."""
    found: list[int] = []
    for one in sorted(scores):
        enough = sum(other.points for other in scores if other.at <= one.at < other.until) >= threshold
        if enough and (not found or one.at >= found[-1] + WINDOW):
            found.append(one.at)
    return found


def test_points_count_from_their_event_until_their_window_is_over() -> None:
    scores = [score(10, 2), score(20)]

    assert [points_at(scores, at) for at in (9, 10, 20, 39, 40, 50)] == [0, 2, 3, 3, 1, 0]


def test_a_threshold_is_reached_once_within_a_window() -> None:
    assert [one.at for one in reached([score(at) for at in (0, 1, 2, 3, 31)], 3)] == [2]


def test_a_threshold_is_reached_again_after_the_window() -> None:
    assert [one.at for one in reached([score(at) for at in (0, 1, 2, 31, 32, 33)], 3)] == [2, 33]


def test_scores_before_the_window_do_not_count() -> None:
    assert reached([score(0), score(1), score(31)], 3) == []


def taken_back(one: Score, at: int) -> Score:
    return Score(at, one.until, -one.points)


def test_points_that_are_taken_back_count_until_then() -> None:
    scores = [score(10, 2), taken_back(score(10, 2), 20), score(30)]

    assert [points_at(scores, at) for at in (10, 19, 20, 30, 39, 40)] == [2, 2, 0, 1, 1, 1]


def test_a_threshold_is_not_reached_with_points_that_are_taken_back() -> None:
    assert reached([score(0, 2), taken_back(score(0, 2), 5), score(6)], 3) == []


def test_a_threshold_that_was_reached_stays_reached() -> None:
    assert [one.at for one in reached([score(0, 3), taken_back(score(0, 3), 5), score(6, 3)], 3)] == [0]


def test_a_replaced_score_reaches_the_threshold_for_its_own_window() -> None:
    assert reached([score(0, 2), taken_back(score(0, 2), 5), score(5, 3)], 3) == [Opening(5, 35)]


def test_points_are_forgotten_together_with_what_takes_them_back() -> None:
    held = unsettled_scores([score(0, 2), taken_back(score(0, 2), 5), score(40)])

    assert held == [score(40)]


instants = st.lists(st.integers(0, 150), min_size=1, max_size=40, unique=True)


@searching(300)
@given(instants, st.integers(1, 6), st.data())
def test_scores_in_order_of_time_match_a_simple_calculation(at: list[int], threshold: int, data: st.DataObject) -> None:
    scores = [score(one, data.draw(st.integers(1, 3))) for one in sorted(at)]

    assert [one.at for one in reached(scores, threshold)] == by_hand(scores, threshold)


@searching(200)
@given(st.lists(st.integers(0, WINDOW - 1), min_size=1, max_size=5, unique=True), st.integers(1, 5))
def test_the_order_of_delivery_of_scores_does_not_matter(at: list[int], threshold: int) -> None:
    scores = [score(one) for one in sorted(at)]
    often = len(by_hand(scores, threshold))

    assert {len(reached(list(order), threshold)) for order in permutations(scores)} == {often}


@searching(200)
@given(instants, st.integers(1, 4))
def test_the_stored_scores_do_not_grow_with_time(at: list[int], threshold: int) -> None:
    held: list[Score] = []
    for one in sorted(at):
        held = unsettled_scores([*held, score(one)])

    assert all(one.at > max(at) - 2 * WINDOW for one in held)
