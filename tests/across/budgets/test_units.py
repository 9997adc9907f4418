"""Budgets of read and write units by use case, computed from item sizes (`metered`)."""

from __future__ import annotations

import pytest

from benchmarks.engines.units import LIFETIME_COUNTS
from tests.across.budgets.use_cases import Units, measured

BUDGETS = {
    "a filing": (2, 22),
    # Tells the complainant the time of the new class, and opens the task to telephone a customer without mail.
    # Answers of staff list what the complainant may do as well: 1 KB of some answers that are kept to be repeated.
    "the act classify": (3, 20),
    "a refused act": (3, 0),
    "the act accept": (3, 13),
    "a repeated request": (3, 0),
    "the act confirm": (3, 9),
    "the act forward": (3, 11),
    "the act assign": (3, 13),
    "the act inspect": (3, 13),
    "the act decide": (3, 18),  # encloses the solution, and opens the task to telephone a customer without mail
    "the act close": (3, 16),  # of a case whose customer has accepted the decision
    "the act archive": (3, 11),
    "a warning": (1, 11),
    "a miss": (1, 17),  # the complainant is told of it, too
    "a further miss": (1, 15),
    "an event relayed": (0, 0),
    "an event without effects": (2, 0),
    "the complainant's message": (6, 5),  # reads the complaint for the present address
    # Its mail counts for the organisation, its plan and the deployment, and asks whether mails are stopped:
    # 4 of 100 US dollars that Amazon SES takes for the same mails.
    "a message to staff with its mail": (6, 16),
    "a filing noted for similar complaints": (8, 22),
    "a sweep with nothing due": (16, 0),
    "a page of the staff's queue (50 rows)": (3, 0),
    "a member's view": (4, 1),
    "the complainant's view": (3, 0),
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


def test_the_units_of_a_use_case_are_those_of_its_kinds_of_items(found: dict[str, Units]) -> None:
    for units in found.values():
        assert (sum(units.reads.values()), sum(units.writes.values())) == (units.read, units.written)
    assert found["the act accept"].writes["complaint"] == found["the act accept"].writes["idempotency"] == 2


LIFETIME = (203, 274)
"""The maximum of read and write units of a complaint. They were 253 and 282 before items were packed, and 196 and 237
before mails had budgets."""


def test_a_complaints_lifetime_stays_within_its_budget(found: dict[str, Units]) -> None:
    read = sum(found[name].read * times for name, times in LIFETIME_COUNTS.items())
    written = sum(found[name].written * times for name, times in LIFETIME_COUNTS.items())
    assert (read <= LIFETIME[0], written <= LIFETIME[1]) == (True, True), (read, written)


SIMILAR = 0.12
"""The largest share of a complaint's write units that the search of similar complaints may take."""


def test_similar_complaints_take_a_small_part_of_a_lifetime(found: dict[str, Units]) -> None:
    written = {name: found[name].written * times for name, times in LIFETIME_COUNTS.items()}

    assert 0 < written["a filing noted for similar complaints"] <= SIMILAR * sum(written.values())
