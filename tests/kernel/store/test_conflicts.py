"""Attempts that lost to another writer are repeated, up to a limit."""

from __future__ import annotations

import pytest

from chalicelib.kit.problem import Problem
from chalicelib.store.conflicts import ATTEMPTS, retry_on_conflict, retry_or_refuse
from chalicelib.store.port import CommitConflict, Unavailable


class Contended:
    """An attempt that fails with these errors first. `made`: the attempts so far."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        if self._errors:
            raise self._errors.pop(0)
        return "committed"


def conflicts(count: int) -> list[CommitConflict]:
    return [CommitConflict([place]) for place in range(count)]


def test_an_attempt_without_a_conflict_is_made_once() -> None:
    attempt = Contended()

    assert (retry_on_conflict(attempt), attempt.made) == ("committed", 1)


@pytest.mark.parametrize("lost", range(1, ATTEMPTS))
def test_after_each_conflict_the_attempt_is_repeated(lost: int) -> None:
    attempt = Contended(*conflicts(lost))

    assert (retry_on_conflict(attempt), attempt.made) == ("committed", lost + 1)


def test_the_last_conflict_is_raised_after_the_last_attempt() -> None:
    attempt = Contended(*conflicts(ATTEMPTS))

    with pytest.raises(CommitConflict) as lost:
        retry_on_conflict(attempt)

    assert (lost.value.positions, attempt.made) == ((ATTEMPTS - 1,), ATTEMPTS)


@pytest.mark.parametrize("error", [Unavailable(), Problem("act-not-open", "no"), ValueError()])
def test_other_errors_end_the_attempts(error: Exception) -> None:
    attempt = Contended(CommitConflict([]), error)

    with pytest.raises(type(error)) as raised:
        retry_or_refuse(attempt, "Others were faster.")

    assert (raised.value, attempt.made) == (error, 2)


def test_a_request_whose_attempts_all_lost_is_a_conflict() -> None:
    attempt = Contended(*conflicts(ATTEMPTS))

    with pytest.raises(Problem) as refused:
        retry_or_refuse(attempt, "Others were faster.")

    assert (refused.value.kind, refused.value.detail, attempt.made) == ("conflict", "Others were faster.", ATTEMPTS)


def test_a_request_that_lost_all_but_the_last_attempt_succeeds() -> None:
    assert retry_or_refuse(Contended(*conflicts(ATTEMPTS - 1)), "Others were faster.") == "committed"
