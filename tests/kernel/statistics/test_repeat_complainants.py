"""Complaints by people who had filed another one before, recognised by a keyed hash of their phone number or e-mail."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import DAY
from chalicelib.statistics.cases import cases
from chalicelib.statistics.cells import head
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.statistics.tabulating.value import Ratio
from chalicelib.store import keys, reads
from chalicelib.store.port import Remove
from tests.backtests import live
from tests.backtests.live import Office, number_of
from tests.backtests.stories import FROM
from tests.clauses.organisation import sign_up
from tests.kernel.statistics.played import NOW, count, policy

PRESET = "property-management"
ASKED = Question(measures=("repeat_complainants",), first=date(2026, 11, 1), last=date(2027, 1, 31))
SAME = "139 0000 0000"


@pytest.fixture
def office() -> Office:
    return live.office(PRESET, policy(PRESET), single=True)


def file(office: Office, day: int = 0, without: tuple[str, ...] = (), **given: str) -> str:
    sample = policy(PRESET)["sample"]
    named = {f"complainant.{name}": value for name, value in given.items()}
    facts: dict[str, Any] = {**sample["facts"], **named}
    kept = {name: value for name, value in facts.items() if name not in without}
    filed = office.file(Filing(sample["channel"], kept, None, sample.get("category")), FROM + day * DAY)
    assert filed is not None
    return number_of(filed)


def share(office: Office) -> object:
    with binding.tenant(office.tenant):
        rows = answer(office.wiring, office.tenant, ASKED, NOW).rows
    return rows[0].values["repeat_complainants"] if rows else None


def erase(office: Office, number: str) -> None:
    """The private values of a complaint, as an erasure does."""
    with binding.tenant(office.tenant):
        pk = keys.complaint(office.tenant, number)
        for entry in reads.items(office.wiring.store, pk, keys.PRIVATE_VALUES):
            office.wiring.store.commit([Remove(entry.key)])


def test_a_second_complaint_with_the_same_phone_number_counts(office: Office) -> None:
    for day, phone in enumerate((SAME, "138 1111 1111", "139-0000-0000")):
        file(office, day, phone=phone)
    assert share(office) == Ratio(1, 3)


def test_the_same_address_with_another_phone_number_counts(office: Office) -> None:
    file(office, phone=SAME, email="a@one.example")
    file(office, 1, phone="138 1111 1111", email="A@one.example")
    assert share(office) == Ratio(1, 2)


def test_the_first_complaint_does_not_count_when_a_later_one_comes(office: Office) -> None:
    file(office, phone=SAME)
    before = share(office)
    count(office)
    file(office, 1, phone=SAME)
    count(office, NOW + DAY)
    assert (before, share(office)) == (Ratio(0, 1), Ratio(1, 2))


def test_its_cases_are_the_repeated_complaints(office: Office) -> None:
    file(office, phone=SAME)
    repeated = [file(office, day, phone=SAME) for day in (1, 2)]
    with binding.tenant(office.tenant):
        found = cases(office.wiring, office.tenant, ASKED, NOW)
    assert sorted(found.numbers) == repeated


def test_an_erased_value_changes_no_figure(office: Office) -> None:
    numbers = [file(office, day, phone=SAME) for day in range(3)]
    count(office)
    before = share(office)
    for number in numbers:
        erase(office, number)
    count(office, NOW + DAY)
    assert (before, share(office)) == (Ratio(2, 3), Ratio(2, 3))


def test_a_complaint_that_was_erased_before_it_was_counted_is_left_out(office: Office) -> None:
    file(office, phone=SAME)
    erase(office, file(office, 1, phone=SAME))
    assert share(office) == Ratio(0, 1)


def test_another_organisation_knows_nothing_of_a_complainant(office: Office) -> None:
    file(office, phone=SAME)
    other = Office(sign_up(office.world, PRESET), office.world, office.staff)
    file(other, 1, phone=SAME)
    assert share(other) == Ratio(0, 1)


def test_what_is_stored_of_it_has_no_pseudonym(office: Office) -> None:
    numbers = [file(office, day, phone=SAME) for day in range(2)]
    count(office)
    with binding.tenant(office.tenant):
        pk = head.key(office.tenant).pk
        stored = [entry.body for entry in reads.items(office.wiring.store, pk, keys.starting_with("R#"))]
    assert stored == [f'{{"{numbers[0]}":"no","{numbers[1]}":"yes"}}']
