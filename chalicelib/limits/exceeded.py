"""What is answered where a limit is reached: which one, how much it allows, and until when."""

from __future__ import annotations

from chalicelib.instants import SECOND, Instant, to_text
from chalicelib.problem import Problem


def rate_exceeded(limit: str, most: int, until: Instant, real_now: Instant) -> Problem:
    """A rate's limit: `most` requests a minute, and again at `until` (real time)."""
    return too_many_requests(limit, most, f"At most {most} requests a minute are taken here.", until, real_now)


def too_many_requests(limit: str, most: int, detail: str, until: Instant, real_now: Instant) -> Problem:
    """Of what passes by itself, again at `until` (real time)."""
    seconds = max(1, -(-(until - real_now) // SECOND))
    extra = {"limit": limit, "most": most, "until": to_text(until), "retry_after": seconds}
    return Problem("too-many-requests", detail, extra=extra)


def check_quota(limit: str, have: int, most: int) -> None:
    """For what the organisation's snapshot counts. Raises `Problem("quota-exceeded")` where one more is too many."""
    if have >= most:
        raise quota_exceeded(limit, most, f"The organisation's plan allows {most} {limit}.")


def quota_exceeded(limit: str, most: int, detail: str, until: Instant | None = None) -> Problem:
    """A plan's limit. `until`: when there is room again by itself; None where somebody has to make some."""
    shown = None if until is None else to_text(until)
    return Problem("quota-exceeded", detail, extra={"limit": limit, "most": most, "until": shown})
