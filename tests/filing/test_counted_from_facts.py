"""Filing over HTTP of complaints whose clocks count from a fact, and of those that come outside working time."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, document

FACT = {"en": "When you first complained to us", "kind": "date", "tense": "past"}
CLOCK: dict[str, Any] = {"until": ["inspected", "closed"], "missed": "record"}


def office(**clocks: Any) -> Organisation:
    """On Friday 27 November at nine in Shanghai."""
    intake = document({})["intake"]
    facts = {**intake["facts"], "complained_on": FACT}
    return council(
        {}, intake={**intake, "facts": facts}, clocks={name: {**CLOCK, **one} for name, one in clocks.items()}
    )


def filing(made: Organisation, **facts: str) -> dict[str, Any]:
    example = made.example()
    return {**example, "facts": {**example["facts"], **facts}}


def test_a_clock_that_counts_from_a_fact_is_missed_with_the_filing_and_so_says_the_replay() -> None:
    made = office(weeks={"from": {"fact": "complained_on"}, "within": "8 calendar weeks"})
    sent = {"body": filing(made, complained_on="2026-09-01"), "headers": {"Idempotency-Key": "k" * 22}}
    answer = made.world.call("POST", f"{made.path}/complaints", **sent)

    [one] = answer.json["deadlines"]
    assert (one["state"], one["started"], one["due"]) == (
        "missed",
        "2026-09-01T16:00:00.000Z",
        "2026-10-27T16:00:00.000Z",
    )
    assert made.world.call("POST", f"{made.path}/complaints", **sent).json == answer.json
    [missed] = made.events(answer.json["number"], type_="missed")
    assert (missed["at"], missed["due_at"]) == ("2026-11-27T01:00:00.000Z", "2026-10-27T16:00:00.000Z")


def test_a_clock_that_is_not_late_runs_and_says_from_where_it_counts() -> None:
    made = office(weeks={"from": {"fact": "complained_on"}, "within": "8 calendar weeks"})
    answer = made.world.call("POST", f"{made.path}/complaints", body=filing(made, complained_on="2026-11-20"))
    [one] = answer.json["deadlines"]
    assert (one["state"], one["due"]) == ("running", "2027-01-15T16:00:00.000Z")
    assert "counted from Fri 20 Nov 2026" in one["because"]["text"]["en"]


def test_without_the_fact_no_deadline_is_promised() -> None:
    made = office(weeks={"from": {"fact": "complained_on"}, "within": "8 calendar weeks"})
    answer = made.world.call("POST", f"{made.path}/complaints", body=filing(made))
    assert answer.json["deadlines"] == []


def test_a_filing_of_a_weekend_is_answered_with_the_deadline_from_mondays_opening() -> None:
    made = office(look={"from": "registered", "within": "2 working hours", "starts": "next working day"})
    made.world.move_to("2026-11-28T10:00:00+08:00")
    [one] = made.world.call("POST", f"{made.path}/complaints", body=filing(made)).json["deadlines"]
    assert one["started"] == one["because"]["event_at"] == "2026-11-28T02:00:00.000Z"
    assert (one["state"], one["due"]) == ("running", "2026-11-30T03:00:00.000Z")
