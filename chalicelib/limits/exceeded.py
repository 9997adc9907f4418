"""Problems for exceeded limits. Each names the limit, its value, and the time until which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.kit.instants import SECOND, Instant, to_text
from chalicelib.kit.problem import Problem, Text

REQUEST_STEPS = 500_000
"""Counted steps (`policy.worktime.budget`) of one request, the check of a policy included: about a second."""
WAKE_STEPS = 200_000
"""For the due events of one complaint: about half a second, and some twenty transactions."""


class TooMuchWork(Problem):
    """The deadlines of a complaint need more steps than one request or wake-up may take, or more room than an item has.

    A filing and an act are not recorded then, and a due complaint is quarantined.
    """

    def __init__(self, detail: str | None = None) -> None:
        super().__init__("conflict", detail or Text("The complaint's deadlines need too much work to calculate."))


@contextmanager
def limited_work(steps: int) -> Iterator[None]:
    """Raises `TooMuchWork` if the work inside takes more steps, or more than the work around it may take."""
    from chalicelib.policy.worktime import Budget, BudgetExceeded, bounded  # the authorizer needs no calendars

    try:
        with bounded(Budget(steps)):
            yield
    except BudgetExceeded as exceeded:
        raise TooMuchWork from exceeded


def rate_exceeded(limit: str, most: int, until: Instant, real_now: Instant) -> Problem:
    """A rate of `most` requests per minute. `until`: real time from which requests are accepted again."""
    return too_many_requests(
        limit, most, Text("At most {most} requests per minute are accepted.", most=most), until, real_now
    )


def too_many_requests(limit: str, most: int, detail: str, until: Instant, real_now: Instant) -> Problem:
    """A limit that ends by itself. `until`: real time from which requests are accepted again."""
    seconds = max(1, -(-(until - real_now) // SECOND))
    extra = {"limit": limit, "most": most, "until": to_text(until), "retry_after": seconds}
    return Problem("too-many-requests", detail, extra=extra)


def check_quota(limit: str, used: int, most: int) -> None:
    """Raises `Problem("quota-exceeded")` if `used` has reached `most`. `limit`: the counted things, in the plural."""
    if used >= most:
        raise quota_exceeded(
            limit, most, Text("The organisation's plan allows {most} {limit}.", most=most, limit=limit)
        )


def quota_exceeded(limit: str, most: int, detail: str, until: Instant | None = None) -> Problem:
    """Returns the problem. `until`: when the quota is renewed; None if time does not renew it."""
    until_text = None if until is None else to_text(until)
    return Problem("quota-exceeded", detail, extra={"limit": limit, "most": most, "until": until_text})
