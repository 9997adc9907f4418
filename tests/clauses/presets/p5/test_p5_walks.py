"""P5 `telecom-regulator` from filing to the archive: everybody answers, and each party silent at each stage."""

from __future__ import annotations

from tests.clauses.giving import given
from tests.clauses.offices.regulator import (
    DECISION,
    DISMISSAL,
    ORDER,
    SERVED,
    WANTED,
    assigned,
    found,
    informed,
    ordered,
    states_its_case,
    unit,
)
from tests.clauses.organisation import Organisation
from tests.clauses.walks.test_walks import archived

CENTRE = "complaint_centre"


def to_the_archive(regulator: Organisation, number: str) -> None:
    regulator.act(number, CENTRE, "close", summary="已办结。")
    regulator.act(number, CENTRE, "archive")
    archived(regulator, number, CENTRE)


def test_x6_everybody_answers(regulator: Organisation) -> None:
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    demand = regulator.events(number, type_="evidence_demanded")[-1]["id"]
    link = regulator.get(f"/complaints/{demand.replace('/', '/demands/')}/link", "inspector")
    given(regulator, number, "contract", auth=f"Receipt {link['receipt']}")
    regulator.act(number, "complainant", "supplement", statement="另有一笔扣费。")
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding="violation")
    informed(regulator, number)
    states_its_case(regulator, number)
    regulator.act(number, "inspector", "decide", **DECISION, **ORDER)
    regulator.act(number, "inspector", "notify", **SERVED)
    regulator.act(number, "inspector", "do_task", task="rectification", rectified="done", verified="已整改。")

    to_the_archive(regulator, number)


def test_x6_a_consumer_who_gives_no_evidence_is_refused(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to("2026-12-04T18:00:00+08:00")

    answer = regulator.act(number, CENTRE, "refuse", ground="no_evidence")

    assert (answer["stage"], regulator.complaint(number, CENTRE)["acts"]) == ("refused", [])


def test_x6_silence_during_the_investigation_does_not_stop_it(regulator: Organisation) -> None:
    number = assigned(regulator, unit=unit(regulator))
    for of in ("respondent", "complainant"):
        regulator.act(number, "inspector", "demand_evidence", of=of, **WANTED)
    regulator.world.move_to("2026-12-04T18:00:00+08:00")
    assert len(regulator.events(number, type_="demand_lapsed")) == 2

    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding="no_violation")
    regulator.act(number, "inspector", "decide", **DISMISSAL)

    to_the_archive(regulator, number)


def test_x6_a_provider_who_does_not_rectify_does_not_keep_the_case_open(regulator: Organisation) -> None:
    number = ordered(regulator)
    regulator.world.move_to("2026-12-25T18:00:00+08:00")
    regulator.act(number, CENTRE, "notify", **SERVED)

    to_the_archive(regulator, number)
    assert regulator.deadline(number, "rectification")["state"] == "missed"
    answer = regulator.act(
        number, "inspector", "do_task", task="rectification", rectified="done", verified="逾期整改。"
    )
    assert answer["tasks"] == []


def test_x6_after_the_decision_nobody_has_to_answer(regulator: Organisation) -> None:
    number = found(regulator, "no_violation")
    regulator.act(number, "inspector", "decide", **DISMISSAL)

    to_the_archive(regulator, number)
