"""P5 `telecom-regulator`: acceptance, decision, service, closing and archiving have their time, and escalate."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.timeline import LATE, OWED, missed
from tests.clauses.offices.regulator import SERVED, accepted, assigned, evidenced, ordered, send
from tests.clauses.organisation import Organisation

CENTRE = "complaint_centre"


def test_p5_2_evidence_that_is_not_looked_at_escalates(regulator: Organisation) -> None:
    number = evidenced(regulator)

    regulator.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(regulator, number, "acceptance") == ["12-04 18:00"]
    assert regulator.told(CENTRE, number)[0] == LATE.format(number)


def test_p5_2_after_a_refusal_the_acceptance_has_its_time_again(regulator: Organisation) -> None:
    number = regulator.file()
    regulator.world.move_to("2026-12-18T18:00:00+08:00")
    send(regulator, number, "bill")
    regulator.act(number, "complainant", "reopen")

    regulator.world.move_to("2026-12-25T18:00:00+08:00")

    assert missed(regulator, number, "acceptance") == ["12-25 18:00"]


def test_p5_2_what_is_accepted_in_time_does_not_escalate(regulator: Organisation) -> None:
    number = accepted(regulator)

    regulator.world.move_to("2026-12-12T09:00:00+08:00")

    assert regulator.events(number, type_="escalated") == []


def test_p5_4_an_investigation_without_a_decision_escalates(regulator: Organisation) -> None:
    number = accepted(regulator)

    regulator.world.move_to("2026-12-28T00:00:00+08:00")

    assert missed(regulator, number, "handling") == ["12-28 00:00"]
    assert regulator.told(CENTRE, number)[0] == LATE.format(number)


def test_p5_4_the_decision_counts_from_the_acceptance(regulator: Organisation) -> None:
    number = evidenced(regulator)
    regulator.world.move_to("2026-12-01T09:00:00+08:00")
    regulator.act(number, CENTRE, "accept")

    assert regulator.local(regulator.deadline(number, "handling")["due"]) == "2027-01-01T00:00:00+08:00"


def test_p5_4_an_order_that_is_not_served_escalates(regulator: Organisation) -> None:
    number = ordered(regulator)

    regulator.world.move_to("2026-12-11T18:00:00+08:00")

    assert missed(regulator, number, "completion") == ["12-11 18:00"]
    assert regulator.told(CENTRE, number)[0] == LATE.format(number)


def test_p5_4_the_archive_has_its_own_time(regulator: Organisation) -> None:
    number = ordered(regulator)
    regulator.world.move_to("2026-12-04T09:00:00+08:00")
    regulator.act(number, CENTRE, "notify", **SERVED)
    regulator.act(number, CENTRE, "close", summary="已处罚。")

    regulator.world.move_to("2026-12-18T18:00:00+08:00")

    assert missed(regulator, number, "completion") == ["12-18 18:00"]
    assert regulator.told(CENTRE, number)[0] == LATE.format(number)


@pytest.mark.parametrize(("until", "alarms"), [("2026-12-28T00:00:00+08:00", 1), ("2026-12-28T18:00:00+08:00", 2)])
def test_p5_4_each_escalation_also_reaches_the_inspector(regulator: Organisation, until: str, alarms: int) -> None:
    number = assigned(regulator)

    regulator.world.move_to(until)

    assert regulator.told("inspector", number).count(OWED.format(number)) == alarms
