"""The one place where what was raised becomes the problem that is answered."""

from __future__ import annotations

from chalicelib.http import problems
from chalicelib.problem import Problem
from chalicelib.store.port import Lost, Unavailable


def as_problem(error: Exception) -> Problem:
    """Everything unforeseen is `internal`, and says nothing of its cause."""
    if isinstance(error, Problem) and error.kind in problems.TABLE:
        return error
    if isinstance(error, Unavailable | Lost):
        return Problem("unavailable", "The store did not answer in time. Repeat the request.")
    return Problem("internal", "Something went wrong on our side.")
