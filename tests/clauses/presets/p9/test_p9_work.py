"""P9 `food-drug-administration`: leader and officers, decision in time, agreement or dispute, closing and archive."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import CONDITIONS, DECISION, accepted, assigned, decided, filed, inspected, settled
from tests.clauses.organisation import Organisation, hire


def test_p9_6_acceptance_is_reported_to_the_leader(bureau: Organisation) -> None:
    number = accepted(bureau)

    assert bureau.told("leader", number) == [f"投诉 {number} 已受理。"]


def test_p9_6_the_leader_assigns_officers(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = accepted(bureau)
    officers = [bureau.subs["officer"], bureau.subs["second"]]
    assert bureau.try_act(number, "information_centre", "assign", officers=officers).status == 403

    answer = bureau.act(number, "leader", "assign", officers=officers)

    assert answer["assigned"] == {"officer": sorted(officers)}
    assert [bureau.told(who, number) for who in ("officer", "second")] == [[f"投诉 {number} 已指派给您。"]] * 2


def test_p9_6_only_assigned_officers_inspect(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = assigned(bureau)

    assert bureau.try_act(number, "second", "inspect", findings="现场核实。").status == 403
    assert bureau.act(number, "officer", "inspect", findings="现场核实。")["stage"] == "investigating"


def test_p9_6_findings_are_written(bureau: Organisation) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "inspect")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/findings")


def test_p9_6_nothing_is_decided_before_the_inspection(bureau: Organisation) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "decide", **DECISION)

    assert (answer.status, answer.problem, answer.json["acts"]) == (409, "act-not-open", ["inspect"])


def test_p9_6_the_handling_opinion_is_fed_back_to_the_complainant(bureau: Organisation) -> None:
    number = decided(bureau)

    [event] = bureau.events(number, type_="decided")
    values = bureau.get(f"/complaints/{number}/record", "complainant", number)["values"][event["id"]]
    assert values["opinion"] == DECISION["opinion"]
    assert bureau.told("complainant", number)[0] == f"您的投诉 {number} 已作出处理决定：投诉属实。"


@pytest.mark.parametrize(("stage", "who"), [(filed, "information_centre"), (accepted, "leader"), (inspected, "leader")])
def test_p9_7_a_transfer_names_the_body_and_is_notified(bureau: Organisation, stage: object, who: str) -> None:
    number = stage(bureau)  # type: ignore[operator]

    answer = bureau.act(number, who, "transfer", body="市食品药品监督管理局")

    assert (answer["stage"], answer["acts"]) == ("transferred", [])
    assert bureau.told("complainant", number)[0] == f"您的投诉 {number} 已转送其他机构。"


def test_p9_7_a_transfer_without_a_body_is_refused(bureau: Organisation) -> None:
    answer = bureau.try_act(filed(bureau), "information_centre", "transfer")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/body")


def test_p9_7_a_transfer_stops_the_decisions_clock(bureau: Organisation) -> None:
    number = accepted(bureau)

    bureau.act(number, "leader", "transfer", body="市食品药品监督管理局")

    assert bureau.deadline(number, "decision")["state"] == "cancelled"


@pytest.mark.parametrize(
    ("channel", "due"),
    [
        ("oral", "2026-10-08T18:00:00+08:00"),
        ("written", "2026-10-14T18:00:00+08:00"),
        ("petition", "2026-10-14T18:00:00+08:00"),
    ],
)
def test_p9_8_the_decision_is_due_5_or_10_working_days_from_acceptance(
    bureau: Organisation, channel: str, due: str
) -> None:
    number = filed(bureau, channel)
    bureau.world.move_to("2026-09-23T10:00:00+08:00")

    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)

    assert bureau.local(bureau.deadline(number, "decision")["due"]) == due


def test_p9_8_before_acceptance_no_decision_is_due(bureau: Organisation) -> None:
    number = filed(bureau)

    assert bureau.filed[number].answer["deadlines"] == []


def test_p9_8_a_decision_in_time_meets_the_deadline(bureau: Organisation) -> None:
    assert bureau.deadline(decided(bureau), "decision")["state"] == "met"


def test_p9_8_a_missed_decision_is_escalated_to_the_leader(bureau: Organisation) -> None:
    number = assigned(bureau)

    bureau.world.move_to("2026-10-10T18:00:00+08:00")

    escalated = bureau.events(number, type_="escalated")
    assert [(bureau.local(event["at"]), event["fields"]["roles"]) for event in escalated] == [
        ("2026-10-08T18:00:00+08:00", ["information_centre"]),
        ("2026-10-09T18:00:00+08:00", ["leader"]),
    ]


def test_p9_8_the_decision_is_warned_about_a_working_day_before(bureau: Organisation) -> None:
    number = assigned(bureau)

    bureau.world.move_to("2026-09-30T18:00:00+08:00")

    assert [event["fields"]["clock"] for event in bureau.events(number, type_="warned")] == ["decision"]


def test_p9_9_an_accepted_decision_is_carried_out_and_closed(bureau: Organisation) -> None:
    number = settled(bureau)
    record = {"handling_record": "已退款并处罚。"}
    assert bureau.try_act(number, "officer", "close", **record).status == 409

    bureau.act(number, "officer", "execute")

    assert bureau.act(number, "officer", "close", **record)["stage"] == "closed"


def test_p9_9_the_officer_is_told_that_it_was_accepted(bureau: Organisation) -> None:
    number = settled(bureau)

    assert bureau.told("officer", number)[0] == f"投诉 {number}：投诉人已接受处理意见。"


def test_p9_9_a_complainant_who_disputes_is_referred_to_the_superior_body(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.act(number, "complainant", "dispute", reason="处理太轻")

    text = f"您不接受投诉 {number} 的处理意见，可向市食品药品监督管理局相关部门作进一步投诉。"
    assert bureau.told("complainant", number)[0] == text


def test_p9_9_a_disputed_case_is_closed_too(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.act(number, "complainant", "dispute")

    assert bureau.act(number, "officer", "close", handling_record="已告知上级部门。")["stage"] == "closed"


@pytest.mark.parametrize("act", ["agree", "dispute"])
def test_p9_9_only_the_complainant_answers(bureau: Organisation, act: str) -> None:
    assert bureau.try_act(decided(bureau), "officer", act).status == 403


def test_p9_10_the_officer_fills_in_the_handling_record(bureau: Organisation) -> None:
    number = settled(bureau)
    bureau.act(number, "officer", "execute")

    answer = bureau.try_act(number, "officer", "close")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/handling_record")


def closed(bureau: Organisation) -> str:
    number = settled(bureau)
    bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已退款并处罚。")
    return number


def test_p9_10_the_handling_record_is_hidden_from_the_complainant(bureau: Organisation) -> None:
    number = closed(bureau)

    [event] = bureau.events(number, type_="closed")
    kept = [bureau.get(f"/complaints/{number}/record", who, number)["values"] for who in ("officer", "complainant")]
    assert [values.get(event["id"]) for values in kept] == [{"handling_record": "已退款并处罚。"}, None]


def test_p9_10_the_complainant_is_told_of_the_closing(bureau: Organisation) -> None:
    number = closed(bureau)

    assert bureau.told("complainant", number)[0] == f"您的投诉 {number} 已结案。"


def test_p9_10_the_archivist_files_it(bureau: Organisation) -> None:
    number = closed(bureau)
    assert bureau.try_act(number, "officer", "archive").status == 403

    assert bureau.act(number, "archivist", "archive")["stage"] == "archived"

    shelf = bureau.get("/complaints?shelf=archived", "archivist")["complaints"]
    assert [row["number"] for row in shelf] == [number]


@pytest.mark.parametrize("field", ["legal_basis", "opinion", "outcome"])
def test_p9_11_a_decision_cites_its_legal_basis(bureau: Organisation, field: str) -> None:
    answer = bureau.try_act(inspected(bureau), "officer", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/fields/{field}")
