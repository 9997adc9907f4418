"""Budgets of read and write units by use case, computed from item sizes (`metered`)."""

from __future__ import annotations

import pytest

from tests.budgets.use_cases import Units, measured

BUDGETS = {
    "a filing": (2, 26),
    "the act classify": (3, 16),
    "a refused act": (3, 0),
    "the act accept": (3, 17),
    "a repeated request": (3, 0),
    "the act confirm": (3, 13),
    "the act forward": (3, 15),
    "the act assign": (3, 17),
    "the act inspect": (3, 17),
    "the act decide": (3, 22),  # starts the two clocks of a silent customer
    "the act close": (3, 23),  # of a case whose customer has accepted the decision
    "the act archive": (3, 14),
    "a warning": (1, 13),
    "a miss": (1, 15),
    "a further miss": (1, 15),
    "an event relayed": (0, 0),
    "an event without effects": (2, 0),
    "the complainant's message": (9, 5),
    "a message to staff with its mail": (6, 15),
    "a sweep with nothing due": (16, 0),
    "a page of the staff's queue (50 rows)": (4, 0),
    "a member's view": (6, 2),
    "the complainant's view": (8, 0),
}
"""The maximum of read and write units of each use case."""


@pytest.fixture(scope="module")
def found() -> dict[str, Units]:
    return measured()


def test_every_metered_use_case_has_a_budget(found: dict[str, Units]) -> None:
    assert set(found) == set(BUDGETS)


@pytest.mark.parametrize("what", BUDGETS)
def test_a_use_case_stays_within_its_budget(found: dict[str, Units], what: str) -> None:
    read, written = found[what].read, found[what].written
    assert (read <= BUDGETS[what][0], written <= BUDGETS[what][1]) == (True, True), (read, written)
