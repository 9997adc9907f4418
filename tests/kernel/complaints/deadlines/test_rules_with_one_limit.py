"""The reason of a due time names the rule that gave the limit, also where several rules have the same limit."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.deadlines.because import explain
from chalicelib.complaints.filing import Filing, check
from chalicelib.complaints.trial.preview import AssumedEvent, preview
from chalicelib.kit.instants import from_text
from tests.kernel.complaints import small_procedure

FIVE, TEN = "5 working days", "10 working days"
OPEN, CLOSED = "2026-11-23T10:00:00+08:00", "2026-11-22T10:00:00+08:00"
"""A Monday morning, and a Sunday."""

OTHERS: dict[str, Any] = {
    "intake": {"channels": {"phone": {"en": "Phone"}, "letter": {"en": "Letter"}}},
    "tiers": [{"roles": "agent"}, {"roles": "manager"}],
    "stages": {"open": {"mark_unreachable": {"by": "agent"}, "decide": {"by": "agent", "to": "done"}}},
}


def rule(within: list[dict[str, Any]], channel: str, at: str) -> dict[str, list[str]]:
    """The conditions that the reason shows for a complaint that is filed then."""
    clock = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": within}
    policy = small_procedure.policy({"clocks": {"answer": clock}, **OTHERS})
    start = from_text(at)
    filing = check(policy, Filing(channel=channel, facts={}), start, complete=False)
    [run] = preview(policy, filing, [AssumedEvent("registered", start, {})], start).runs
    return explain(policy, run, "n").rule.when


@pytest.mark.parametrize(
    ("channel", "at", "when"),
    [
        ("phone", OPEN, {"channel": ["phone"], "hours": ["open"]}),
        ("phone", CLOSED, {"channel": ["phone"], "hours": ["closed"]}),
        ("letter", OPEN, {"channel": ["letter"], "hours": ["open"]}),
    ],
)
def test_of_rules_with_one_limit_that_of_the_hours_is_named(channel: str, at: str, when: dict[str, list[str]]) -> None:
    within = [
        {"when": {"channel": "phone", "hours": "open"}, "limit": FIVE},
        {"when": {"channel": "phone", "hours": "closed"}, "limit": TEN},
        {"when": {"channel": "letter", "hours": "open"}, "limit": TEN},
        {"when": {"channel": "letter", "hours": "closed"}, "limit": "11 working days"},
    ]

    assert rule(within, channel, at) == when


def test_rules_that_cannot_be_told_apart_are_named_by_what_both_allow() -> None:
    within = [
        {"when": {"channel": "phone", "reachable": "yes"}, "limit": FIVE},
        {"when": {"channel": "letter", "reachable": "yes"}, "limit": FIVE},
        {"when": {"reachable": "no"}, "limit": TEN},
    ]

    assert rule(within, "letter", OPEN) == {"channel": ["phone", "letter"], "reachable": ["yes"]}
