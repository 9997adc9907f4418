"""Switching a complaint to a newer version: its clocks, its stage, and the parts that must exist (P1.9)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.runs import CANCELLED, MISSED, PAUSED, RUNNING
from chalicelib.complaints.state import OwedTask
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.amended import V1, Amend, Life, at, dues, limit, version


def _without(*path: str) -> Amend:
    def amend(document: dict[str, Any]) -> None:
        *way, last = path
        for step in way:
            document = document[step]
        del document[last]

    return amend


def _places(life: Life, new: Any, **terms: Any) -> list[str]:
    with pytest.raises(Problem) as refused:
        life.plan(new, **terms)
    return [place.pointer for place in refused.value.places]


# ---- clocks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hours", "effect"), [("6 hours", 6, "earlier"), ("24 hours", 24, "same"), ("48 hours", 48, "later")]
)
def test_a_running_clock_continues_from_its_own_start(text: str, hours: int, effect: str) -> None:
    assert dues(Life().plan(version(2, limit(text)))) == {"decision": (to_text(at(hours)), effect)}


@pytest.mark.parametrize(("opens", "hours"), [("09:00", 6), ("09:01", 48)])
def test_the_new_calendar_says_whether_the_clock_started_in_open_hours(opens: str, hours: int) -> None:
    def by_hours(document: dict[str, Any]) -> None:
        document["calendar"]["hours"] = {"mon-fri": [f"{opens}-18:00"]}
        document["clocks"]["decision"]["within"] = [
            {"when": {"hours": "open"}, "limit": "6 hours"},
            {"when": {"hours": "closed"}, "limit": "48 hours"},
        ]

    [run] = Life().plan(version(2, by_hours)).runs
    assert (run.due, run.hours) == (at(hours), "open" if hours == 6 else "closed")


def test_the_new_calendar_applies() -> None:
    def saturdays(document: dict[str, Any]) -> None:
        document["calendar"]["hours"] = {"mon-sat": ["09:00-18:00"]}
        document["clocks"]["decision"]["within"] = "10 working hours"

    assert dues(Life().plan(version(2, saturdays)))["decision"][0] == "2026-11-28T02:00:00.000Z"


def test_a_clock_that_the_new_version_lacks_is_cancelled() -> None:
    after = Life().switch(version(2, _without("clocks", "decision")))
    assert after.runs == []


def test_a_clock_that_the_new_version_sets_no_limit_for_is_cancelled() -> None:
    plan = Life().plan(version(2, limit("none")))
    assert [(run.state, run.ended) for run in plan.runs] == [(CANCELLED, at(1))]


def test_a_paused_clock_stays_paused_and_is_compared_as_if_it_resumed() -> None:
    life = Life()
    life.act("park", after=1)
    plan = life.plan(version(2, limit("6 hours")), hours=3)
    assert [(run.state, run.due, run.pauses) for run in plan.runs] == [(PAUSED, None, [[at(1), None]])]
    assert [change.effect for change in plan.changes] == ["earlier"]


def test_a_stage_that_pauses_no_longer_resumes_the_clock() -> None:
    life = Life()
    life.act("park", after=1)
    (run,) = life.plan(version(2, _without("clocks", "decision", "paused_in")), hours=3).runs
    assert (run.state, run.due, run.pauses) == (RUNNING, at(26), [[at(1), at(3)]])


def test_a_missed_run_stays_missed_and_is_explained_by_its_own_version() -> None:
    life = Life()
    life.wait(25)
    (run,) = life.plan(version(2, limit("6 hours")), hours=25).runs
    assert (run.state, run.due, run.under, run.open) == (MISSED, at(24), "1", True)


def test_a_missed_run_of_a_clock_that_the_new_version_lacks_ends_as_missed() -> None:
    life = Life()
    life.wait(25)
    (run,) = life.plan(version(2, _without("clocks", "decision")), hours=25).runs
    assert (run.state, run.open) == (MISSED, False)


def test_the_new_versions_limit_can_be_missed() -> None:
    new = version(2, limit("6 hours"))
    flow = Flow(new, Life().switch(new))
    advance(flow, at(6))
    assert [draft.type for draft in flow.drafts] == ["missed", "escalated", "notified"]


# ---- due times in the past ----------------------------------------------------------------------------------------


def test_a_due_time_in_the_past_is_a_breach() -> None:
    plan = Life().plan(version(2, limit("6 hours")), hours=7)
    assert plan.breaches == ["decision"]
    with pytest.raises(Problem) as refused:
        switching.refuse_breaches(plan, SwitchTerms())
    assert refused.value.extra == {"breaches": ["decision"]}


def test_an_accepted_breach_is_due_at_the_change_and_missed() -> None:
    new = version(2, limit("6 hours"))
    flow = Flow(new, Life().switch(new, hours=7, accept_breaches=True))
    advance(flow, at(7))
    assert next((draft.type, draft.at) for draft in flow.drafts) == ("missed", at(7))


# ---- clocks that only the new version has -------------------------------------------------------------------------


def _first_reply(document: dict[str, Any]) -> None:
    document["clocks"]["first_look"] = {
        "from": "registered",
        "until": "inspected",
        "within": "8 hours",
        "paused_in": "parked",
    }


def test_a_new_clock_waits_for_its_next_event() -> None:
    assert "first_look" not in dues(Life().plan(version(2, _first_reply)))


def test_a_new_clock_starts_from_a_past_event_on_request() -> None:
    plan = Life().plan(version(2, _first_reply), start_new_clocks=True)
    assert dues(plan)["first_look"] == (to_text(at(8)), "started")


def test_a_new_clock_that_has_been_stopped_already_does_not_start() -> None:
    life = Life()
    life.act("inspect", after=1)
    assert "first_look" not in dues(life.plan(version(2, _first_reply), hours=2, start_new_clocks=True))


def test_a_new_clock_leaves_out_the_time_in_stages_that_pause_it() -> None:
    life = Life()
    life.act("park", after=1)
    life.act("resume", after=4)
    plan = life.plan(version(2, _first_reply), hours=5, start_new_clocks=True)
    assert dues(plan)["first_look"] == (to_text(at(11)), "started")


# ---- modes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amend", "kept"),
    [
        (limit("6 hours"), None),
        (limit("24 hours"), None),
        (limit("48 hours"), "unfavourable"),
        (limit("none"), "unfavourable"),
        (_without("clocks", "decision"), "unfavourable"),
    ],
)
def test_a_favourable_switch_makes_no_deadline_later(amend: Amend, kept: str | None) -> None:
    """No running deadline becomes later or is cancelled."""
    assert Life().plan(version(2, amend), mode="switch_if_favourable").kept_reason == kept


def test_mode_keep_does_not_switch() -> None:
    assert Life().plan(version(2), mode="keep").kept_reason == "mode"


def test_a_complaint_of_the_same_version_is_not_switched() -> None:
    assert Life().plan(V1).kept_reason == "current"


def test_an_older_version_is_refused() -> None:
    assert _places(Life(), version(0)) == ["/to"]


def test_an_archived_complaint_keeps_its_version() -> None:
    life = Life()
    life.act("decide", after=1)
    life.act("archive", after=2)
    with pytest.raises(Problem, match="act-not-open"):
        life.plan(version(2), hours=3)


# ---- stages ------------------------------------------------------------------------------------------------------


def _renamed(document: dict[str, Any]) -> None:
    document["stages"]["fresh"] = document["stages"].pop("open")
    document["stages"]["parked"]["resume"]["to"] = "fresh"
    document["intake"]["first"] = "fresh"


def test_a_stage_that_the_new_version_lacks_must_be_mapped() -> None:
    assert _places(Life(), version(2, _renamed)) == ["/stages/open"]


def test_the_complaint_moves_to_the_mapped_stage() -> None:
    assert Life().switch(version(2, _renamed), stages={"open": "fresh"}).stage == "fresh"


@pytest.mark.parametrize(
    ("stages", "wrong"), [({"nowhere": "fresh", "open": "fresh"}, "nowhere"), ({"open": "nowhere"}, "open")]
)
def test_a_stage_map_must_name_stages_of_both_versions(stages: dict[str, str], wrong: str) -> None:
    assert _places(Life(), version(2, _renamed), stages=stages) == [f"/stages/{wrong}"]


# ---- what may not vanish ------------------------------------------------------------------------------------------


def _officer(document: dict[str, Any]) -> None:
    """Renames the role."""
    document["people"] = {"officer": "执法人员", "leader": "主任"}
    document["tiers"][0]["roles"] = "officer"
    for stage in document["stages"].values():
        for act in stage.values():
            if isinstance(act, dict):
                act["by"] = "officer"
    document["stages"]["open"]["assign"]["assigns"] = {"officer": "people"}


def test_a_role_with_an_assignee_must_exist_in_the_new_version() -> None:
    life = Life()
    life.act("assign", after=1, people=["sub-handler"])
    assert _places(life, version(2, _officer)) == ["/to"]


def test_an_unused_role_may_be_missing_in_the_new_version() -> None:
    assert Life().plan(version(2, _officer)).kept_reason is None


def test_the_complaints_class_must_exist_in_the_new_version() -> None:
    def only_major(document: dict[str, Any]) -> None:
        document["severity"]["classes"] = {"major": "重大"}

    assert _places(Life(severity="general"), version(2, only_major)) == ["/to"]


def test_the_complaints_channel_must_exist_in_the_new_version() -> None:
    assert _places(Life(), version(2, _without("intake", "channels", "phone"))) == ["/to"]


def test_a_flag_that_is_set_must_exist_in_the_new_version() -> None:
    life = Life()
    life.act("inspect", after=1)
    new = version(2, _without("stages", "open", "inspect", "sets"))
    assert _places(
        life,
        new,
    ) == ["/to"]


# ---- the record --------------------------------------------------------------------------------------------------


def test_the_complaint_uses_the_new_version_and_the_record_describes_the_switch() -> None:
    life = Life()
    after = life.switch(version(2, limit("6 hours")))
    event = next(event for event in life.events if event.type == "switched")
    assert after.policy == event.policy == "2"
    assert {event.policy for event in life.events[: event.seq - 1]} == {"1"}
    assert (event.fields["from"], event.fields["to"], event.fields["mode"]) == ("1", "2", "switch")
    (deadline,) = event.fields["deadlines"]
    assert (deadline["before"], deadline["after"]) == (to_text(at(24)), to_text(at(6)))


def test_the_complainant_and_the_assignees_are_notified() -> None:
    life = Life()
    life.act("assign", after=1, people=["sub-handler"])
    life.switch(version(2), hours=2)
    assert life.events[-1].fields["to"] == ["complainant", "@sub-handler"]


def test_an_open_task_must_exist_in_the_new_version() -> None:
    """Otherwise the newer version would not define the fields of the task."""
    life = Life()
    owed = {"9": OwedTask("written_report", "handler", at(0))}
    life.complaint = msgspec.structs.replace(life.complaint, tasks=owed)
    assert _places(life, version(2)) == ["/to"]
