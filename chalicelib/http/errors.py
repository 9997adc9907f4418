"""The one place where what was raised becomes the problem that is answered."""

from __future__ import annotations

from chalicelib.crypto.data_keys import KeyGone
from chalicelib.http import problems
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.ports import NotReached
from chalicelib.problem import Place, Problem
from chalicelib.store.port import CommitConflict, Unavailable


def problem_from(error: Exception) -> Problem:
    """Everything unforeseen is `internal`, and says nothing of its cause."""
    if isinstance(error, Problem) and error.kind in problems.PROBLEM_TYPES:
        return error
    if isinstance(error, Unavailable | CommitConflict):
        return Problem("unavailable", "The store did not answer in time. Repeat the request.")
    if isinstance(error, NotReached):
        return Problem("unavailable", "A mail could not be sent now. Repeat the request.")
    if isinstance(error, KeyGone):
        return Problem("tenant-unknown", "The organisation has left, and what it held cannot be read any more.")
    if isinstance(error, PolicyFault):
        places = [Place(fault.pointer, fault.message) for fault in error.faults]
        return Problem("policy-invalid", "The document is no policy.", places=places)
    return Problem("internal", "Something went wrong on our side.")
