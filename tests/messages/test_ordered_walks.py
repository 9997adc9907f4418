"""After an outage of more than a day, operators start a reconciliation, so that lost events need not wait a day."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, MINUTE
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.organisations.test_ops import ask


class Shop:
    """After the daily reconciliation: an organisation whose complaint is two hours old and lost by the stream."""

    def __init__(self) -> None:
        self.world = InProcess("2026-11-27T09:00:00+08:00")
        self.organisation: Organisation = sign_up(self.world, "corporate-standard")
        self.pass_by(2 * HOUR)
        self.number = self._file_and_lose_events()
        self.world.fakes.clock.advance(2 * HOUR)

    def _file_and_lose_events(self) -> str:
        settle, self.world.settle = self.world.settle, lambda: None  # type: ignore[method-assign]
        number = self.organisation.file()
        self.world.forget()
        self.world.settle = settle  # type: ignore[method-assign]
        return number

    def pass_by(self, time: int) -> None:
        """Lets time pass, then runs the hourly job and the reconciliation that it started."""
        self.world.fakes.clock.advance(time)
        self.world.sweep()
        self.world.fakes.clock.advance(MINUTE)
        self.world.sweep()

    def order(self, path: str) -> str | None:
        answer = ask(self.organisation, "POST", path)
        assert answer.status == 202
        self.world.settle()
        job: str | None = answer.json["job"]
        return job

    def told(self) -> bool:
        messages = self.organisation.get("/messages", "agent")["messages"]
        return self.number in {each["number"] for each in messages}

    def walks(self) -> int:
        return sum(entry.key.sk.startswith("J#relay-") for entry in self.world.fakes.store.everything())


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_lost_events_of_one_organisation_are_notified_at_once(shop: Shop) -> None:
    assert not shop.told()

    job = shop.order(f"/walk/{shop.organisation.id}")

    assert shop.told()
    assert shop.organisation.get(f"/jobs/{job}", "owner")["state"] == "done"


def test_lost_events_of_all_organisations_are_notified_within_an_hour(shop: Shop) -> None:
    shop.pass_by(HOUR)
    assert not shop.told()

    assert shop.order("/walk") is None
    shop.pass_by(HOUR)

    assert shop.told()


def test_an_ordered_reconciliation_runs_once(shop: Shop) -> None:
    before = shop.walks()
    shop.order("/walk")
    for _ in range(3):
        shop.pass_by(HOUR)
    assert shop.walks() == before + 1


def test_two_orders_within_a_minute_are_one(shop: Shop) -> None:
    assert len({shop.order(f"/walk/{shop.organisation.id}") for _ in range(2)}) == 1


def test_an_unknown_organisation_is_not_found(shop: Shop) -> None:
    assert ask(shop.organisation, "POST", "/walk/nobody-here").status == 404
