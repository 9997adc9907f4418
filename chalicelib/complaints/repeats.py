"""The same matter again (`intake.repeats`): which complaint about it this is. Fixed at filing; links can add to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.complaints.state import Changes, Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import ORDINALS, REPEAT
from chalicelib.policy.worktime import due_time

_ANSWERS = ("replied", "decided")
"""The first of these events ends the time in which links count."""
_WITHDRAWN = "withdrawn"


def check_used(policy: Policy, repeat: str, place: str) -> None:
    """Raises `Problem("invalid")` with the place for a repeat under a policy that counts none."""
    if policy.repeats is None and repeat != ORDINALS[0]:
        places = [Place(place, "is not used by this procedure")]
        raise Problem("invalid", "The complaint cannot be registered as it is.", places=places)


def is_over(policy: Policy, earlier: Complaint, now: Instant) -> bool:
    """Whether the time of `intake.repeats` from the registration of the earlier complaint is over.

    It is over at the instant of its end, as a clock is missed at it.
    """
    if policy.repeats is None:
        return True
    end = due_time(policy.calendar, policy.repeats, earlier.registered_at).due
    return end is not None and end <= now


def counts(earlier: Complaint) -> bool:
    """Whether the earlier complaint counts: it was not withdrawn, and is no duplicate."""
    return _WITHDRAWN not in earlier.seen and earlier.follows is None


def event_fields(repeat: str, earlier: Sequence[str]) -> dict[str, Any]:
    """What `registered` says."""
    return {REPEAT: repeat, **({"earlier": list(earlier)} if earlier else {})}


def at_filing(fields: Mapping[str, Any]) -> Changes:
    """`fields`: those of `registered`."""
    count = ORDINALS.index(fields[REPEAT]) + 1 if fields.get(REPEAT) in ORDINALS else 1
    return {"repeat": count, "earlier": fields.get("earlier", [])}


def linked(complaint: Complaint, to: Any) -> Changes:
    """A link as a repeat counts one, until the first answer."""
    known = set() if complaint.participation is None else complaint.participation.did.keys()
    answered = any(event in complaint.seen or event in known for event in _ANSWERS)
    return {"earlier": [*complaint.earlier, to], "repeat": complaint.repeat + (0 if answered else 1)}
