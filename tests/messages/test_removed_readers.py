"""Messages to a removed person go to the successor, or to the owners if there is none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox.readers import readers_of
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.people import case_successors
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.offices import helpdesk
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess

DISPUTED = "投诉 {}：投诉人不接受解决方案。"


@pytest.fixture
def desk() -> Organisation:
    """A complaint assigned to Bob, with an offer that waits for the complainant."""
    desk = helpdesk.helpdesk_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(desk, "after_sales", name="bob")
    hire(desk, "after_sales", name="eve")
    number = desk.file()
    desk.act(number, "agent", "assign", responsible=[desk.subs["bob"]])
    desk.act(number, "bob", "inspect", **helpdesk.FOUND)
    desk.act(number, "bob", "offer", remedies=["refund"], offer="退款", amount=200)
    return desk


def remove(desk: Organisation, who: str, to: str | None = None) -> None:
    query = f"?to={desk.subs[to]}" if to else ""
    path = f"{desk.path}/people/{desk.subs[who]}{query}"
    assert desk.world.call("DELETE", path, auth=desk.auth("owner")).status == 204


def disputed(desk: Organisation) -> str:
    """The complainant disputes the offer before the job has handed the case over."""
    number = next(iter(desk.filed))
    desk.act(number, "complainant", "dispute")
    return number


def readers(desk: Organisation) -> list[str]:
    effects: list[dict[str, Any]] = desk.get("/effects?way=in_app", "owner")["effects"]
    return [one["reader"] for one in effects if one["about"] == "disputed"]


def test_the_successor_gets_the_message(desk: Organisation) -> None:
    remove(desk, "bob", to="eve")

    number = disputed(desk)

    assert desk.told("eve", number)[0] == DISPUTED.format(number)
    assert readers(desk) == [desk.subs["eve"]]


def test_a_removed_successors_own_successor_gets_the_message(desk: Organisation) -> None:
    remove(desk, "bob", to="eve")
    remove(desk, "eve", to="agent")

    disputed(desk)

    assert readers(desk) == [desk.subs["agent"]]


def test_without_a_named_successor_the_removing_owner_gets_the_message(desk: Organisation) -> None:
    remove(desk, "bob")

    number = disputed(desk)

    assert desk.told("owner", number) == [DISPUTED.format(number)]


def unknown_heir(desk: Organisation) -> None:
    remove(desk, "bob", to="eve")
    assert isinstance(desk.world, InProcess)
    with binding.tenant(desk.id):
        desk.world.fakes.store.commit([Remove(keys.job(desk.id, case_successors.job_id(desk.subs["bob"])))])


def test_with_an_unknown_successor_the_owners_get_the_message(desk: Organisation) -> None:
    unknown_heir(desk)

    number = disputed(desk)

    assert desk.told("owner", number) == [DISPUTED.format(number)]


def test_the_message_to_the_complainant_does_not_replace_the_one_to_staff(desk: Organisation) -> None:
    number = next(iter(desk.filed))
    unknown_heir(desk)

    found = named(desk, number, "complainant", f"@{desk.subs['bob']}")

    assert found == [f"C#{number}", owner(desk)]


def named(desk: Organisation, number: str, *to: str) -> list[str]:
    """The readers of a message that is addressed to `to`."""
    assert isinstance(desk.world, InProcess)
    wiring, key = desk.world.fakes.wiring, keys.event(keys.complaint(desk.id, number), 1)
    with binding.tenant(desk.id):
        event = msgspec.json.decode(wiring.store.get([key])[key].body, type=Event)
        return readers_of(wiring.store, RelayedEvent(desk.id, number, 1), event, to).all


def owner(desk: Organisation) -> str:
    people: list[dict[str, Any]] = desk.get("/people", "owner")["people"]
    return next(one["sub"] for one in people if {"role": "owner"} in one["grants"])
