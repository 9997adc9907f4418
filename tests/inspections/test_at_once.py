"""Two productions of one period at the same time, and a crash at any call of one."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.inspections import produce
from chalicelib.features.inspections.produce import InspectionCommand, InspectionOrder
from chalicelib.wiring import Wiring
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.faults import Breaker, Crash
from tests.inspections.inspecting import document, produced, world_of

NOVEMBER = InspectionOrder(period="2026-11")


@pytest.fixture(autouse=True)
def many_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A production makes more calls than a period has editions, and each call is tried."""
    monkeypatch.setattr(produce, "MOST_EDITIONS", 100)


class Meanwhile(Breaker):
    """Another person orders the same inspection just before the call."""

    def __init__(self, at: int, office: Organisation) -> None:
        super().__init__(at)
        self._office = office

    def reached(self) -> None:
        produced(self._office, "2026-11")


def command(office: Organisation) -> InspectionCommand:
    sub = office.get("/people/me", "owner")["sub"]
    return InspectionCommand(tenant=office.id, sub=sub, now=world_of(office).now(), request=None)


def ordered(office: Organisation, breaker: Breaker) -> str:
    """The id of the edition. Every call of the store is counted by the breaker."""
    wiring: Wiring = world_of(office).fakes.wiring
    asked = command(office)
    with binding.tenant(office.id):
        body: dict[str, Any] = produce.order(replace(wiring, store=breaker.wrap(wiring.store)), asked, NOVEMBER).body
    return str(body["id"])


def editions(office: Organisation) -> list[str]:
    return [one["id"] for one in office.get("/inspections?limit=100", "owner")["inspections"]]


def events(office: Organisation) -> list[str]:
    found = office.get("/record?limit=100", "owner")["events"]
    return [one["fields"]["inspection"] for one in found if one["type"] == "inspection_produced"]


@pytest.fixture(scope="module")
def calls(office: Organisation) -> int:
    """How many calls of the store a production makes."""
    counter = Breaker(0)
    ordered(office, counter)
    assert counter.calls > 5
    return counter.calls


@pytest.mark.slow
def test_two_at_once_are_two_editions_that_follow_each_other(office: Organisation, calls: int) -> None:
    for at in range(1, calls + 1):
        before = editions(office)
        mine = ordered(office, Meanwhile(at, office))
        new = editions(office)[: -len(before)]
        assert len(new) == 2
        assert mine == new[0]
        assert [document(office, one)["former"]["id"] for one in new] == [new[1], before[0]]
    assert events(office) == editions(office)


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_leaves_a_whole_edition_or_none(office: Organisation, calls: int, *, after: bool) -> None:
    left = 0
    for at in range(1, calls + 1):
        before = editions(office)
        with pytest.raises(Crash):
            ordered(office, Breaker(at, after=after))
        assert events(office) == editions(office)
        new = editions(office)[: len(editions(office)) - len(before)]
        assert [document(office, one)["id"] for one in new] == new
        left += len(new)
    assert left == (1 if after else 0)
