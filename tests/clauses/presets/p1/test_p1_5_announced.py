"""P1.5 `platform`: every result is announced to the platform's users, and to no others."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import REVERSED, decided, examined_again
from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, result, values


@pytest.mark.parametrize("outcome", ["upheld", "not_upheld"])
def test_p1_5_each_result_is_announced_when_it_is_decided(marketplace: Organisation, outcome: str) -> None:
    number = decided(marketplace, outcome=outcome)

    [notice] = listed(marketplace, f"?complaint={number}", "complainant", number)

    assert (notice["kind"], notice["audience"]) == ("result", "users")
    shown = {"matter": "goods", "outcome": outcome, "decided_on": "2026-W48"}
    assert values(notice) == (shown | {"sanctions": "warning"} if outcome == "upheld" else shown)


def test_p1_5_results_of_general_complaints_are_announced_too(marketplace: Organisation) -> None:
    for outcome in ("upheld", "not_upheld"):
        result(marketplace, outcome)

    assert {values(one)["outcome"] for one in listed(marketplace, who="archivist")} == {"upheld", "not_upheld"}


def test_p1_5_a_person_who_is_no_user_sees_no_result(marketplace: Organisation) -> None:
    decided(marketplace)

    assert (listed(marketplace), "<entry>" in asked(marketplace, ".atom").text) == ([], False)


def test_p1_5_the_result_of_a_re_examination_is_announced_too(marketplace: Organisation) -> None:
    number = examined_again(marketplace)

    marketplace.act(number, "second", "decide", **REVERSED)

    assert sorted(values(one)["outcome"] for one in listed(marketplace, who="screener")) == ["not_upheld", "upheld"]
