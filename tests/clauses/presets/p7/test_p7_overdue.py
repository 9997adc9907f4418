"""P7.1 `property-management`: a customer who agreed, or an answer that is not judged, does not wait for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.estate import decided, replied
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.test_p7_silence import CENTRE, CLOSED, judged, on_the_spot, running
from tests.clauses.presets.p7.test_p7_times import states

SUPERVISORS = ["service_supervisor", "office_head"]


def agreed(estate: Organisation, judged_first: bool) -> str:
    number = decided(estate) if judged_first else replied(estate)
    estate.act(number, "complainant", "agree")
    if not judged_first:
        judged(estate, number)
    return number


def escalations(estate: Organisation, number: str, clock: str) -> dict[str, list[str]]:
    """By time: the roles to which a miss of this clock passed the complaint."""
    events = estate.events(number, type_="escalated")
    return {
        estate.local(event["at"]): event["fields"]["roles"] for event in events if event["fields"]["clock"] == clock
    }


@pytest.mark.parametrize(
    ("answer", "due", "again", "leader"),
    [
        (None, "2026-12-18T18:00:00+08:00", "2026-12-25T18:00:00+08:00", "2026-12-26T18:00:00+08:00"),
        ("agree", "2026-12-04T18:00:00+08:00", "2026-12-11T18:00:00+08:00", "2026-12-12T18:00:00+08:00"),
    ],
)
def test_p7_1_an_answer_that_is_not_judged_is_escalated_up_to_the_leader(
    estate: Organisation, answer: str | None, due: str, again: str, leader: str
) -> None:
    number = replied(estate)
    if answer:
        estate.act(number, "complainant", answer)

    estate.world.move_to(leader)

    assert escalations(estate, number, "judging") == {due: SUPERVISORS, again: [CENTRE], leader: ["leader"]}
    assert estate.told("leader", number) == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]


@pytest.mark.parametrize("end", ["decide", "dispute"])
def test_p7_1_a_judgement_or_a_dispute_ends_the_time_for_the_judgement(estate: Organisation, end: str) -> None:
    number = replied(estate)
    estate.act(number, "complainant", "agree")

    judged(estate, number) if end == "decide" else estate.act(number, "complainant", end)

    deadline = estate.deadline(number, "judging")
    assert (deadline["state"], deadline["because"]["rule"]["clause"]) == ("met", "P7.1")


def test_p7_1_after_the_judgement_no_other_is_due(estate: Organisation) -> None:
    number = agreed(estate, judged_first=True)

    assert [one["clock"] for one in running(estate, number)] == ["wrapping_up"]


@pytest.mark.parametrize("judged_first", [True, False])
def test_p7_1_an_agreed_case_that_is_not_closed_is_escalated_up_to_the_leader(
    estate: Organisation, judged_first: bool
) -> None:
    number = agreed(estate, judged_first)

    estate.world.move_to("2026-12-12T18:00:00+08:00")

    assert estate.complaint(number)["stage"] == "decided"
    assert escalations(estate, number, "wrapping_up") == {
        "2026-12-04T18:00:00+08:00": SUPERVISORS,
        "2026-12-11T18:00:00+08:00": [CENTRE],
        "2026-12-12T18:00:00+08:00": ["leader"],
    }


@pytest.mark.parametrize("judged_first", [True, False])
@pytest.mark.parametrize(("who", "act"), [(CENTRE, "close"), ("complainant", "dispute")])
def test_p7_1_a_closing_or_a_dispute_ends_the_time_for_the_closing(
    estate: Organisation, judged_first: bool, who: str, act: str
) -> None:
    number = agreed(estate, judged_first)

    estate.act(number, who, act, **({"summary": "已修复。"} if act == "close" else {}))

    deadline = estate.deadline(number, "wrapping_up")
    assert (deadline["state"], deadline["because"]["rule"]["clause"]) == ("met", "P7.1")


@pytest.mark.parametrize("stage", [decided, on_the_spot])
def test_p7_1_the_time_for_the_closing_does_not_run_while_the_customer_is_asked(
    estate: Organisation, stage: Callable[[Organisation], str]
) -> None:
    number = stage(estate)

    assert "wrapping_up" not in {one["clock"] for one in running(estate, number)}


@pytest.mark.parametrize(("who", "act"), [(CENTRE, "archive"), ("complainant", "reopen")])
def test_p7_1_a_closed_case_is_archived_in_five_working_days(estate: Organisation, who: str, act: str) -> None:
    number = decided(estate)
    estate.world.move_to(CLOSED)
    deadline = estate.deadline(number, "archiving")
    assert (estate.local(deadline["due"]), deadline["because"]["rule"]["clause"]) == (
        "2026-12-18T18:00:00+08:00",
        "P7.1",
    )

    estate.act(number, who, act)

    assert estate.deadline(number, "archiving")["state"] == "met"


def test_p7_1_a_case_that_is_not_archived_is_escalated_up_to_the_leader(estate: Organisation) -> None:
    number = decided(estate)
    estate.act(number, "complainant", "agree")
    estate.act(number, CENTRE, "close", summary="已修复。")

    estate.world.move_to("2026-12-12T18:00:00+08:00")

    assert escalations(estate, number, "archiving") == {
        "2026-12-04T18:00:00+08:00": SUPERVISORS,
        "2026-12-11T18:00:00+08:00": [CENTRE],
        "2026-12-12T18:00:00+08:00": ["leader"],
    }


@pytest.mark.parametrize("clock", ["judging", "wrapping_up", "silence"])
def test_p7_1_each_time_runs_in_its_stage_and_for_its_customers(estate: Organisation, clock: str) -> None:
    silent, only_agreed = decided(estate), replied(estate)
    estate.act(only_agreed, "complainant", "agree")
    cases = {
        "answered": replied(estate),
        "agreed": only_agreed,
        "judged": silent,
        "agreed, then judged": agreed(estate, judged_first=False),
        "judged, then agreed": agreed(estate, judged_first=True),
    }
    expected = {
        "judging": {"agreed": ["running"], "agreed, then judged": ["met"]},
        "wrapping_up": {"agreed, then judged": ["running"], "judged, then agreed": ["running"]},
        "silence": {"judged": ["running"], "judged, then agreed": ["met"]},
    }

    found = {name: states(estate, number, clock) for name, number in cases.items()}

    assert {name: runs for name, runs in found.items() if runs} == expected[clock]


def test_p7_1_an_archived_case_is_on_the_archives_list(estate: Organisation) -> None:
    number = decided(estate)
    estate.act(number, "complainant", "agree")
    estate.act(number, CENTRE, "close", summary="已修复。")
    assert estate.get("/complaints?shelf=archived", CENTRE)["complaints"] == []

    estate.act(number, CENTRE, "archive")

    shelf = estate.get("/complaints?shelf=archived", CENTRE)["complaints"]
    assert [row["number"] for row in shelf] == [number]
