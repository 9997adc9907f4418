"""A respondent whom the system does not reach can answer after the time for evidence, which is no silence."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}}
intake:
  unit: optional
  channels: {web: {en: Web}}
  facts: {respondent.name: {en: About whom, required: true}, content: {en: What happened, required: true}}
  evidence: {letter: {en: Letter}}
fields: {received: {en: What came}, solution: {en: Solution}}
stages:
  registered:
    demand_evidence: {by: clerk, within: 2 working days}
    receive_evidence: {by: clerk, needs: [received], takes: [demand]}
    accept: {by: clerk, when: {demand: open}}
    confirm: {by: clerk, when: {demand: answered}}
    decide: {by: clerk, to: decided, needs: [solution], when: {demand: [answered, lapsed]}}
  decided: {name: {en: Decided}}
sample: {channel: web, facts: {respondent.name: Lamps Ltd, content: The lamp is broken.}}
"""


@pytest.fixture
def council() -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), POLICY)


@pytest.fixture
def number(council: Organisation) -> str:
    """A demand for evidence to a respondent without a unit, whose time is over."""
    filed = council.file()
    council.act(filed, "clerk", "demand_evidence")
    assert "accept" in council.complaint(filed, "clerk")["acts"]
    council.world.move_to("2026-12-01T17:00:00+00:00")
    return filed


def test_the_time_is_over_and_the_case_goes_on(council: Organisation, number: str) -> None:
    acts = council.complaint(number, "clerk")["acts"]

    assert {"decide", "receive_evidence"} <= {*acts}
    assert not {"accept", "confirm"} & {*acts}


def test_it_is_over_once(council: Organisation, number: str) -> None:
    council.world.move_to("2027-01-12T09:00:00+00:00")

    assert len(council.events(number, type_="demand_lapsed")) == 1


def test_the_demand_is_still_listed_with_its_time(council: Organisation, number: str) -> None:
    [one] = council.complaint(number, "clerk")["demands"]

    assert (one["of"], one["until"]) == ("respondent", "2026-12-01T17:00:00.000Z")


def test_a_late_answer_counts_as_one(council: Organisation, number: str) -> None:
    council.act(number, "clerk", "receive_evidence", received="A letter.")

    acts = council.complaint(number, "clerk")["acts"]
    assert {"confirm", "decide"} <= {*acts}
    assert council.complaint(number, "clerk")["demands"] == []


def test_a_file_that_comes_late_by_the_link_ends_the_demand_and_changes_no_condition(
    council: Organisation, number: str
) -> None:
    """The case has gone on without it, so that no act that it was waiting for can close again."""
    seq = str(council.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    link = council.get(f"/complaints/{number}/demands/{seq}/link", "clerk")

    given(council, number, "letter", auth=f"Receipt {link['receipt']}")

    assert len(council.events(number, type_="evidence_received")) == 1
    view = council.complaint(number, "clerk")
    assert view["demands"] == []
    assert "decide" in view["acts"]
    assert "confirm" not in view["acts"]


def test_a_further_demand_is_awaited_again(council: Organisation, number: str) -> None:
    council.act(number, "clerk", "demand_evidence")

    acts = council.complaint(number, "clerk")["acts"]
    assert "accept" in acts
    assert "decide" not in acts
