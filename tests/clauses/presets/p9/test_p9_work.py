"""P9 `food-drug-administration`: leader and officers, decision in time, agreement or dispute, closing and archive."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import (
    CONDITIONS,
    DECISION,
    accepted,
    assigned,
    decided,
    filed,
    inspected,
    mediated,
    mediation,
)
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p9.steps import DECIDED


def test_p9_6_acceptance_is_reported_to_the_leader(bureau: Organisation) -> None:
    number = accepted(bureau)

    assert bureau.told("leader", number) == [f"投诉 {number} 已受理，请指派执法人员。"]


def test_p9_6_the_leader_assigns_officers(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = accepted(bureau)
    officers = [bureau.subs["officer"], bureau.subs["second"]]
    assert bureau.try_act(number, "information_centre", "assign", officers=officers).status == 403

    answer = bureau.act(number, "leader", "assign", officers=officers)

    assert answer["assigned"] == {"officer": sorted(officers)}
    assert [bureau.told(who, number) for who in ("officer", "second")] == [[f"投诉 {number} 已指派，请承办。"]] * 2


def test_p9_6_only_assigned_officers_inspect(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = assigned(bureau)

    assert bureau.try_act(number, "second", "inspect", findings="现场核实。").status == 403
    assert bureau.act(number, "officer", "inspect", findings="现场核实。")["stage"] == "investigating"


def test_p9_6_findings_are_written(bureau: Organisation) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "inspect")

    assert (answer.status, answer.pointer) == (422, "/fields/findings")


def test_p9_6_nothing_is_decided_before_the_inspection(bureau: Organisation) -> None:
    number = assigned(bureau)
    bureau.act(number, "officer", "mediate", **mediation(bureau))

    answer = bureau.try_act(number, "officer", "decide", **DECISION)

    assert (answer.status, answer.problem, answer.json["acts"]) == (
        409,
        "act-not-open",
        ["inspect", "mediate", "recuse"],
    )


def test_p9_6_the_handling_opinion_is_fed_back_to_the_complainant(bureau: Organisation) -> None:
    number = decided(bureau)

    [event] = bureau.events(number, type_="decided")
    values = bureau.get(f"/complaints/{number}/record", "complainant", number)["values"][event["id"]]
    assert values["opinion"] == DECISION["opinion"]
    assert bureau.told("complainant", number)[:1] == [DECIDED.format(number)]


def test_p9_6_the_mail_about_the_handling_opinion_holds_it(bureau: Organisation) -> None:
    bureau.always = {"facts": {"complainant.email": "complainant@example.org"}}

    decided(bureau)

    assert DECISION["opinion"] in bureau.world.mail("complainant@example.org")


@pytest.mark.parametrize(("stage", "who"), [(filed, "information_centre"), (accepted, "leader"), (inspected, "leader")])
def test_p9_7_a_transfer_names_the_body_and_is_notified(bureau: Organisation, stage: object, who: str) -> None:
    number = stage(bureau)  # type: ignore[operator]

    answer = bureau.act(number, who, "transfer", body="市食品药品监督管理局")

    assert (answer["stage"], answer["acts"]) == ("transferred", [])
    assert bureau.told("complainant", number)[:1] == [f"您的投诉 {number} 已转送其他机构。"]


@pytest.mark.parametrize(("stage", "who"), [(filed, "information_centre"), (accepted, "leader"), (inspected, "leader")])
def test_p9_7_the_mail_to_the_complainant_names_the_body(bureau: Organisation, stage: object, who: str) -> None:
    bureau.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = stage(bureau)  # type: ignore[operator]

    bureau.act(number, who, "transfer", body="市食品药品监督管理局")

    assert "市食品药品监督管理局" in bureau.world.mail("complainant@example.org")


def test_p9_7_the_officers_are_told_that_it_is_transferred(bureau: Organisation) -> None:
    number = inspected(bureau)

    bureau.act(number, "leader", "transfer", body="市食品药品监督管理局")

    assert bureau.told("officer", number)[:1] == [f"投诉 {number} 已转送其他机构。"]


def test_p9_7_a_transfer_without_a_body_is_refused(bureau: Organisation) -> None:
    answer = bureau.try_act(filed(bureau), "information_centre", "transfer")

    assert (answer.status, answer.pointer) == (422, "/fields/body")


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

    assert [one["clock"] for one in bureau.filed[number].answer["deadlines"]] == ["first_review"]


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


@pytest.mark.parametrize("who", ["information_centre", "officer", "archivist", "complainant"])
def test_p9_7_after_acceptance_only_the_leader_transfers(bureau: Organisation, who: str) -> None:
    assert bureau.try_act(accepted(bureau), who, "transfer", body="市局").status == 403
    assert bureau.try_act(inspected(bureau), who, "transfer", body="市局").status == 403


@pytest.mark.parametrize("stage", [accepted, inspected])
def test_p9_7_a_later_transfer_names_its_body(bureau: Organisation, stage: Callable[[Organisation], str]) -> None:
    answer = bureau.try_act(stage(bureau), "leader", "transfer")

    assert (answer.status, answer.pointer) == (422, "/fields/body")


def test_p9_6_only_officers_are_assigned(bureau: Organisation) -> None:
    answer = bureau.try_act(accepted(bureau), "leader", "assign", officers=[bureau.subs["archivist"]])

    assert (answer.status, answer.pointer) == (422, "/fields/officers")


def test_p9_6_an_assignment_names_officers(bureau: Organisation) -> None:
    answer = bureau.try_act(accepted(bureau), "leader", "assign")

    assert (answer.status, answer.pointer) == (422, "/fields/officers")


def test_p9_6_only_assigned_officers_propose_the_opinion(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = mediated(bureau)

    others = ("second", "leader", "information_centre", "complainant")
    assert [bureau.try_act(number, who, "decide", **DECISION).status for who in others] == [403] * 4


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld", "not_upheld"])
def test_p9_6_the_opinion_says_whether_the_complaint_is_true(bureau: Organisation, outcome: str) -> None:
    number = mediated(bureau)

    bureau.act(number, "officer", "decide", **{**DECISION, "outcome": outcome})

    assert bureau.events(number, type_="decided")[0]["fields"]["outcome"] == outcome


def test_p9_8_the_leader_is_told_again_until_it_is_decided(bureau: Organisation) -> None:
    number = assigned(bureau)

    bureau.world.move_to("2026-10-19T18:00:00+08:00")

    missed = [bureau.local(event["at"]) for event in bureau.events(number, type_="missed")]
    assert missed[2:] == ["2026-10-10T18:00:00+08:00", "2026-10-16T18:00:00+08:00"]
