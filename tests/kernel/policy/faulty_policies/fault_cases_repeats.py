"""Faults of what comes again and again, or never does, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

REPEATS: dict[str, tuple[str, Any, str, str]] = {
    "an alarm that is repeated soon": ("tiers/1/again", "soon", "tiers/1/again", "no-limit"),
    "an alarm that is repeated at every second": ("tiers/1/again", "1 second", "tiers/1/again", "repeats-too-often"),
    "an alarm that is repeated within an hour of work": (
        "tiers/1/again",
        "59 working minutes",
        "tiers/1/again",
        "repeats-too-often",
    ),
    "an alarm that is never repeated": ("tiers/1/again", "none", "tiers/1/again", "never-again"),
    "a tier that keeps the alarm to itself": ("tiers/0/within", "none", "tiers/0/within", "tier-without-end"),
    "a top tier that is never reminded": ("tiers/1/within", "none", "tiers/1/within", "tier-without-end"),
    "a lower tier that repeats its alarm": ("tiers/0/again", "1 day", "tiers/0/again", "again-below-top"),
    "a task that comes again within the hour": (
        "tasks/report",
        {"zh": "x", "on": "classified", "for": "bob", "every": "30 minutes", "until": "decided"},
        "tasks/report/every",
        "repeats-too-often",
    ),
    "a task that is to come again and never does": (
        "tasks/report",
        {"zh": "x", "on": "classified", "for": "bob", "every": "none", "until": "decided"},
        "tasks/report/every",
        "never-again",
    ),
    "an escalation that starts its own clock again and again": (
        "clocks/promised",
        {"from": "escalated", "until": "decided", "within": "59 minutes"},
        "clocks/promised/within",
        "repeats-too-often",
    ),
    "an escalation that starts its own clock at once": (
        "clocks/promised",
        {"from": ["promised", "escalated"], "until": "decided", "stated": "until"},
        "clocks/promised/stated",
        "starts-again-at-once",
    ),
    "a task that is to be approved each month": (
        "tasks/report",
        {"zh": "x", "for": "bob", "approval": "ann", "monthly": {"day": 1, "due_day": 4, "stages": ["open"]}},
        "tasks/report/approval",
        "approved-again",
    ),
    "a task that never ends": ("tasks/report/every", "1 week", "tasks/report/every", "never-ends"),
}
