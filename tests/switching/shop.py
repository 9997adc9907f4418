"""An organisation that publishes newer versions and moves its complaints to them."""

from __future__ import annotations

import copy
from typing import Any, cast

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"


def world_of(shop: Organisation) -> InProcess:
    return cast(InProcess, shop.world)


def ask(shop: Organisation, method: str, path: str, body: Any = None, who: str = "owner", **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return shop.world.call(method, shop.path + path, body, auth=shop.auth(who), headers=sent)


def publish(shop: Organisation, general: str = "12 hours", stages: dict[str, str] | None = None, **when: str) -> str:
    """Publishes a version with another limit for general complaints and renamed stages. Returns it."""
    document: dict[str, Any] = copy.deepcopy(dict(presets.document("corporate-standard")))
    document.pop("examples", None)  # they would fail under another limit
    document["clocks"]["resolution"]["within"][1]["limit"] = general
    for old, new in (stages or {}).items():
        document["stages"][new] = document["stages"].pop(old)
        for stage in document["stages"].values():
            for act in stage.values():
                if isinstance(act, dict) and act.get("to") == old:
                    act["to"] = new
        counted = document["clocks"]["resolution"]["when"]["stage"]
        counted[:] = [new if stage == old else stage for stage in counted]
        for rule in document["intake"]["routing"]:
            named = rule.get("when", {}).get("stage", [])
            named[:] = [new if stage == old else stage for stage in named]
        if document["intake"].get("first", "registered") == old:
            document["intake"]["first"] = new
    answer = ask(shop, "POST", "/policy/publish", {"policy": document, **when})
    assert answer.status == 201, answer.text
    return str(answer.json["version"])


def switch(shop: Organisation, number: str, who: str = "owner", **fields: Any) -> Answer:
    return ask(shop, "POST", f"/complaints/{number}/acts/switch", {"fields": fields}, who)


def switched(shop: Organisation, number: str) -> list[dict[str, Any]]:
    return shop.events(number, type_="switched")


def start(shop: Organisation, **terms: Any) -> Answer:
    return ask(shop, "POST", "/policy/switch", terms)


def started_without_queue(shop: Organisation, patch: pytest.MonkeyPatch, **terms: Any) -> str:
    """The id of a job that was started while the queue lost all messages."""
    with patch.context() as lossy:
        lossy.setattr(world_of(shop).fakes.effects, "send", lambda messages: None)
        return str(start(shop, **terms).json["id"])


def done(shop: Organisation, job: str) -> dict[str, Any]:
    """The job after a sweep."""
    world_of(shop).sweep()
    found: dict[str, Any] = ask(shop, "GET", f"/jobs/{job}").json
    assert found["state"] == "done"
    return found


def dry_run(shop: Organisation, **terms: Any) -> dict[str, Any]:
    return done(shop, start(shop, dry_run=True, **terms).json["id"])


def all_switched(shop: Organisation, **terms: Any) -> dict[str, Any]:
    answer = start(shop, token=dry_run(shop, **terms)["token"], **terms)
    assert answer.status == 202, answer.text
    return done(shop, answer.json["id"])
