"""What a complaint needs and a newer version lacks, as a person reads it who switches the complaint."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.state import Complaint, Demand, OwedTask, PendingProposal
from chalicelib.complaints.switching.gaps import gaps
from tests.kernel.complaints.small_procedure import policy

STAFF = ["agent", "manager"]
SEVERITY = {"classes": {"low": {"en": "Low"}, "middle": {"en": "Middle"}}}
CLERK = {"people": {"clerk": {"en": "Clerk"}}, "stages": {"open": {"decide": {"by": [*STAFF, "clerk"], "to": "done"}}}}
OLD = policy(CLERK)
NEW = policy({"severity": SEVERITY, "stages": {"open": {"decide": {"by": STAFF, "to": "done"}}}})
FITTING = Complaint(
    number="202611-000001", head="", policy="1", calendar="", stage="open", channel="phone", severity="low"
)
ROLE = [("/to", "lacks the role `clerk`, which the complaint needs")]
TASK = [("/to", "lacks the task `call`, which the complaint needs")]


def missing(stages: dict[str, str] | None = None, **of_the_complaint: Any) -> list[tuple[str, str]]:
    complaint = replace(FITTING, **of_the_complaint)
    return [(one.pointer, one.detail) for one in gaps(OLD, NEW, complaint, complaint.stage, stages or {})]


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ({}, []),
        ({"assigned": {"clerk": ["sub-ann"]}}, ROLE),
        ({"assigned": {"gone": ["sub-ann"]}}, []),
        ({"demands": {"2": Demand("clerk", ["photo"], every=False, due=None)}}, ROLE),
        ({"demands": {"2": Demand("complainant", ["photo"], every=False, due=None)}}, []),
        ({"proposals": {"2": PendingProposal("decide", "sub-ann", ["clerk"])}}, ROLE),
        ({"flags": {"routed": "clerk"}}, ROLE),
        ({"tasks": {"2": OwedTask("call", "clerk", 0)}}, [*ROLE, *TASK]),
        ({"proposals": {"2": PendingProposal("decide", "sub-ann", ["manager"], "call")}}, TASK),
        ({"channel": "form"}, [("/to", "the newer version has no channel `form`")]),
        ({"severity": "high"}, [("/to", "the newer version has no class `high`")]),
        ({"severity": None}, [("/to", "the newer version has classes, and the complaint is in none")]),
        ({"flags": {"fine": "yes"}}, [("/to", "the newer version has no flag `fine` of the value `yes`")]),
        ({"flags": {"in_time": "none", "reachable": "no", "demand": "answered"}}, []),
        ({"stage": "gone"}, [("/stages/gone", "this stage no longer exists; map it to one of: open, done")]),
    ],
)
def test_a_newer_version_has_every_part_that_the_complaint_needs(
    complaint: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert missing(**complaint) == expected


def test_a_map_of_stages_names_stages_of_both_versions() -> None:
    assert missing({"gone": "open", "open": "gone", "done": "done"}) == [
        ("/stages/gone", f"is not a stage of version {OLD.version}"),
        ("/stages/open", "must be one of: open, done"),
    ]
