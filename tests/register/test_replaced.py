"""A later result of a complaint takes the place of the earlier one, and the register shows both together (P1.6)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.clauses.offices.marketplace import changed, decided, examined_again, kept
from tests.clauses.organisation import Organisation
from tests.register.asking import asked, listed, result, values


def both(marketplace: Organisation) -> tuple[dict[str, Any], dict[str, Any]]:
    """The earlier and the later announcement."""
    found = {one["replaces"] is None: one for one in listed(marketplace, who="screener")}
    return found[True], found[False]


@pytest.mark.parametrize("again", [changed, kept])
def test_p1_6_the_old_result_is_replaced_by_the_new_one(marketplace: Organisation, again: Any) -> None:
    again(marketplace)

    old, new = both(marketplace)

    assert (old["replaced"], new["replaces"]) == ({"by": new["id"], "on": "2026-11-28"}, old["id"])
    assert new["replaced"] is None


def test_the_new_result_has_no_sanctions_of_the_decision_that_it_replaces(marketplace: Organisation) -> None:
    changed(marketplace)

    old, new = both(marketplace)

    assert values(old)["sanctions"] == "warning"
    assert (values(new)["outcome"], values(new).get("sanctions")) == ("not_upheld", None)


def test_the_old_result_stays_readable_and_names_the_new_one(marketplace: Organisation) -> None:
    changed(marketplace)
    old, new = both(marketplace)

    read = asked(marketplace, f"/{old['id']}", "screener").json

    assert (values(read)["outcome"], read["replaced"]["by"]) == ("upheld", new["id"])
    assert read["sha256"] == old["sha256"]


def test_results_of_other_complaints_are_left_alone(marketplace: Organisation) -> None:
    result(marketplace)
    decided(marketplace)

    assert [(one["replaces"], one["replaced"]) for one in listed(marketplace, who="screener")] == [(None, None)] * 2


def test_before_the_new_result_the_old_one_counts(marketplace: Organisation) -> None:
    examined_again(marketplace)

    [one] = listed(marketplace, who="screener")

    assert one["replaced"] is None


def test_the_table_names_both(marketplace: Organisation) -> None:
    changed(marketplace)
    old, new = both(marketplace)

    rows = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(asked(marketplace, "", "screener", accept="text/csv").text))
    }

    assert (rows[old["id"]]["replaced_by"], rows[new["id"]]["replaces"]) == (new["id"], old["id"])
