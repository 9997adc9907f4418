"""Faults about who complains, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.faulty import GOOD

WHO = {"zh": "谁", "holder": "complainant"}
IDENTITY: dict[str, tuple[str, Any, str, str]] = {
    "a subject that says who complains": (
        "intake",
        {**GOOD["intake"], "facts": {**GOOD["intake"]["facts"], "who": WHO}, "subject": "who"},
        "intake/subject",
        "subject-identity",
    ),
    "identity shown to a role that is none": (
        "confidentiality",
        {"complainant": ["ann", "eve"]},
        "confidentiality/complainant",
        "no-role",
    ),
    "identity shown to the respondent": (
        "confidentiality",
        {"complainant": "respondent"},
        "confidentiality/complainant",
        "never-sees",
    ),
}
