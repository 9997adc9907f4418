"""Faults of what comes again and again, or never does, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.faulty import GOOD


def matter(same: Any = "subject", within: Any = "2 calendar years") -> dict[str, Any]:
    return {**GOOD["intake"], "subject": "content", "repeats": {"same": same, "within": within}}


_SAME, _WITHIN = "intake/repeats/same", "intake/repeats/within"
REPEATS: dict[str, tuple[str, Any, str, str]] = {
    "the same weather": ("intake", matter("weather"), _SAME, "wrong-kind"),
    "the same nothing": ("intake", matter([]), _SAME, "repeats-of-nothing"),
    "the same complainant without a fact": ("intake", matter("complainant"), _SAME, "repeats-without-fact"),
    "the same subject without a fact": (
        "intake/repeats",
        {"same": "subject", "within": "1 month"},
        _SAME,
        "repeats-without-fact",
    ),
    "a repeat within a while": ("intake", matter(within="a while"), _WITHIN, "no-limit"),
    "a repeat at any time": ("intake", matter(within="none"), _WITHIN, "repeats-for-ever"),
    "a repeat without a time": ("intake/repeats", {"same": "subject"}, _WITHIN, "missing"),
    "a repeat that nothing counts": (
        "stages/open/promise/when",
        {"repeat": "second"},
        "stages/open/promise/when/repeat",
        "no-condition",
    ),
    "a repeat for the fourth time": (
        "intake",
        {**matter(), "refusals": {"late": {"zh": "超期", "when": {"repeat": ["third", "fourth"]}}}},
        "intake/refusals/late/when/repeat",
        "no-value",
    ),
    "a repeat by its number": (
        "intake",
        {**matter(), "refusals": {"late": {"zh": "超期", "when": {"repeat": 2}}}},
        "intake/refusals/late/when/repeat",
        "wrong-kind",
    ),
    "a ground that needs a number": ("intake/refusals/late/needs", 7, "intake/refusals/late/needs", "wrong-kind"),
    "a ground that needs two fields, of which one is none": (
        "intake/refusals/late/needs",
        ["verdict", "stars"],
        "intake/refusals/late/needs",
        "no-field",
    ),
    "filed by no role": (
        "stages/open/promise/when",
        {"filed_by": "eve"},
        "stages/open/promise/when/filed_by",
        "no-value",
    ),
    "filed by the respondent": (
        "intake/refusals/late/when",
        {"filed_by": ["respondent", "ann"]},
        "intake/refusals/late/when/filed_by",
        "no-value",
    ),
    "filed by a role that files on no channel": (
        "intake",
        {
            **GOOD["intake"],
            "filed_by": {"phone": "ann", "letter": "ann"},
            "refusals": {"late": {"zh": "超期", "when": {"filed_by": "bob"}}},
        },
        "intake/refusals/late/when/filed_by",
        "no-value",
    ),
    "limits of those who file without the others": (
        "clocks/decision/within",
        [{"when": {"filed_by": ["ann", "bob"]}, "limit": "5 working days"}],
        "clocks/decision/within",
        "no-limit-for-case",
    ),
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
