"""Lines of a stage's guidance that are ticked off: they belong to that stage."""

from __future__ import annotations

from msgspec.structs import replace

from tests.kernel.complaints.small_procedure import Case, policy


def test_in_another_stage_no_line_is_ticked_off_yet() -> None:
    stages = {
        "open": {"reply": {"by": "agent"}, "decide": {"by": "agent", "to": "second"}},
        "second": {"close": {"by": ["agent", "manager"], "to": "done"}},
    }
    case = Case(policy({"stages": stages}))
    case.complaint = replace(case.complaint, ticked=["1"])
    assert case.act("reply").ticked == ["1"]
    assert case.act("decide").ticked == []
