"""P5 `telecom-regulator`: assignment and investigation."""

from __future__ import annotations

from functools import partial

import pytest

from chalicelib.complaints.acting.demands import MAX_OPEN
from tests.clauses.giving import given
from tests.clauses.offices.regulator import WANTED, accepted, assigned, unit
from tests.clauses.organisation import Organisation, hire
from tests.helpers.fakes.files import PDF

UNTIL = "2026-12-04T18:00:00+08:00"
TO_THE_PROVIDER = "为核实针对您的投诉 {}，需要您提供证据，请您于2026年12月4日（周五）18:00前（北京时间）提交。"
DEMANDED = "为核实您的投诉 {}，需要您提供证据，请您于2026年12月4日（周五）18:00前（北京时间）提交。"


@pytest.fixture(params=[False, True], ids=["outside", "unit"])
def number(regulator: Organisation, request: pytest.FixtureRequest) -> str:
    """Assigned. The provider is a unit, or not."""
    return assigned(regulator, unit=unit(regulator) if request.param else None)


@pytest.mark.parametrize(("of", "told"), [("respondent", False), ("complainant", True)])
def test_p5_3_provider_and_consumer_are_asked_for_evidence(regulator: Organisation, of: str, told: bool) -> None:
    number = assigned(regulator, unit=unit(regulator))

    regulator.act(number, "inspector", "demand_evidence", of=of, kinds=["bill"], **WANTED)

    event = regulator.events(number, type_="evidence_demanded")[-1]
    assert (event["fields"]["of"], event["fields"]["kinds"]) == (of, ["bill"])
    assert regulator.local(event["fields"]["until"]) == "2026-12-04T18:00:00+08:00"
    assert regulator.events(number, type_="notified")[-1]["fields"]["to"] == [of]
    assert (regulator.told("complainant", number)[0] == DEMANDED.format(number)) is told
    assert (regulator.told("provider", number) == [TO_THE_PROVIDER.format(number)]) is not told


def test_p5_3_the_answer_is_on_record(regulator: Organisation, number: str) -> None:
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)

    missing = regulator.try_act(number, "inspector", "receive_evidence")
    assert (missing.status, missing.json["errors"][0]["pointer"]) == (422, "/fields/received")
    regulator.act(number, "inspector", "receive_evidence", received="账单三份。")

    demanded = regulator.events(number, type_="evidence_demanded")[-1]
    event = regulator.events(number, type_="evidence_received")[-1]
    values = regulator.get(f"/complaints/{number}/record", "inspector")["values"][event["id"]]
    assert (event["fields"]["demand"], values["received"]) == (demanded["id"], "账单三份。")


@pytest.mark.slow
def test_p5_3_open_demands_are_limited_to_what_one_file_can_answer(regulator: Organisation, number: str) -> None:
    fields = {**WANTED, "of": "complainant", "kinds": ["bill"], "until": UNTIL}
    demand = partial(regulator.try_act, number, "inspector", "demand_evidence", **fields)
    answers = [demand().status for _ in range(MAX_OPEN + 1)]
    before = len(regulator.events(number, type_="evidence_received"))

    given(regulator, number, "bill", PDF + b"all of them")

    assert answers == [200] * MAX_OPEN + [409]
    assert len(regulator.events(number, type_="evidence_received")) - before == MAX_OPEN


def test_p5_3_the_provider_answers_by_the_demands_own_link(regulator: Organisation, number: str) -> None:
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)
    demand = regulator.events(number, type_="evidence_demanded")[-1]["id"]
    link = regulator.get(f"/complaints/{demand.replace('/', '/demands/')}/link", "inspector")

    given(regulator, number, "bill", auth=f"Receipt {link['receipt']}")

    event = regulator.events(number, type_="evidence_received")[-1]
    assert (event["fields"]["demand"], event["actor"]["kind"]) == (demand, "respondent")


def test_p5_3_the_silence_is_on_record(regulator: Organisation) -> None:
    number = assigned(regulator, unit=unit(regulator))
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)

    regulator.world.move_to("2026-12-04T18:00:00+08:00")

    assert [event["fields"]["of"] for event in regulator.events(number, type_="demand_lapsed")] == ["respondent"]


def test_p5_3_the_consumer_can_supplement(regulator: Organisation, number: str) -> None:

    regulator.act(number, "complainant", "supplement", statement="另有一笔扣费。")

    assert regulator.told("inspector", number)[:1] == [f"投诉 {number} 已补充材料。"]


def test_p5_3_only_those_assigned_inspect_and_they_write_findings(regulator: Organisation, number: str) -> None:
    hire(regulator, "inspector", name="second")

    assert regulator.try_act(number, "second", "inspect", findings="无").status == 403
    answer = regulator.try_act(number, "inspector", "inspect")
    assert answer.pointer == "/fields/findings"


def test_p5_3_there_is_no_finding_before_the_inspection(regulator: Organisation, number: str) -> None:
    answer = regulator.try_act(number, "inspector", "find_liability", finding="violation")

    assert answer.status == 409


@pytest.mark.parametrize("who", ["complaint_centre", "director"])
def test_p5_3_centre_or_director_assign_and_the_assigned_are_told(regulator: Organisation, who: str) -> None:
    hire(regulator, "inspector", name="second")
    number = accepted(regulator)

    regulator.act(number, who, "assign", inspectors=[regulator.subs["inspector"]])

    assert regulator.told("inspector", number) == [f"投诉 {number} 已指派，请承办。"]
    assert regulator.told("second", number) == []


def test_p5_3_only_inspectors_are_assigned(regulator: Organisation) -> None:
    number = accepted(regulator)

    answer = regulator.try_act(number, "director", "assign", inspectors=[regulator.subs["director"]])
    by_inspector = regulator.try_act(number, "inspector", "assign", inspectors=[regulator.subs["inspector"]])

    assert (answer.status, answer.pointer) == (422, "/fields/inspectors")
    assert by_inspector.status == 403


@pytest.mark.parametrize(("of", "pointer"), [(None, "/fields/of"), ("director", "/fields/of")])
def test_p5_3_evidence_is_demanded_of_a_party(
    regulator: Organisation, number: str, of: str | None, pointer: str
) -> None:
    answer = regulator.try_act(number, "inspector", "demand_evidence", of=of, **WANTED)

    assert (answer.status, answer.pointer) == (422, pointer)


def test_p5_3_a_supplement_says_something(regulator: Organisation, number: str) -> None:
    assert regulator.try_act(number, "inspector", "supplement", statement="无").status == 403
    answer = regulator.try_act(number, "complainant", "supplement")
    assert (answer.status, answer.pointer) == (422, "/fields/statement")


@pytest.mark.parametrize("finding", ["violation", "no_violation"])
def test_p5_3_after_the_finding_there_is_no_more_inspection(regulator: Organisation, number: str, finding: str) -> None:
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding=finding)

    assert regulator.try_act(number, "inspector", "inspect", findings="无").status == 409
