"""A complaint is hidden from whom it excludes in what is made of it later: jobs, frozen ledgers, back-tests."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.across.isolation.excluded import EXCLUDED, Scene, asked, made, stricter
from tests.clauses.organisation import hire
from tests.handling.exclusion.council import publish, stand_in
from tests.kernel.web.untouched import in_process


@pytest.fixture
def scene() -> Scene:
    return made()


def test_a_switch_of_all_complaints_does_not_name_it_to_an_excluded_owner(scene: Scene) -> None:
    """The dry run of another owner lists the complaints whose deadlines would be missed."""
    office = scene.office
    publish(office, stricter())
    office.world.move_to("2026-11-27T12:00:00+08:00")
    hire(office, "manager", name="colleague", also=["owner"])
    order = {"dry_run": True, "start_new_clocks": True}
    started = office.world.call("POST", f"{office.path}/policy/switch", order, auth=office.auth("colleague"))
    office.world.settle()

    listed = {
        who: office.get(f"/jobs/{started.json['id']}", who)["listed"]["breached"] for who in ("owner", "colleague")
    }

    assert listed == {"owner": [scene.other, scene.later], "colleague": [scene.number, scene.other, scene.later]}


def switched_all(scene: Scene, who: str) -> list[dict[str, Any]]:
    """The dry run of a switch of all complaints, and the switch itself."""
    found = list[dict[str, Any]]()
    order: dict[str, Any] = {"dry_run": True}
    for _ in range(2):
        answer = scene.office.world.call(
            "POST", f"{scene.office.path}/policy/switch", order, auth=scene.office.auth(who)
        )
        in_process(scene.office).sweep()
        found.append(scene.office.get(f"/jobs/{answer.json['id']}", who))
        order = {"token": found[0]["token"]}
    return found


def versions(scene: Scene) -> list[str]:
    return [scene.office.complaint(one, "second")["policy"] for one in (scene.number, scene.other, scene.later)]


def test_an_excluded_owner_does_not_switch_it_with_all_complaints(scene: Scene) -> None:
    publish(scene.office, stricter())

    tried, made = switched_all(scene, "owner")

    assert (Counter(tried["counts"]), tried["listed"]) == (Counter(made["counts"]), {})
    assert (made["counts"]["excluded"], made["counts"]["switched"]) == (1, 2)
    assert versions(scene) == ["1", "2", "2"]
    assert scene.number not in str([tried, made])


def test_another_owner_switches_it_unless_they_stand_in_for_an_excluded_person(scene: Scene) -> None:
    office = scene.office
    publish(office, stricter())
    hire(office, "officer", name="colleague", also=["owner"])
    stand_in(office, "officer", "colleague")
    assert switched_all(scene, "colleague")[1]["counts"]["excluded"] == 1
    assert versions(scene) == ["1", "2", "2"]

    hire(office, "manager", name="partner", also=["owner"])

    assert not switched_all(scene, "partner")[1]["counts"].get("excluded")
    assert versions(scene) == ["2", "2", "2"]


def test_a_complaint_that_would_be_refused_is_only_counted_as_excluding_the_owner(scene: Scene) -> None:
    publish(scene.office, stricter())
    scene.office.world.move_to("2026-11-27T12:00:00+08:00")
    order = {"dry_run": True, "start_new_clocks": True}
    path = f"{scene.office.path}/policy/switch"
    started = scene.office.world.call("POST", path, order, auth=scene.office.auth("owner"))
    scene.office.world.settle()

    counts = scene.office.get(f"/jobs/{started.json['id']}", "owner")["counts"]

    assert (counts["excluded"], counts["refused"]) == (1, 2)


@pytest.mark.parametrize("who", EXCLUDED)
def test_the_frozen_ledger_of_a_month_does_not_show_the_complaint(scene: Scene, who: str) -> None:
    month = "/ledgers/open_matters?month=2026-11"
    stand_in(scene.office, "officer", "third", until="2026-12-31T18:00:00+08:00")
    scene.office.world.move_to("2026-12-01T02:00:00+08:00")
    in_process(scene.office).sweep()

    shown = {name: str(asked(scene, name, month).json["matters"]) for name in ("second", who)}

    assert (scene.number in shown["second"], scene.number in shown[who]) == (True, False)


def test_a_back_test_does_not_name_the_complaint_to_an_excluded_owner(scene: Scene) -> None:
    """Its draft would have missed the deadline of each complaint."""
    office = scene.office
    hire(office, "manager", name="colleague", also=["owner"])
    office.world.move_to("2026-11-27T12:00:00+08:00")
    period = {"from": "2026-11-01T00:00:00Z", "to": "2026-12-31T00:00:00Z", "policy": stricter()}
    started = office.world.call("POST", f"{office.path}/policy/backtest", period, auth=office.auth("owner"))
    path = f"/policy/backtest/{started.json['id']}"
    asked_for = [path, f"{path}/lines", f"{path}/reports/inflow/cases?measure=received"]

    naming = {
        who: [one for one in asked_for if scene.number in str(office.get(one, who))] for who in ("colleague", "owner")
    }

    assert naming == {"colleague": asked_for, "owner": []}
