"""How long the policy keeps files (`intake.evidence_kept`)."""

from __future__ import annotations

from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import due, parse_limit


def until(policy: Policy, now: Instant) -> Instant | None:
    """The domain's time until which a file that is sealed now is kept; None: for as long as the organisation likes."""
    kept = policy.document.intake.evidence_kept
    return None if kept is None else due(policy.calendar, parse_limit(kept), now).due
