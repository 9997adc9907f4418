"""Practice organisations: copies of an organisation's procedure in which nothing is real, and which nothing leaves.

`features.practice` starts them and holds back what they would send. Their mark is their id (`names.is_practice`), which
a process knows without a read.
"""

from __future__ import annotations

from chalicelib.kit.instants import DAY
from chalicelib.kit.problem import Problem
from chalicelib.tenants import names

LASTS = 7 * DAY
"""Domain time from its start until it is erased."""
MOST = 5
"""Of one organisation at a time, each of another person."""
MOST_A_WEEK = 20
"""Starts of one organisation within `LASTS`, also of those that have ended: each one leaves a statement for good."""


def refuse(tenant: str) -> None:
    """Raises `Problem("practice")` in a practice organisation. For what would leave it and has no copy to look at."""
    if names.is_practice(tenant):
        raise Problem("practice", "This is a practice organisation. Nothing leaves it, and no person is invited to it.")
