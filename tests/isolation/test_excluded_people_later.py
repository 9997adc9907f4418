"""A complaint is hidden from whom it excludes in what is made of it later: jobs, frozen ledgers, back-tests."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import Put
from tests.api.exclusion.council import publish, stand_in
from tests.api.untouched import in_process
from tests.clauses.organisation import hire
from tests.isolation.excluded import EXCLUDED, Scene, asked, made, stricter


@pytest.fixture
def scene() -> Scene:
    return made()


def test_a_switch_of_all_complaints_does_not_name_it_to_an_excluded_owner(scene: Scene) -> None:
    """Its dry run lists the complaints whose deadlines would be missed."""
    office = scene.office
    publish(office, stricter())
    office.world.move_to("2026-11-27T12:00:00+08:00")
    hire(office, "manager", name="colleague", also=["owner"])
    order = {"dry_run": True, "start_new_clocks": True}
    started = office.world.call("POST", f"{office.path}/policy/switch", order, auth=office.auth("owner"))
    office.world.settle()

    listed = {
        who: office.get(f"/jobs/{started.json['id']}", who)["listed"]["breached"] for who in ("owner", "colleague")
    }

    assert listed == {"owner": [scene.other, scene.later], "colleague": [scene.number, scene.other, scene.later]}


@pytest.mark.parametrize("who", EXCLUDED)
def test_a_row_of_the_queue_from_before_it_named_excluded_people_is_hidden(scene: Scene, who: str) -> None:
    office = scene.office
    store, key = in_process(office).fakes.store, keys.snapshot(keys.complaint(office.id, scene.number))
    with binding.tenant(office.id):
        entry = store.get([key])[key]
        row = json.loads(entry.row or "")
        del row["excluded"]
        store.commit([Put(replace(entry, row=json.dumps(row)), if_absent=False)])

    shown = {path: asked(scene, who, path).text for path in ("/complaints", "/ledgers/open_matters")}

    assert [path for path, text in shown.items() if scene.number in text] == []
    assert scene.number in asked(scene, "second", "/complaints").text


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
