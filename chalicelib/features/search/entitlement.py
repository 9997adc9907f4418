"""Whether an organisation's plan includes the search by words."""

from __future__ import annotations

from chalicelib.limits import plans
from chalicelib.wiring import Wiring


def has_search(wiring: Wiring, tenant: str) -> bool:
    """By the plan of the last 60 seconds."""
    wiring.states.state(tenant)
    return plans.of(wiring.states.plan(tenant)).search
