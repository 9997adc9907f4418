"""P9 `food-drug-administration`: the values that filings and acts take and refuse."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import HOUR, to_text
from tests.clauses.offices.bureau import CONDITIONS, accepted, assigned, filed, inspected, mediation, recent, settled
from tests.clauses.organisation import Organisation


def later(bureau: Organisation) -> str:
    return to_text(bureau.world.now() + HOUR)


@pytest.mark.parametrize("fact", ["occurred_at", "knew_at"])
def test_p9_4_what_lies_in_the_future_did_not_happen(bureau: Organisation, fact: str) -> None:
    answer = bureau.try_file(facts={**recent(bureau.world), fact: "2026-09-24"})

    assert (answer.status, answer.pointer) == (422, f"/facts/{fact}")


@pytest.mark.parametrize("sex", ["male", "female", "other"])
def test_p9_5_each_sex_can_be_registered(bureau: Organisation, sex: str) -> None:
    assert bureau.try_file(facts={"complainant.sex": sex}).status == 201


@pytest.mark.parametrize("given", [{}, {"conditions": CONDITIONS}])
def test_p9_3_a_condition_that_is_not_met_is_named(bureau: Organisation, given: dict[str, Any]) -> None:
    number = filed(bureau)

    answer = bureau.try_act(number, "information_centre", "refuse", ground="condition_not_met", **given)

    assert (answer.status, answer.pointer) == (422, "/fields/conditions")
    ticked = {**CONDITIONS, "definite": False}
    answer = bureau.try_act(number, "information_centre", "refuse", ground="condition_not_met", conditions=ticked)
    assert answer.status == 200


def test_p9_3_only_a_late_complaint_is_refused_as_late(bureau: Organisation) -> None:
    answer = bureau.try_act(filed(bureau), "information_centre", "refuse", ground="late")

    assert (answer.status, answer.pointer) == (422, "/fields/ground")


def test_p9_12_a_mediation_is_recorded_afterwards(bureau: Organisation) -> None:
    fields = mediation(bureau, mediated_at=later(bureau))

    answer = bureau.try_act(inspected(bureau), "officer", "mediate", **fields)

    assert (answer.status, answer.pointer) == (422, "/fields/mediated_at")


def test_p9_6_an_inspection_is_recorded_afterwards(bureau: Organisation) -> None:
    answer = bureau.try_act(assigned(bureau), "officer", "inspect", findings="现场核实。", done_at=later(bureau))

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")


def test_p9_9_an_execution_is_recorded_afterwards(bureau: Organisation) -> None:
    answer = bureau.try_act(settled(bureau), "officer", "execute", done_at=later(bureau))

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")


def test_p9_6_an_officer_who_is_excluded_is_not_assigned(bureau: Organisation) -> None:
    number = accepted(bureau)
    bureau.act(number, "officer", "recuse", reason="被投诉者是亲属。")

    answer = bureau.try_act(number, "leader", "assign", officers=[bureau.subs["officer"]])

    assert (answer.status, answer.pointer) == (422, "/fields/officers")


def warned(bureau: Organisation, number: str) -> set[str]:
    """Who is told a working day before the decision is due."""
    bureau.world.move_to("2026-09-30T09:00:00+08:00")
    return {who for who in bureau.tokens if any("即将到期" in text for text in bureau.told(who, number))}


def test_p9_8_the_officers_and_the_leader_are_warned_a_working_day_before(bureau: Organisation) -> None:
    assert warned(bureau, assigned(bureau)) == {"officer", "leader"}


def test_p9_8_the_leader_who_has_not_assigned_it_is_warned(bureau: Organisation) -> None:
    assert "leader" in warned(bureau, accepted(bureau))
