"""P5.3 `telecom-regulator`: a provider whom the system does not reach is asked by link or in another way, on record."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.regulator import WANTED, assigned, unit
from tests.clauses.organisation import Organisation, hire

ASKED = {"asked_how": "电话联系公司客服。", "came_back": "称三日内寄出账单。"}
PASS_ON = "投诉 {} 的通信服务提供商不在系统内，请将举证链接转交提供商，并记录要求举证的方式和答复情况。"
LATER = "2027-01-20T09:00:00+08:00"


@pytest.fixture
def outside(regulator: Organisation) -> str:
    """The provider has no unit."""
    return assigned(regulator)


def demand(regulator: Organisation, number: str) -> dict[str, object]:
    return dict(regulator.events(number, type_="evidence_demanded")[-1]["fields"])


def demand_id(regulator: Organisation, number: str) -> object:
    return regulator.events(number, type_="evidence_demanded")[-1]["id"]


@pytest.mark.parametrize(("with_unit", "stage"), [(False, "inquiring"), (True, "investigating")])
def test_p5_3_the_way_to_the_provider_depends_on_its_unit(regulator: Organisation, with_unit: bool, stage: str) -> None:
    number = assigned(regulator, unit=unit(regulator) if with_unit else None)

    assert regulator.complaint(number)["stage"] == stage


def test_p5_3_the_inspectors_learn_that_a_demand_was_not_delivered(regulator: Organisation, outside: str) -> None:
    hire(regulator, "inspector", name="second")

    regulator.act(outside, "inspector", "demand_evidence", of="respondent", kinds=["bill"], **WANTED)

    assert regulator.told("inspector", outside)[0] == PASS_ON.format(outside)
    assert regulator.told("second", outside) == []
    assert regulator.events(outside, type_="notified")[-1]["fields"]["to"] == [f"@{regulator.subs['inspector']}"]


def test_p5_3_a_provider_outside_has_a_time_and_its_silence_is_not_recorded(
    regulator: Organisation, outside: str
) -> None:
    regulator.act(outside, "inspector", "demand_evidence", of="respondent", **WANTED)
    assert regulator.local(str(demand(regulator, outside)["until"])) == "2026-12-04T18:00:00+08:00"

    regulator.world.move_to(LATER)

    [lapsed] = regulator.events(outside, type_="demand_lapsed")
    assert lapsed["fields"]["reached"] is False


def test_p5_3_a_late_answer_by_the_link_counts(regulator: Organisation, outside: str) -> None:
    regulator.act(outside, "inspector", "demand_evidence", of="respondent", **WANTED)
    name = regulator.events(outside, type_="evidence_demanded")[-1]["id"]
    link = regulator.get(f"/complaints/{name.replace('/', '/demands/')}/link", "inspector")
    regulator.world.move_to("2026-12-20T09:00:00+08:00")

    given(regulator, outside, "bill", auth=f"Receipt {link['receipt']}")

    event = regulator.events(outside, type_="evidence_received")[-1]
    assert (event["fields"]["demand"], event["actor"]["kind"]) == (name, "respondent")


def test_p5_3_the_consumer_is_asked_and_the_inspectors_pass_on_nothing(regulator: Organisation, outside: str) -> None:
    before = regulator.told("inspector", outside)

    regulator.act(
        outside, "inspector", "demand_evidence", of="complainant", until="2026-12-10T18:00:00+08:00", **WANTED
    )

    date = "2026年12月10日（周四）18:00"
    asked = f"为核实您的投诉 {outside}，需要您提供证据，请您于{date}前（北京时间）提交。"
    assert regulator.told("complainant", outside)[0] == asked
    assert regulator.told("inspector", outside) == before


def test_p5_3_a_stated_time_lies_in_the_future(regulator: Organisation, outside: str) -> None:
    past = "2026-11-27T08:59:59+08:00"

    answer = regulator.try_act(outside, "inspector", "demand_evidence", of="complainant", until=past, **WANTED)

    assert (answer.status, answer.pointer) == (422, "/fields/until")


@pytest.mark.parametrize("with_unit", [False, True])
def test_p5_3_the_consumer_has_five_working_days(regulator: Organisation, with_unit: bool) -> None:
    number = assigned(regulator, unit=unit(regulator) if with_unit else None)

    answer = regulator.try_act(number, "inspector", "demand_evidence", of="complainant", **WANTED)

    assert answer.status == 200
    assert regulator.local(str(demand(regulator, number)["until"])) == "2026-12-04T18:00:00+08:00"


UNTIL = "2026-12-10T18:00:00+08:00"
NO_ANSWER = "投诉 {} 的举证期限已过，尚无被投诉方答复的记录。如已收到或后续收到答复，请登记。"
SILENT = {
    "complainant": "投诉 {} 的举证期限已过，未收到投诉人提交的证据。",
    "respondent": "投诉 {} 的举证期限已过，未收到被投诉方提交的证据。",
}


def over(regulator: Organisation, number: str, of: str = "respondent") -> dict[str, object]:
    """The record of the end of a demand for which the inspectors state a time."""
    regulator.act(number, "inspector", "demand_evidence", of=of, until=UNTIL, **WANTED)
    regulator.world.move_to(UNTIL)
    [event] = regulator.events(number, type_="demand_lapsed")
    return dict(event["fields"])


def test_p5_3_of_a_provider_outside_no_silence_is_recorded(regulator: Organisation, outside: str) -> None:
    fields = over(regulator, outside)

    assert (fields["of"], fields["reached"]) == ("respondent", False)
    assert regulator.told("inspector", outside)[0] == NO_ANSWER.format(outside)


@pytest.mark.parametrize("of", ["respondent", "complainant"])
def test_p5_3_of_a_party_that_was_reached_the_silence_is_recorded(regulator: Organisation, of: str) -> None:
    number = assigned(regulator, unit=unit(regulator))

    fields = over(regulator, number, of)

    assert (fields["of"], "reached" in fields) == (of, False)
    assert regulator.told("inspector", number)[0] == SILENT[of].format(number)
    late = regulator.try_act(number, "inspector", "receive_evidence", received="合同一份。")
    assert (late.status, late.pointer) == (422, "/fields/demand")


def test_p5_3_the_silence_of_the_consumer_is_recorded_beside_a_provider_outside(
    regulator: Organisation, outside: str
) -> None:
    assert "reached" not in over(regulator, outside, "complainant")
    assert regulator.told("inspector", outside)[0] == SILENT["complainant"].format(outside)


def test_p5_3_staff_record_a_late_answer_of_a_provider_outside_once(regulator: Organisation, outside: str) -> None:
    over(regulator, outside)
    regulator.world.move_to(LATER)

    told = {"told_back": "当面告知。"}
    regulator.act(outside, "inspector", "receive_evidence", received="账单一份，当面递交。", **told)

    [late] = [one for one in regulator.events(outside, type_="evidence_received") if one.get("act")]
    assert late["fields"]["demand"] == regulator.events(outside, type_="evidence_demanded")[-1]["id"]
    assert len(regulator.events(outside, type_="demand_lapsed")) == 1


def test_p5_3_the_link_takes_a_late_answer_of_a_provider_outside(regulator: Organisation, outside: str) -> None:
    over(regulator, outside)
    name = str(demand_id(regulator, outside))
    link = regulator.get(f"/complaints/{name.replace('/', '/demands/')}/link", "inspector")
    regulator.world.move_to(LATER)

    given(regulator, outside, "bill", auth=f"Receipt {link['receipt']}")

    assert regulator.events(outside, type_="evidence_received")[-1]["fields"]["demand"] == name


def test_p5_3_a_late_answer_of_a_provider_outside_does_not_hold_up_the_finding(
    regulator: Organisation, outside: str
) -> None:
    over(regulator, outside)
    regulator.act(outside, "inspector", "inspect", findings="现场检查计费系统。")

    assert regulator.act(outside, "inspector", "find_liability", finding="violation")["stage"] == "found_outside"


def test_p5_3_a_demand_names_a_party(regulator: Organisation, outside: str) -> None:
    answer = regulator.try_act(outside, "inspector", "demand_evidence", **WANTED)

    assert (answer.status, answer.pointer) == (422, "/fields/of")


@pytest.mark.parametrize("with_unit", [False, True])
def test_p5_3_how_the_provider_was_asked_and_what_came_back_is_on_record(
    regulator: Organisation, with_unit: bool
) -> None:
    number = assigned(regulator, unit=unit(regulator, account=False) if with_unit else None)
    for field in ASKED:
        missing = regulator.try_act(number, "inspector", "notify", **{**ASKED, field: None})
        assert (missing.status, missing.pointer) == (422, f"/fields/{field}")

    regulator.act(number, "inspector", "notify", **ASKED, done_at="2026-11-27T09:00:00+08:00")

    [event] = [one for one in regulator.events(number, type_="notified") if one.get("act") == "notify"]
    assert regulator.get(f"/complaints/{number}/record", "inspector")["values"][event["id"]] == ASKED
    assert event["fields"]["done_at"] == "2026-11-27T01:00:00.000Z"


def test_p5_3_a_unit_without_an_account_is_no_recipient_of_a_demand(regulator: Organisation) -> None:
    number = assigned(regulator, unit=unit(regulator, account=False))

    answer = regulator.try_act(number, "inspector", "demand_evidence", of="respondent", **WANTED)

    assert (answer.status, answer.pointer) == (422, "/fields/of")


def test_p5_3_only_the_assigned_inspectors_ask(regulator: Organisation, outside: str) -> None:
    hire(regulator, "inspector", name="second")

    for who in ("second", "complaint_centre", "director", "complainant"):
        assert regulator.try_act(outside, who, "demand_evidence", of="respondent", **WANTED).status == 403
        assert regulator.try_act(outside, who, "notify", **ASKED).status == 403


@pytest.mark.parametrize("finding", ["violation", "no_violation"])
def test_p5_3_the_demand_of_an_outsider_does_not_hold_up_the_finding(
    regulator: Organisation, outside: str, finding: str
) -> None:
    regulator.act(outside, "inspector", "demand_evidence", of="respondent", **WANTED)
    regulator.act(outside, "inspector", "inspect", findings="现场检查计费系统。")

    answer = regulator.act(outside, "inspector", "find_liability", finding=finding)

    assert answer["stage"] == {"violation": "found_outside", "no_violation": "unfounded"}[finding]
