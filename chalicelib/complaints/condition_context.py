"""The values of a complaint that a policy's conditions can compare, as text by name."""

from __future__ import annotations

from chalicelib.complaints.state import Complaint
from chalicelib.policy.language.conditions import condition_value


def situation(complaint: Complaint) -> dict[str, str]:
    """`channel`, `severity`, `stage`, `unit` (yes or no), categories by dimension, flags, and the public facts.

    `reachable` is `yes` unless the complainant was marked unreachable.
    """
    return {
        **{key: condition_value(value) for key, value in complaint.facts.items()},
        **complaint.category,
        "reachable": "yes",
        **complaint.flags,
        "demand": "open" if complaint.demands else complaint.flags.get("demand", "none"),
        "channel": complaint.channel,
        "severity": complaint.severity or "none",
        "stage": complaint.stage,
        "unit": condition_value(complaint.unit is not None),
    }
