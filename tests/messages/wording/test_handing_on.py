"""A message that a complaint was handed on asks for work only where its reader has some."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.complaints.small_procedure import Case, policy

HANDLING = {"decide": {"by": "manager", "to": "done"}}


def told(stage_after: dict[str, Any], act: dict[str, Any]) -> list[tuple[list[str], str]]:
    """The recipients and the wording of each message about the act."""
    passing = {"forward": {"by": "agent", "to": "passed_on", **act}, "decide": {"by": "agent", "to": "done"}}
    stages = {"open": passing, "passed_on": stage_after}
    case = Case(policy({"stages": stages}))
    before = len(case.drafts)
    case.act("forward")
    return [(one.fields["to"], one.fields["wording"]) for one in case.drafts[before:] if one.type == "notified"]


@pytest.mark.parametrize(
    ("stage", "wording"),
    [
        ({**HANDLING, "name": {"en": "Passed on"}}, "forwarded"),
        ({"name": {"en": "The end"}}, "forwarded_without_work"),
        ({"name": {"en": "The end"}, "reopen": {"by": "manager", "to": "open"}}, "forwarded_without_work"),
    ],
)
def test_a_forward_to_an_end_asks_no_reader_to_handle_it(stage: dict[str, Any], wording: str) -> None:
    assert told(stage, {"tells": "manager"}) == [(["manager"], wording)]


def test_those_with_work_and_those_without_read_different_texts() -> None:
    stage = {**HANDLING, "name": {"en": "Passed on"}}

    assert told(stage, {"tells": {"to": ["agent", "manager", "complainant"]}}) == [
        (["agent"], "forwarded_without_work"),
        (["manager", "complainant"], "forwarded"),
    ]
