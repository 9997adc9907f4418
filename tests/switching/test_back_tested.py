"""A back-test of complaints that were switched, reassigned, or filed with their own class."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.store.port import Put
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, hire
from tests.switching.shop import ask, publish, switch, world_of

PERIOD = {"from": "2026-11-01T00:00:00Z", "to": "2026-12-31T00:00:00Z"}


def back_tested(shop: Organisation, **terms: Any) -> dict[str, Any]:
    started = ask(shop, "POST", "/policy/backtest", {**PERIOD, **terms})
    assert started.status == 202, started.text
    done = ask(shop, "GET", f"/policy/backtest/{started.json['id']}").json
    assert done["state"] == "done"
    found: dict[str, Any] = done["result"]
    return found


def test_a_complaint_whose_stage_was_mapped_is_replayed(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop, general="24 hours", stages={"registered": "received"})
    assert switch(shop, number, stages={"registered": "received"}).status == 200
    shop.world.move_to("2026-11-27T10:00:00+08:00")
    shop.act(number, "agent", "accept", **WORK_ORDER)
    result = back_tested(shop, version="2")
    assert (result["unreadable"], result["complaints"], result["counts"]) == (0, 1, {})


def test_a_reassigned_complaint_is_reassigned_in_the_replay(shop: Organisation) -> None:
    hire(shop, "service_department", name="another")
    number = shop.file(severity="general", category={"matter": "product_quality", "card": "consumer_card"})
    shop.act(number, "agent", "accept", **WORK_ORDER)
    shop.act(number, "team_lead", "confirm")
    shop.act(number, "team_lead", "forward", to="service_department")
    shop.act(number, "service_department", "assign", responsible=[shop.subs["service_department"]])
    shop.act(number, "service_department", "assign", responsible=[shop.subs["another"]])
    assert back_tested(shop, version="1")["counts"] == {}


def test_an_explicit_lowest_class_is_kept_if_the_draft_has_a_lower_one(shop: Organisation) -> None:
    shop.file(severity="general")
    draft: Any = {**copy.deepcopy(presets.document("corporate-standard")), "examples": []}
    draft["severity"]["classes"] = {"slight": {"zh": "轻微", "en": "Slight"}, **draft["severity"]["classes"]}
    draft["clocks"]["resolution"]["within"].append({"when": {"severity": "slight"}, "limit": "90 days"})
    assert back_tested(shop, policy=draft)["counts"] == {}


def test_a_complaint_that_cannot_be_replayed_is_listed(shop: Organisation) -> None:
    shop.file(severity="general")
    broken = shop.file(severity="general")
    unreadable(shop, broken)
    result = back_tested(shop, version="1")
    assert (result["complaints"], result["unreadable"]) == (1, 1)
    assert [line["number"] for line in result["shown"]["unreadable"]] == [broken]


def unreadable(shop: Organisation, number: str) -> None:
    """Makes the record unreadable: its first event has no channel."""
    store, key = world_of(shop).fakes.wiring.store, keys.event(keys.complaint(shop.id, number), 1)
    with binding.tenant(shop.id):
        found = store.get([key])[key]
        body = {**msgspec.json.decode(found.body), "fields": {}}
        store.commit([Put(replace(found, body=msgspec.json.encode(body).decode()), if_absent=False)])
