"""P5.2 `telecom-regulator`: the window takes every paper on the consumer's behalf, until the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.regulator import accepted, assigned, evidenced, found, heard, informed, ordered, send
from tests.clauses.organisation import Organisation

CENTRE = "complaint_centre"
OF_CONSUMER = {"of": "complainant"}


def papers(regulator: Organisation, number: str) -> list[str]:
    record = regulator.get(f"/complaints/{number}/record", CENTRE)
    return [text for of in record["values"].values() for name in ("papers", "received") if (text := of.get(name))]


def unfounded(regulator: Organisation) -> str:
    return found(regulator, "no_violation")


def take(regulator: Organisation, number: str, *of_each: str, **more: Any) -> None:
    for paper in of_each:
        regulator.act(number, CENTRE, "receive_evidence", papers=paper, **more)


def test_p5_2_a_second_paper_is_received_at_the_window_while_the_time_runs(regulator: Organisation) -> None:
    number = regulator.file(channel="window")

    take(regulator, number, "合同一份")
    regulator.world.move_to("2026-11-27T15:00:00+08:00")
    take(regulator, number, "账单一份")

    assert papers(regulator, number) == ["合同一份", "账单一份"]
    assert regulator.told("complainant", number)[:2] == [f"您的投诉 {number}：我们已收到证据材料，将予以核对。"] * 2


def test_p5_2_a_paper_is_received_at_the_window_after_a_file(regulator: Organisation) -> None:
    number = evidenced(regulator)

    take(regulator, number, "账单一份")

    assert papers(regulator, number) == ["账单一份"]


def test_p5_2_a_second_paper_gives_the_centre_no_new_time(regulator: Organisation) -> None:
    number = regulator.file(channel="window")
    take(regulator, number, "合同一份")
    first = regulator.deadline(number, "acceptance")
    regulator.world.move_to("2026-11-30T15:00:00+08:00")

    take(regulator, number, "账单一份")

    assert regulator.deadline(number, "acceptance") == first


def test_p5_2_papers_that_come_late_are_taken(regulator: Organisation) -> None:
    number = regulator.file(channel="window")
    regulator.world.move_to("2026-12-10T09:00:00+08:00")

    take(regulator, number, "合同一份", "账单一份")

    assert papers(regulator, number) == ["合同一份", "账单一份"]


def with_unit(regulator: Organisation) -> str:
    """The inspector recorded the statement of a provider that is a unit with an account."""
    number = found(regulator)
    informed(regulator, number)
    regulator.act(number, "inspector", "receive_evidence", received="陈述书。", of="respondent", told_back="电话告知。")
    return number


@pytest.mark.parametrize(
    ("stage", "at"),
    [
        ("accepted", accepted),
        ("hearing_outside", with_unit),
    ],
)
def test_p5_2_the_window_takes_papers_until_the_decision(
    regulator: Organisation, stage: str, at: Callable[[Organisation], str]
) -> None:
    number = at(regulator)
    assert regulator.complaint(number)["stage"] == stage

    take(regulator, number, "账单一份", **OF_CONSUMER)

    assert papers(regulator, number)[-1] == "账单一份"
    assert regulator.complaint(number)["stage"] == stage


@pytest.mark.parametrize("at", [assigned, found, heard, unfounded])
def test_p5_2_the_window_takes_papers_during_the_investigation(
    regulator: Organisation, at: Callable[[Organisation], str]
) -> None:
    number = at(regulator)
    stage = regulator.complaint(number)["stage"]

    regulator.act(number, CENTRE, "receive_evidence", received="账单一份", **OF_CONSUMER)

    assert papers(regulator, number)[-1] == "账单一份"
    assert regulator.complaint(number)["stage"] == stage


def test_p5_2_a_paper_of_the_consumer_gives_the_provider_no_new_time_to_object(regulator: Organisation) -> None:
    number = with_unit(regulator)
    first = regulator.deadline(number, "objection")
    regulator.world.move_to("2026-11-30T09:00:00+08:00")

    take(regulator, number, "账单一份", **OF_CONSUMER)

    assert regulator.deadline(number, "objection") == first


def test_p5_2_a_paper_of_the_consumer_does_not_take_the_place_of_the_providers_hearing(regulator: Organisation) -> None:
    number = found(regulator)
    informed(regulator, number)

    regulator.act(number, CENTRE, "receive_evidence", received="账单一份", **OF_CONSUMER)

    assert regulator.try_act(number, "inspector", "decide").problem == "act-not-open"


def test_p5_2_before_the_inquiry_the_window_takes_nothing_in_the_providers_place(regulator: Organisation) -> None:
    answer = regulator.try_act(accepted(regulator), CENTRE, "receive_evidence", papers="陈述书", of="respondent")

    assert (answer.status, answer.pointer) == (422, "/fields/of")


def test_p5_2_after_the_decision_the_window_takes_no_more(regulator: Organisation) -> None:
    answer = regulator.try_act(ordered(regulator), CENTRE, "receive_evidence", papers="账单一份", **OF_CONSUMER)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p5_2_an_answered_demand_is_not_shown_as_open(regulator: Organisation) -> None:
    number = evidenced(regulator)
    [event] = regulator.events(number, type_="evidence_demanded")

    demand = regulator.get(f"/complaints/{event['id'].replace('/', '/demands/')}", CENTRE)

    assert (demand["state"], regulator.complaint(number, CENTRE)["demands"]) == ("ended", [])


def test_p5_2_a_further_file_is_recorded_as_a_file_only(regulator: Organisation) -> None:
    number = evidenced(regulator)

    assert send(regulator, number, "other") == 201

    assert len(regulator.events(number, type_="evidence_received")) == 1
