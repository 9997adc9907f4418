"""Practice organisations: copies of an organisation's procedure in which nothing is real, and which nothing leaves.

`features.practice` starts them and holds back what they would send. The mark is in the directory, where every process
reads it before it sends, and in the organisation, whose pages say so.
"""

from __future__ import annotations

from chalicelib.kit.instants import DAY
from chalicelib.kit.problem import Problem
from chalicelib.ports import TenantStates

LASTS = 7 * DAY
"""Domain time from its start until it is erased."""
MOST = 2
"""Of one organisation at a time."""
PREFIX = "practice-"
"""Of the ids of practice organisations. An id that begins with it can be that of another organisation, too."""


def refuse(states: TenantStates, tenant: str) -> None:
    """Raises `Problem("practice")` in a practice organisation. For what would leave it and has no copy to look at."""
    if states.is_practice(tenant):
        raise Problem("practice", "This is a practice organisation. Nothing leaves it, and no person is invited to it.")
