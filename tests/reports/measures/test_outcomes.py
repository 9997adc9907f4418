"""Outcomes, appeals, redress, satisfaction, refusals and pauses of a few complaints, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.reports.measures.office import at, cases, rows


def decided(office: Organisation, **fields: Any) -> str:
    number = office.file()
    return decide(office, number, **fields)


def decide(office: Organisation, number: str, outcome: str = "upheld", **fields: Any) -> str:
    office.act(number, "agent", "decide", solution="Repaired.", outcome=outcome, **fields)
    return number


def counts(office: Organisation, measure: str) -> dict[str, int]:
    return {key: one["count"] for key, one in rows(office, measure, "answer").items()}


def test_a_complaint_has_a_first_and_a_last_outcome(office: Organisation) -> None:
    number = decided(office, outcome="not_upheld")
    office.act(number, "manager", "object")
    decide(office, number, "not_upheld")
    office.act(number, "manager", "object")
    decide(office, number, "upheld")
    decided(office, outcome="upheld")

    assert counts(office, "first_outcome") == {"outcome=not_upheld": 1, "outcome=upheld": 1}
    assert counts(office, "last_outcome") == {"outcome=upheld": 2}
    assert counts(office, "answers") == {"outcome=not_upheld": 2, "outcome=upheld": 2}


def test_a_decision_that_was_appealed_and_changed_is_overturned(office: Organisation) -> None:
    overturned, kept, _ = (decided(office, outcome="not_upheld") for _ in range(3))
    for number, outcome in ((overturned, "upheld"), (kept, "not_upheld")):
        office.act(number, "manager", "object")
        decide(office, number, outcome)

    assert rows(office, "appealed")[""] == {"numerator": 2, "denominator": 5, "share": 0.4}
    assert rows(office, "overturned")[""] == {"numerator": 1, "denominator": 2, "share": 0.5}
    assert (cases(office, "appealed"), cases(office, "overturned")) == (sorted([overturned, kept]), [overturned])


def test_redress_has_a_total_and_a_median(office: Organisation) -> None:
    paid = [decided(office, refund=amount) for amount in (19.99, 250, 40)]
    office.file(facts={"complainant.name": "A Customer", "content": "It broke.", "price": 9000})

    assert rows(office, "redress")[""] == {"count": 3, "sum": 309.99, "median": 40.0}
    assert rows(office, "sum_of_money")[""]["sum"] == 9309.99
    assert cases(office, "redress") == sorted(paid)


def test_redress_that_was_changed_counts_once(office: Organisation) -> None:
    number = decided(office, refund=12_345)
    office.act(number, "manager", "object")
    decide(office, number, refund=12_355)

    assert rows(office, "redress")[""] == {"count": 1, "sum": 12_355.0, "median": 12_400.0}


def test_the_last_rating_is_the_satisfaction(office: Organisation) -> None:
    for number, ratings in ((decided(office), ["dissatisfied", "satisfied"]), (decided(office), ["satisfied"])):
        for rating in ratings:
            office.act(number, "complainant", "rate", rating=rating)

    assert counts(office, "satisfaction") == {"rating=satisfied": 2}


def test_refusals_by_ground_are_shares_of_all_filings(office: Organisation) -> None:
    for ground in ("unclear", "old", "old"):
        office.act(office.file(), "agent", "refuse", ground=ground)
    office.file()

    found = {key: (one["numerator"], one["denominator"]) for key, one in rows(office, "refused", "ground").items()}
    assert found == {"unclear": (1, 4), "old": (2, 4)}


def test_a_pause_counts_when_it_is_over_with_its_working_time(office: Organisation) -> None:
    number = office.file()
    at(office, 23, 15)
    office.act(number, "agent", "park")
    assert rows(office, "time_paused") == {}
    at(office, 25, 11)
    office.act(number, "agent", "resume")

    found = rows(office, "time_paused", "stage")
    assert found == {
        "parked": {"count": 1, "median": pytest.approx(12 * 60, rel=0.0477), "p90": pytest.approx(720, rel=0.0477)}
    }
    assert cases(office, "time_paused") == [number]


def test_received_by_what_regulators_ask(office: Organisation) -> None:
    first = office.file(category={"matter": "noise"})
    office.file(category={"matter": "dirt"}, channel="phone")
    office.act(first, "agent", "classify", matter="dirt")

    assert {key: one["count"] for key, one in rows(office, "received", "category.matter").items()} == {"dirt": 2}
    assert {key: one["count"] for key, one in rows(office, "received", "channel").items()} == {"shop": 1, "phone": 1}
