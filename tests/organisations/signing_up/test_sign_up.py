"""Signing up over HTTP: the id, the owner, the preset or the policy."""

from __future__ import annotations

from typing import Any

import pytest

from app import build
from chalicelib.access import binding
from chalicelib.kit.instants import HOUR, to_text
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.store.due_index import parse_due
from chalicelib.tenants.names import is_tenant
from tests.helpers.fakes.client import fresh_key
from tests.helpers.fakes.prepares_once import PreparesOnce
from tests.helpers.fakes.wiring import NOW, fakes
from tests.kernel.tenants.world import OWNER, POLICY, SIGN_UP, World, world_on


def test_sign_up_answers_with_the_organisation(world: World) -> None:
    answer = world.sign_up()
    assert answer.status == 201
    assert {name: answer.json[name] for name in ("id", "name", "plan", "policy", "created")} == {
        "id": "shop",
        "name": "小店",
        "plan": "starter",
        "policy": "1",
        "created": to_text(NOW),
    }


@pytest.mark.parametrize("preset", presets.names())
def test_every_preset_can_be_signed_up_on(preset: str) -> None:
    world = world_on(policies=PreparesOnce())
    assert world.sign_up(preset=preset).status == 201
    assert world.owner("GET", "/policy").json["preset"] == preset


def test_the_owner_signs_in_with_the_password_from_the_mail(shop: World) -> None:
    assert shop.owner("GET", "/people/me").json["grants"] == [{"role": "owner"}]


def test_the_invitation_names_the_organisation_and_the_address(shop: World) -> None:
    (mail,) = shop.fakes.mailer.to(OWNER)
    assert (mail.line("Organisation"), mail.line("Address"), mail.line("User")) == (
        "小店",
        "https://redress.example/sign-in?organisation=shop",
        OWNER,
    )


def test_sign_up_answers_without_password_or_address_of_anyone(world: World) -> None:
    answer = world.sign_up()
    password = world.fakes.mailer.to(OWNER)[0].line("Password")
    assert password
    assert password not in answer.text
    assert OWNER not in answer.text


def test_the_same_key_gets_the_same_answer_and_no_second_mail(world: World) -> None:
    key = fresh_key()
    first, second = world.sign_up(key), world.sign_up(key)
    assert (second.status, second.json) == (first.status, first.json)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(world.fakes.mailer.outbox) == 1


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    key = fresh_key()
    world.sign_up(key)
    assert world.sign_up(key, name="别的店").problem == "idempotency-key-reused"


def test_an_id_is_taken_once(shop: World) -> None:
    answer = shop.sign_up(email="other@else.example")
    assert (answer.status, answer.problem) == (409, "tenant-taken")


def test_a_refused_sign_up_sends_no_invitation(shop: World) -> None:
    shop.sign_up(email="other@else.example")
    assert shop.fakes.mailer.to("other@else.example") == []
    assert "other@else.example" not in shop.fakes.identity.people


def test_sign_up_needs_an_idempotency_key(world: World) -> None:
    assert world.client.request("POST", "/v1/tenants", SIGN_UP).problem == "idempotency-key-missing"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"id": "Shop"}, "/id"),
        ({"id": "ab"}, "/id"),
        ({"id": "shop\n"}, "/id"),
        ({"id": "shop#x"}, "/id"),
        ({"name": "两\n行"}, "/name"),
        ({"name": " "}, "/name"),
        ({"email": "nobody"}, "/email"),
        ({"email": "a(b)@b.co"}, "/email"),
        ({"email": "ü@b.co"}, "/email"),
        ({"email": "a\0@b.co"}, "/email"),
        ({"email": "a..b@b.co"}, "/email"),
        ({"email": "a@b..co"}, "/email"),
        ({"email": "a" * 65 + "@b.co"}, "/email"),
        ({"preset": "unknown"}, "/preset"),
        ({"preset": None}, "/preset"),
        ({"policy": POLICY}, "/preset"),
        ({"plan": "unlimited"}, "/plan"),
        ({"grants": []}, "/grants"),
    ],
    ids=str,
)
def test_a_fault_in_a_sign_up_is_shown_at_its_place(world: World, changes: dict[str, Any], pointer: str) -> None:
    answer = world.sign_up(**changes)
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_a_faulty_sign_up_takes_no_id(world: World) -> None:
    world.sign_up(preset="unknown")
    assert world.sign_up().status == 201


def test_sign_up_with_a_custom_policy(world: World) -> None:
    world.sign_up(preset=None, policy=POLICY)
    answer = world.owner("GET", "/policy").json
    assert (answer["policy"], answer["preset"], answer["roles"]) == (POLICY, None, ["inspector"])


def test_an_invalid_policy_is_rejected(world: World) -> None:
    assert world.sign_up(preset=None, policy={"people": {}}).problem == "policy-invalid"


def test_sign_up_schedules_the_hourly_job(shop: World) -> None:
    with binding.sweep():
        hits = [
            parse_due(entry)
            for shard in range(keys.DUE_SHARDS)
            for entry in shop.fakes.store.due(shard, to_text(NOW + HOUR + 1)).entries
        ]
    assert [hit.key for hit in hits] == [keys.directory("shop")]


def _segments_at_tenant_position() -> set[str]:
    """Path segments where another route has a tenant id: `/v1/erasures/{id}` and `/v1/erasures/key`."""
    paths = [contract.path.split("/") for contract in build(lambda: fakes().wiring).contracts]
    places = [path[: path.index(name)] for path in paths for name in ("{tenant}", "{id}") if name in path]
    beside = {path[len(place)] for place in places for path in paths if path[: len(place)] == place < path}
    return {word for word in beside if not word.startswith("{")}


def test_path_segments_are_not_allowed_as_ids(world: World) -> None:
    words = {word for word in _segments_at_tenant_position() if is_tenant(word)}
    assert words == {"key", "redrive"}
    for word in words:
        answer = world.sign_up(id=word)
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/id")
