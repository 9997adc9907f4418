"""Handing over goes through the complaints again until none is left, and at most five times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest
from msgspec.structs import replace

from chalicelib.features.people import hand_over
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Page, Put, Store, Update, Write
from tests.clauses.offices.company import company_in, handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.people.test_handing_over import assigned, job, remove, work

ATTEMPTS = 5
"""Attempts for one complaint in one pass."""


class BusyStore:
    """Others change a complaint before each of the first `lost` commits to it. Counts the passes over the shelves."""

    def __init__(self, store: Store, organisation: str, number: str, lost: int) -> None:
        self._store, self._shelf = store, keys.shelf(organisation, "open")
        self._partition = keys.complaint(organisation, number)
        self._lost = lost
        self.passes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def listed(self, pk: str, **options: Any) -> Page:
        self.passes += pk == self._shelf
        return self._store.listed(pk, **options)

    def commit(self, writes: Sequence[Write]) -> None:
        if self._lost and any(map(self._concerns, writes)):
            self._lost -= 1
            raise CommitConflict([0])
        self._store.commit(writes)

    def _concerns(self, write: Write) -> bool:
        return (write.entry.key if isinstance(write, Put | Update) else write.key).pk == self._partition


@pytest.fixture
def company() -> Organisation:
    made = company_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(made, "business_unit", name="heir")
    return made


def handed_over(company: Organisation, number: str, lost: int) -> tuple[str, int]:
    """Who is responsible when the job is done, and the passes that it made."""
    remove(company)
    wiring = cast(InProcess, company.world).fakes.wiring
    busy = BusyStore(wiring.store, company.id, number, lost)
    work(company, replace(wiring, store=busy))
    assert job(company)["state"] == "done"
    [responsible] = assigned(company, number)
    names = {sub: name for name, sub in company.subs.items()}
    return names[responsible], busy.passes


def test_the_pass_after_the_last_complaint_finds_none(company: Organisation) -> None:
    assert handed_over(company, handled(company), lost=0) == ("heir", 2)


def test_without_complaints_one_pass_is_enough(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    remove(company)
    work(company, cast(InProcess, company.world).fakes.wiring)

    assert handed_over(company, number, lost=0) == ("heir", 1)


def test_a_complaint_that_others_change_is_handed_over_in_a_later_pass(company: Organisation) -> None:
    assert handed_over(company, handled(company), lost=2 * ATTEMPTS) == ("heir", 4)


def test_every_page_of_a_shelf_is_handed_over(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_over, "PAGE", 1)
    numbers = [handled(company) for _ in range(3)]
    remove(company)
    work(company, cast(InProcess, company.world).fakes.wiring)
    assert [assigned(company, number) for number in numbers] == [[company.subs["heir"]]] * 3
    assert (job(company)["state"], job(company)["counts"]) == ("done", {"handed_over": 3})


def test_the_fifth_pass_is_the_last(company: Organisation) -> None:
    assert handed_over(company, handled(company), lost=4 * ATTEMPTS) == ("heir", 5)


def test_a_complaint_that_others_change_all_the_time_does_not_keep_the_job_running(company: Organisation) -> None:
    assert handed_over(company, handled(company), lost=1_000) == ("business_unit", 5)
