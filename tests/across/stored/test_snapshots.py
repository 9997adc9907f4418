"""Snapshots of a later release: what this one does not know stays in them, through its own acts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.casework import snapshot
from chalicelib.kit import decoding
from chalicelib.kit.instants import from_text
from chalicelib.store import keys
from chalicelib.store.port import Key
from tests.across.stored import later
from tests.across.stored.later import UNKNOWN, VERSION
from tests.across.stored.shop import store_of, world_of
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.nonempty import nonempty


def _key(shop: Organisation, number: str) -> Key:
    return keys.snapshot(keys.complaint(shop.id, number))


def _grow(state: dict[str, Any]) -> dict[str, Any]:
    """Unknown members of the state, of its runs and of its participation."""
    runs = [{**run, **UNKNOWN} for run in state["runs"]]
    return {**state, "runs": runs, "participation": {**state["participation"], **UNKNOWN}, **UNKNOWN}


def test_a_snapshot_carries_the_version_of_its_form(shop: Organisation) -> None:
    number = shop.file()
    assert later.read(store_of(shop), shop.id, _key(shop, number)).form == snapshot.COMPLAINT.version


def test_an_act_keeps_what_a_later_release_has_added(shop: Organisation) -> None:
    number = shop.file()
    later.rewrite(store_of(shop), shop.id, _key(shop, number), _grow)

    shop.act(number, "owner", "hold", reason="诉讼")

    entry = later.read(store_of(shop), shop.id, _key(shop, number))
    state = json.loads(entry.body)
    assert state["held"]
    assert entry.form == VERSION
    assert [state["later"], state["participation"]["later"]] == [UNKNOWN["later"]] * 2
    assert all(run["later"] == UNKNOWN["later"] for run in nonempty(state["runs"]))
    assert decoding.LATER not in entry.body


def test_a_run_that_an_event_changes_keeps_it_and_the_event_records_it(shop: Organisation) -> None:
    number = shop.file()
    later.rewrite(store_of(shop), shop.id, _key(shop, number), _grow)
    before = later.body(store_of(shop), shop.id, _key(shop, number))

    shop.world.move_to("2026-12-20T09:00:00+08:00")

    state = later.body(store_of(shop), shop.id, _key(shop, number))
    assert state["seq"] > before["seq"]
    missed = [run for run in state["runs"] if run.get("rung")]
    assert all(run["later"] == UNKNOWN["later"] for run in nonempty(missed))
    recorded = [run for event in shop.events(number)[before["seq"] :] for run in event["result"].get("clocks", [])]
    assert any("later" in run for run in recorded)


def test_what_the_complainant_sees_does_not_show_it(shop: Organisation) -> None:
    number = shop.file()
    seen = shop.complaint(number)
    later.rewrite(store_of(shop), shop.id, _key(shop, number), _grow)
    assert shop.complaint(number) == seen


def test_the_record_verifies_after_both_releases_have_written(shop: Organisation) -> None:
    number = shop.file()
    later.rewrite(store_of(shop), shop.id, _key(shop, number), _grow)
    shop.act(number, "owner", "hold", reason="诉讼")
    shop.world.move_to("2026-11-27T13:00:00+08:00")
    assert shop.get(f"/complaints/{number}/record/verify", "owner")["intact"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": 7}', "null"])
def test_a_damaged_snapshot_is_an_error_and_nothing_is_written(shop: Organisation, text: str) -> None:
    number = shop.file()
    later.damage(store_of(shop), shop.id, _key(shop, number), text)
    answer = shop.try_act(number, "owner", "hold", reason="诉讼")
    assert (answer.status, answer.json["type"]) == (503, "/v1/problems/unavailable")
    assert answer.json["detail"] == "A stored item is damaged (complaint). An operator must repair it."
    assert later.read(store_of(shop), shop.id, _key(shop, number)).body == text


def test_the_log_names_a_damaged_item_without_its_content(shop: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    number = shop.file()
    later.damage(store_of(shop), shop.id, _key(shop, number), '{"number": 7, "stage": "geheim"}')
    shop.try_act(number, "owner", "hold", reason="诉讼")
    named = [record.__dict__["item"] for record in caplog.records if "item" in record.__dict__]
    assert named == [f"complaint T#{shop.id}#C#{number} S"]
    assert "geheim" not in repr([record.__dict__ for record in caplog.records])


def test_a_damaged_snapshot_does_not_stop_the_deadlines_of_others(shop: Organisation) -> None:
    broken, sound = shop.file(), shop.file()
    later.damage(store_of(shop), shop.id, _key(shop, broken), "{")
    fakes = world_of(shop).fakes
    sweep_and_work(fakes.wiring, from_text("2026-11-28T09:00:00+08:00"))
    assert any(event["type"] == "missed" for event in shop.events(sound))
