"""Switching a complaint to a newer version: its clocks, its stage, and what may not vanish under it (P1.9)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.complaints.advance import advance
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import CANCELLED, MISSED, PAUSED, RUNNING
from chalicelib.complaints.state import OpenTask
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.instants import to_text
from chalicelib.problem import Problem
from tests.unit.complaints.amended import V1, Amend, Life, at, dues, limit, version


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
def test_a_running_clock_goes_on_from_its_own_start(text: str, hours: int, effect: str) -> None:
    assert dues(Life().plan(version(2, limit(text)))) == {"decision": (to_text(at(hours)), effect)}


def test_another_calendar_counts_too() -> None:
    def saturdays(document: dict[str, Any]) -> None:
        document["calendar"]["hours"] = {"mon-sat": ["09:00-18:00"]}
        document["clocks"]["decision"]["within"] = "10 working hours"

    assert dues(Life().plan(version(2, saturdays)))["decision"][0] == "2026-11-28T02:00:00.000Z"


def test_a_clock_that_is_gone_is_cancelled() -> None:
    after = Life().switch(version(2, _without("clocks", "decision")))
    assert after.runs == []


def test_a_clock_that_the_new_version_sets_no_limit_for_is_cancelled() -> None:
    plan = Life().plan(version(2, limit("none")))
    assert [(run.state, run.ended) for run in plan.runs] == [(CANCELLED, at(1))]


def test_a_paused_clock_stays_paused_and_is_compared_as_if_it_resumed() -> None:
    life = Life()
    life.act("park", after=1)
    plan = life.plan(version(2, limit("6 hours")), hours=3)
    assert [(run.state, run.due) for run in plan.runs] == [(PAUSED, None)]
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


def test_a_missed_run_of_a_clock_that_is_gone_ends_as_missed() -> None:
    life = Life()
    life.wait(25)
    (run,) = life.plan(version(2, _without("clocks", "decision")), hours=25).runs
    assert (run.state, run.open) == (MISSED, False)


def test_the_new_versions_limit_is_missed_like_any_other() -> None:
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


def test_a_new_clock_starts_from_its_past_event_where_that_is_wanted() -> None:
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
def test_what_favours_the_complainant(amend: Amend, kept: str | None) -> None:
    """No deadline that still counts gets later or is lost."""
    assert Life().plan(version(2, amend), mode="switch_if_favourable").kept == kept


def test_keep_keeps_the_version() -> None:
    assert Life().plan(version(2), mode="keep").kept == "mode"


def test_a_complaint_of_this_version_already_is_left_alone() -> None:
    assert Life().plan(V1).kept == "current"


def test_an_older_version_is_refused() -> None:
    assert _places(Life(), version(0)) == ["/fields/to"]


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


def test_a_stage_that_is_gone_needs_a_map() -> None:
    assert _places(Life(), version(2, _renamed)) == ["/fields/stages/open"]


def test_a_mapped_stage_is_where_it_stands_afterwards() -> None:
    assert Life().switch(version(2, _renamed), stages={"open": "fresh"}).stage == "fresh"


@pytest.mark.parametrize("stages", [{"nowhere": "fresh", "open": "fresh"}, {"open": "nowhere"}])
def test_a_map_names_stages_of_both_versions(stages: dict[str, str]) -> None:
    assert len(_places(Life(), version(2, _renamed), stages=stages)) == 1


# ---- what may not vanish ------------------------------------------------------------------------------------------


def _officer(document: dict[str, Any]) -> None:
    """The role has another name."""
    document["people"] = {"officer": "执法人员", "leader": "主任"}
    document["tiers"][0]["roles"] = "officer"
    for stage in document["stages"].values():
        for act in stage.values():
            if isinstance(act, dict):
                act["by"] = "officer"
    document["stages"]["open"]["assign"]["assigns"] = {"officer": "people"}


def test_a_role_that_somebody_is_assigned_in_cannot_vanish() -> None:
    life = Life()
    life.act("assign", after=1, people=["sub-handler"])
    assert _places(life, version(2, _officer)) == ["/fields/roles/handler"]


def test_a_role_that_nobody_needs_can_vanish() -> None:
    assert Life().plan(version(2, _officer)).kept is None


def test_a_class_that_the_complaint_is_in_cannot_vanish() -> None:
    def only_major(document: dict[str, Any]) -> None:
        document["severity"]["classes"] = {"major": "重大"}

    assert _places(Life(severity="general"), version(2, only_major)) == ["/fields/severity"]


def test_a_channel_that_the_complaint_came_by_cannot_vanish() -> None:
    assert _places(Life(), version(2, _without("intake", "channels", "phone"))) == ["/fields/channel"]


def test_a_flag_that_is_set_cannot_vanish() -> None:
    life = Life()
    life.act("inspect", after=1)
    new = version(2, _without("stages", "open", "inspect", "sets"))
    assert _places(
        life,
        new,
    ) == ["/fields/flags/checked"]


# ---- the record --------------------------------------------------------------------------------------------------


def test_the_complaint_goes_by_the_new_version_and_the_record_says_how() -> None:
    life = Life()
    after = life.switch(version(2, limit("6 hours")))
    event = next(event for event in life.events if event.type == "switched")
    assert after.policy == event.policy == "2"
    assert {event.policy for event in life.events[: event.seq - 1]} == {"1"}
    assert (event.fields["from"], event.fields["to"], event.fields["mode"]) == ("1", "2", "switch")
    (deadline,) = event.fields["deadlines"]
    assert (deadline["before"], deadline["after"]) == (to_text(at(24)), to_text(at(6)))


def test_the_complainant_and_who_is_assigned_are_told() -> None:
    life = Life()
    life.act("assign", after=1, people=["sub-handler"])
    life.switch(version(2), hours=2)
    assert life.events[-1].fields["to"] == ["complainant", "@sub-handler"]


def test_a_task_that_is_owed_cannot_vanish() -> None:
    """The newer version would not know what doing it needs."""
    life = Life()
    owed = {"9": OpenTask("written_report", "handler", at(0))}
    life.complaint = msgspec.structs.replace(life.complaint, tasks=owed)
    assert _places(life, version(2)) == ["/fields/tasks/written_report"]
