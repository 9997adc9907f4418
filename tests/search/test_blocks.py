"""Blocks: 5,000 numbers of a month."""

from __future__ import annotations

import pytest

from chalicelib.casework.numbers import Month
from chalicelib.features.search.index import manifest


@pytest.mark.parametrize(
    ("number", "block"),
    [("202611-000001", "202611-000"), ("202611-005000", "202611-000"), ("202611-005001", "202611-001")],
)
def test_a_number_has_its_block(number: str, block: str) -> None:
    assert manifest.block_of(number) == block
    assert manifest.number_at(block, manifest.place_in_month(number)) == number


def test_months_have_a_block_for_each_five_thousand() -> None:
    assert manifest.blocks_of([Month("202610", 0), Month("202611", 5_001)]) == ["202611-000", "202611-001"]


def test_the_numbers_of_a_block_come_page_by_page() -> None:
    first = manifest.numbers_in("202611-001", 0, 5_003, 2)
    second = manifest.numbers_in("202611-001", manifest.place_in_month(first[-1]), 5_003, 2)

    assert (first, second) == (["202611-005001", "202611-005002"], ["202611-005003"])
    assert manifest.numbers_in("202611-000", 4_999, 9_000, 100) == ["202611-005000"]
