"""P8.3 汇总报告: number, frequency and content of complaints, by category and period."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

NOVEMBER = "from=2026-11-01&to=2026-11-30"


@pytest.fixture
def desk() -> Organisation:
    """Two complaints about products in one week, one about after-sales service in the next."""
    found = sign_up(InProcess("2026-11-16T09:00:00+08:00"), "customer-service")
    for _ in range(2):
        found.file(category={"kind": "product_quality"})
    found.world.move_to("2026-11-24T09:00:00+08:00")
    found.file(category={"kind": "after_sales"})
    return found


def counted(desk: Organisation, by: str) -> dict[str, Any]:
    """P8.3: the complaints received in November, by category or week."""
    report = desk.get(f"/reports/inflow?measure=received&by={by}&{NOVEMBER}", "manager")
    return {row["keys"][by]: row["values"]["received"] for row in report["rows"]}


def test_p8_3_the_number_of_complaints_by_category(desk: Organisation) -> None:
    found = counted(desk, "category.kind")
    assert {name: value["count"] for name, value in found.items()} == {"product_quality": 2, "after_sales": 1}


def test_p8_3_a_complaint_whose_category_was_corrected_counts_under_the_right_one(desk: Organisation) -> None:
    number = desk.file(category={"kind": "after_sales"})

    desk.act(number, "agent", "classify", severity="general", kind="product_quality")

    found = counted(desk, "category.kind")
    assert {name: value["count"] for name, value in found.items()} == {"product_quality": 3, "after_sales": 1}


def test_p8_3_the_frequency_of_complaints_by_week(desk: Organisation) -> None:
    found = counted(desk, "week")
    assert {name: value["count"] for name, value in found.items()} == {"2026-W47": 2, "2026-W48": 1}


def test_p8_3_the_content_of_the_complaints_behind_a_number(desk: Organisation) -> None:
    value = counted(desk, "category.kind")["after_sales"]
    listed = desk.world.call("GET", value["cases"], auth=desk.auth("manager")).json["numbers"]
    (number,) = listed
    assert desk.get(f"/complaints/{number}", "manager")["facts"]["content"]
