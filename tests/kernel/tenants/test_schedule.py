"""The schedule of policy versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.tenants.organisation import Scheduled, applicable, with_version
from tests.helpers.searches import searching


def test_the_version_that_took_effect_last_applies() -> None:
    schedule = [Scheduled("1", 0), Scheduled("2", 10)]
    assert [applicable(schedule, now) for now in (0, 9, 10, 11)] == ["1", "1", "2", "2"]


def test_of_two_versions_at_one_instant_the_later_published_applies() -> None:
    assert applicable([Scheduled("1", 0), Scheduled("2", 5), Scheduled("3", 5)], 5) == "3"


def test_an_upcoming_version_replaces_one_published_in_the_meantime() -> None:
    schedule = [Scheduled("1", 0), Scheduled("2", 10), Scheduled("3", 5)]
    assert [applicable(schedule, now) for now in (5, 10)] == ["3", "2"]


def test_before_all_scheduled_versions_the_earliest_applies() -> None:
    schedule = with_version([Scheduled("1", 0)], Scheduled("2", 5), 5)
    assert applicable(schedule, 4) == "2"


def test_without_any_version_none_applies() -> None:
    with pytest.raises(ValueError, match="no policy version"):
        applicable([], 4)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=12), st.integers(0, 200))
@searching(200)
def test_dropping_outdated_versions_changes_no_result(steps: list[tuple[int, int]], later: int) -> None:
    kept = whole = [Scheduled("0", 0)]
    now = 0
    for number, (passed, ahead) in enumerate(steps, 1):
        now += passed
        new = Scheduled(str(number), now + ahead)
        kept, whole = with_version(kept, new, now), [*whole, new]
    assert applicable(kept, now + later) == applicable(whole, now + later)


@given(st.integers(1, 30))
@searching(30)
def test_versions_that_apply_at_once_leave_one_in_the_schedule(count: int) -> None:
    schedule = [Scheduled("0", 0)]
    for number in range(count):
        schedule = with_version(schedule, Scheduled(str(number), number), number)
    assert len(schedule) == 1
