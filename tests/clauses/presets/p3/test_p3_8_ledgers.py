"""P3.8: pending matters stand in the ledgers of the manager and of the centre, with what each owes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.workshop import parked, reported
from tests.clauses.organisation import Organisation

KEEPERS = {"manager": "customer_manager", "centre": "service_centre"}


def ledger(workshop: Organisation, name: str, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = workshop.get(f"/ledgers/{name}{query}", KEEPERS[name])
    return found


@pytest.mark.parametrize("name", KEEPERS)
def test_p3_8_a_pending_matter_stands_in_the_ledger(workshop: Organisation, name: str) -> None:
    number = parked(workshop)
    reported(workshop)

    found = ledger(workshop, name)

    assert [one["number"] for one in found["matters"]] == [number]
    assert "未了事宜台帐" in found["name"]["zh"]
    assert "ledger" in found["name"]["en"]


@pytest.mark.parametrize("name", KEEPERS)
def test_p3_8_a_resumed_matter_leaves_the_ledger(workshop: Organisation, name: str) -> None:
    number = parked(workshop)

    workshop.act(number, "customer_manager", "resume")

    assert ledger(workshop, name)["matters"] == []


@pytest.mark.parametrize("name", KEEPERS)
def test_p3_8_each_ledger_is_read_by_its_keeper_and_not_by_the_other(workshop: Organisation, name: str) -> None:
    roles = [*KEEPERS.values(), "staff", "management"]

    read = {
        who: workshop.world.call("GET", f"{workshop.path}/ledgers/{name}", auth=workshop.auth(who)).status
        for who in roles
    }

    assert read == {who: 200 if who == KEEPERS[name] else 403 for who in roles}


def test_p3_8_the_managers_ledger_shows_the_monthly_contact(workshop: Organisation) -> None:
    number = parked(workshop)

    [before] = ledger(workshop, "manager")["matters"]
    workshop.world.move_to("2026-12-01T09:00:00+08:00")
    [owed] = ledger(workshop, "manager")["matters"]
    workshop.act(number, "customer_manager", "do_task", task=owed["tasks"][0]["task"], contact="已请其来店。")
    [after] = ledger(workshop, "manager")["matters"]

    assert (before["tasks"], workshop.local(before["next"]["opens"])) == ([], "2026-12-01T00:00:00+08:00")
    [contact] = owed["tasks"]
    assert (contact["name"]["zh"], workshop.local(contact["due"]), contact["state"]) == (
        "未了事宜的客户沟通（提醒及时回厂处理）",
        "2026-12-05T00:00:00+08:00",
        "running",
    )
    assert (after["tasks"], workshop.local(after["next"]["opens"])) == ([], "2027-01-01T00:00:00+08:00")


def test_p3_8_a_missed_contact_is_shown_as_missed(workshop: Organisation) -> None:
    parked(workshop)

    workshop.world.move_to("2026-12-07T09:00:00+08:00")

    [matter] = ledger(workshop, "manager")["matters"]
    assert [one["state"] for one in matter["tasks"]] == ["missed"]


def test_p3_8_the_centres_ledger_shows_no_contact_of_the_manager(workshop: Organisation) -> None:
    parked(workshop)
    workshop.world.move_to("2026-12-01T09:00:00+08:00")

    [matter] = ledger(workshop, "centre")["matters"]

    assert (matter["tasks"], matter["next"]) == ([], None)


def test_p3_8_a_ledger_shows_the_deadlines_and_the_acts_of_its_keeper(workshop: Organisation) -> None:
    parked(workshop, "customer_absent")

    [managers], [centres] = ledger(workshop, "manager")["matters"], ledger(workshop, "centre")["matters"]

    assert {one["state"] for one in managers["deadlines"]} == {"paused", "running"}
    assert set(managers["acts"]) == {"accept", "classify", "resume"}
    assert set(centres["acts"]) - set(managers["acts"]) == {"notify"}


@pytest.mark.parametrize("name", KEEPERS)
def test_p3_8_the_ledger_of_a_month_is_kept(workshop: Organisation, name: str) -> None:
    number = parked(workshop)
    workshop.world.move_to("2026-12-01T02:00:00+08:00")
    workshop.act(number, "customer_manager", "resume")

    kept = ledger(workshop, name, "?month=2026-11")

    assert ([one["number"] for one in kept["matters"]], ledger(workshop, name)["matters"]) == ([number], [])
