"""P9 `food-drug-administration`: a complaint does not wait for ever for the office (r)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.timeline import owed
from tests.clauses.offices.bureau import CONDITIONS, assigned, decided, disputed, filed, inspected, mediated, settled
from tests.clauses.organisation import Organisation, hire

Stage = Callable[[Organisation], str]


def test_p9_2_the_screening_takes_five_working_days(bureau: Organisation) -> None:
    deadline = bureau.deadline(filed(bureau), "first_review")

    assert bureau.local(deadline["due"]) == "2026-10-08T18:00:00+08:00"
    assert deadline["because"]["rule"]["clause"] == "P9.2"


@pytest.mark.parametrize(
    ("act", "fields"),
    [("accept", {"conditions": CONDITIONS}), ("refuse", {"ground": "no_facts"}), ("transfer", {"body": "市局"})],
)
def test_p9_2_acceptance_refusal_and_transfer_end_the_screening(
    bureau: Organisation, act: str, fields: dict[str, object]
) -> None:
    number = filed(bureau)

    bureau.act(number, "information_centre", act, **fields)

    assert bureau.deadline(number, "first_review")["state"] == "met"


def test_p9_2_a_missed_screening_is_told_to_the_centre_and_then_to_the_leader(bureau: Organisation) -> None:
    number = filed(bureau)

    bureau.world.move_to("2026-10-08T18:00:00+08:00")

    late = f"投诉 {number} 已逾期，现升级至本层级，请处理。"
    assert (bureau.told("information_centre", number)[0], bureau.told("leader", number)) == (late, [])
    bureau.world.move_to("2026-10-09T18:00:00+08:00")
    assert bureau.told("leader", number) == [late]


@pytest.mark.parametrize("stage", [assigned, inspected, mediated])
def test_p9_8_a_missed_decision_reaches_the_officer_whose_work_it_waits_for(bureau: Organisation, stage: Stage) -> None:
    hire(bureau, "officer", name="second")
    number = stage(bureau)

    bureau.world.move_to("2026-10-09T18:00:00+08:00")

    assert (owed(bureau, number, "decision", "officer"), owed(bureau, number, "decision", "second")) == ([1, 2], [])


@pytest.mark.parametrize("stage", [settled, disputed])
def test_p9_10_an_answered_complaint_is_closed_in_ten_working_days(bureau: Organisation, stage: Stage) -> None:
    deadline = bureau.deadline(stage(bureau), "conclusion")

    assert bureau.local(deadline["due"]) == "2026-10-14T18:00:00+08:00"
    assert deadline["because"]["rule"]["clause"] == "P9.10"


@pytest.mark.parametrize("stage", [settled, disputed])
def test_p9_10_the_closing_meets_the_deadline(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)
    if stage is settled:
        bureau.act(number, "officer", "execute")

    bureau.act(number, "officer", "close", handling_record="已登记。")

    assert bureau.deadline(number, "conclusion", run=1)["state"] == "met"


@pytest.mark.parametrize("stage", [settled, disputed])
def test_p9_10_a_complaint_that_is_not_closed_is_told_to_the_leader(bureau: Organisation, stage: Stage) -> None:
    number = stage(bureau)

    bureau.world.move_to("2026-10-15T18:00:00+08:00")

    assert bureau.told("leader", number)[0] == f"投诉 {number} 已逾期，现升级至本层级，请处理。"


def test_p9_10_a_closed_complaint_is_archived_in_ten_working_days(bureau: Organisation) -> None:
    number = disputed(bureau)
    bureau.act(number, "officer", "close", handling_record="已登记。")

    assert bureau.local(bureau.deadline(number, "conclusion", run=2)["due"]) == "2026-10-14T18:00:00+08:00"
    bureau.act(number, "archivist", "archive")
    assert bureau.deadline(number, "conclusion", run=2)["state"] == "met"


def test_p9_10_a_complaint_that_is_not_archived_is_told_to_the_leader(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.world.move_to("2026-10-23T00:00:00+08:00")

    assert bureau.complaint(number)["stage"] == "closed"
    assert bureau.told("leader", number)[0] == f"投诉 {number} 已逾期，现升级至本层级，请处理。"


def test_p9_9_a_late_answer_ends_the_time_for_the_archive(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.world.move_to("2026-10-09T00:00:00+08:00")

    bureau.act(number, "complainant", "reopen")

    assert bureau.deadline(number, "conclusion")["state"] == "met"


def test_p9_8_each_escalation_also_reaches_the_officer(bureau: Organisation) -> None:
    number = mediated(bureau)

    bureau.world.move_to("2026-10-20T09:00:00+08:00")

    assert owed(bureau, number, "decision", "officer") == [1, 2]
