"""P9.4 `food-drug-administration`: two days are counted as Chinese law counts days (Civil Code, arts. 201 and 203)."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import bureau_in
from tests.clauses.world import InProcess


def in_time(day: str, filed_at: str) -> str:
    """What a filing at this local time is told of a matter that was known on this day."""
    bureau = bureau_in(InProcess(f"{filed_at}:00+08:00"))
    number = bureau.file(facts={"occurred_at": day, "knew_at": day})
    return str(bureau.complaint(number)["flags"]["in_time"])


@pytest.mark.parametrize(("at", "answer"), [("2026-11-25T23:59", "yes"), ("2026-11-26T00:00", "no")])
def test_p9_4_the_day_itself_is_not_counted_and_the_second_one_counts_to_its_end(at: str, answer: str) -> None:
    assert in_time("2026-11-23", at) == answer


@pytest.mark.parametrize(("at", "answer"), [("2026-11-30T23:59", "yes"), ("2026-12-01T00:00", "no")])
def test_p9_4_a_last_day_on_a_saturday_moves_to_monday(at: str, answer: str) -> None:
    assert in_time("2026-11-26", at) == answer


@pytest.mark.parametrize(("at", "answer"), [("2026-10-10T23:59", "yes"), ("2026-10-11T00:00", "no")])
def test_p9_4_a_saturday_that_is_a_swapped_working_day_is_a_last_day(at: str, answer: str) -> None:
    assert in_time("2026-10-08", at) == answer


@pytest.mark.parametrize(("at", "answer"), [("2026-02-24T23:59", "yes"), ("2026-02-25T00:00", "no")])
def test_p9_4_a_last_day_in_the_spring_festival_moves_to_the_day_after_it(at: str, answer: str) -> None:
    assert in_time("2026-02-13", at) == answer


@pytest.mark.parametrize(("at", "answer"), [("2026-12-01T23:59", "yes"), ("2026-12-02T00:00", "no")])
def test_p9_4_a_sunday_on_which_it_was_known_is_not_counted_either(at: str, answer: str) -> None:
    assert in_time("2026-11-29", at) == answer
