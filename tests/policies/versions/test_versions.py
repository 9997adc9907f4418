"""Policy versions of an organisation over HTTP: publication, upcoming versions, reading."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.helpers.fakes.wiring import NOW
from tests.kernel.tenants.world import POLICY, World


def test_a_new_version_applies_at_once(shop: World) -> None:
    assert shop.owner("POST", "/policy/publish", {"policy": POLICY}).json["version"] == "2"
    assert shop.owner("GET", "/policy").json["policy"] == POLICY


def test_the_old_version_can_still_be_read(shop: World) -> None:
    old = shop.owner("GET", "/policy").json
    shop.owner("POST", "/policy/publish", {"policy": POLICY})
    assert shop.owner("GET", "/policy/versions/1").json == old


def test_a_version_can_take_effect_later(shop: World) -> None:
    shop.owner("POST", "/policy/publish", {"policy": POLICY, "effective_at": to_text(NOW + DAY)})
    before = shop.owner("GET", "/policy").json["version"]
    shop.fakes.clock.advance(DAY)
    assert (before, shop.owner("GET", "/policy").json["version"]) == ("1", "2")


def test_a_version_can_take_effect_now(shop: World) -> None:
    body = {"policy": POLICY, "effective_at": to_text(NOW)}
    assert shop.owner("POST", "/policy/publish", body).status == 201


def test_a_version_cannot_take_effect_in_the_past(shop: World) -> None:
    answer = shop.owner("POST", "/policy/publish", {"policy": POLICY, "effective_at": to_text(NOW - 1)})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/effective_at"]


def test_a_version_can_be_sent_as_yaml(shop: World) -> None:
    answer = shop.owner("POST", "/policy/publish", {"policy": "people: # who\n  inspector: 检查员\n"})
    assert answer.status == 201
    assert shop.owner("GET", "/policy").json["policy"] == POLICY


def test_a_faulty_version_is_not_published(shop: World) -> None:
    assert shop.owner("POST", "/policy/publish", {"policy": {"people": {}}}).problem == "policy-invalid"
    assert shop.owner("GET", "/policy").json["version"] == "1"


def test_only_owners_publish(staffed: World) -> None:
    assert staffed.agent("POST", "/policy/publish", {"policy": POLICY}).problem == "forbidden"


@pytest.mark.parametrize("version", ["9", "2#source", "0", "x" * 150])
def test_an_unknown_version_is_not_found(shop: World, version: str) -> None:
    shop.owner("POST", "/policy/publish", {"policy": "people:\n  inspector: 检查员\n"})
    assert shop.owner("GET", f"/policy/versions/{version.replace('#', '%23')}").problem == "not-found"
