"""Blocks: 5,000 numbers of a month."""

from __future__ import annotations

import pytest

from chalicelib.casework.numbers import Month
from chalicelib.features.search import blocks


@pytest.mark.parametrize(
    ("number", "block"),
    [("202611-000001", "202611-000"), ("202611-005000", "202611-000"), ("202611-005001", "202611-001")],
)
def test_a_number_has_its_block(number: str, block: str) -> None:
    assert blocks.of_number(number) == block
    assert blocks.number_at(block, blocks.place_of(number)) == number


def test_months_have_a_block_for_each_five_thousand() -> None:
    assert blocks.of_months([Month("202610", 0), Month("202611", 5_001)]) == ["202611-000", "202611-001"]


def test_the_numbers_of_a_block_come_page_by_page() -> None:
    first = blocks.numbers("202611-001", 0, 5_003, 2)
    second = blocks.numbers("202611-001", blocks.place_of(first[-1]), 5_003, 2)

    assert (first, second) == (["202611-005001", "202611-005002"], ["202611-005003"])
    assert blocks.numbers("202611-000", 4_999, 9_000, 100) == ["202611-005000"]
