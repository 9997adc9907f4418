"""Organisations over HTTP: sign-up, people, units and policy versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.http.api import Api
from chalicelib.http.routes import policy, tenants
from chalicelib.instants import DAY, HOUR, to_text
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.tenants import binding
from chalicelib.tenants.language import PolicyLanguage
from chalicelib.tenants.welcome import LEASE
from tests.fakes.client import Answer, Client, fresh_key
from tests.fakes.wiring import NOW, Fakes, fakes

OWNER, AGENT = "owner@shop.example", "agent@shop.example"
SIGN_UP = {"id": "shop", "name": "小店", "email": OWNER, "preset": "corporate-standard"}
INVITE = {"email": AGENT, "name": "林", "grants": [{"role": "agent"}]}
POLICY = {"people": {"inspector": "检查员"}}


@dataclass(frozen=True)
class World:
    fakes: Fakes
    client: Client

    def sign_up(self, key: str | None = None, **changes: Any) -> Answer:
        return self.client.request("POST", "/v1/tenants", {**SIGN_UP, **changes}, key=key or fresh_key())

    def token(self, email: str) -> str:
        """Sign in with what the latest invitation says."""
        password = self.fakes.mailer.to(email)[-1].line("Password")
        return self.fakes.identity.token(email, password) if password else self.fakes.identity.token_of(email)

    def owner(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        return self.client.request(method, f"/v1/t/shop{path}", body, token=self.token(OWNER), **more)

    def agent(self, method: str, path: str, body: Any = None) -> Answer:
        return self.client.request(method, f"/v1/t/shop{path}", body, token=self.token(AGENT))


def _world(**ports: Any) -> World:
    made = fakes(**ports)
    api = Api("redress", lambda: made.wiring)
    tenants.register(api)
    policy.register(api)

    def undeclared(route: str, kind: str) -> None:
        raise AssertionError(f"{route} answered {kind}, which its contract does not declare")

    api.on_undeclared = undeclared
    return World(made, Client(api))


@pytest.fixture
def world() -> World:
    return _world()


@pytest.fixture
def shop(world: World) -> World:
    """An organisation on the preset, its owner invited."""
    assert world.sign_up().status == 201
    return world


@pytest.fixture
def staffed(shop: World) -> World:
    """The organisation with an agent."""
    assert shop.owner("POST", "/people", INVITE).status == 201
    return shop


# ---- sign-up ------------------------------------------------------------------------------------------------------


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
    world = _world(policies=PolicyLanguage())
    assert world.sign_up(preset=preset).status == 201
    assert world.owner("GET", "/policy").json["preset"] == preset


def test_the_owner_signs_in_with_the_password_from_the_mail(shop: World) -> None:
    assert shop.owner("GET", "/people/me").json["grants"] == [{"role": "owner"}]


def test_the_invitation_says_who_invites_and_where(shop: World) -> None:
    (mail,) = shop.fakes.mailer.to(OWNER)
    assert (mail.line("Organisation"), mail.line("Address"), mail.line("User")) == (
        "小店",
        "https://redress.example",
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


def test_a_refused_sign_up_invites_nobody(shop: World) -> None:
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


def test_sign_up_with_a_policy_of_ones_own(world: World) -> None:
    world.sign_up(preset=None, policy=POLICY)
    answer = world.owner("GET", "/policy").json
    assert (answer["policy"], answer["preset"], answer["roles"]) == (POLICY, None, ["inspector"])


def test_a_policy_that_does_not_hold_is_refused(world: World) -> None:
    assert world.sign_up(preset=None, policy={"people": {}}).problem == "policy-invalid"


def test_the_directory_wakes_the_organisations_hourly_job(shop: World) -> None:
    with binding.sweep():
        hits = [
            keys.parse_due(entry)
            for shard in range(keys.DUE_SHARDS)
            for entry in shop.fakes.store.due(shard, to_text(NOW + HOUR + 1)).entries
        ]
    assert [hit.key for hit in hits] == [keys.directory("shop")]


# ---- people -------------------------------------------------------------------------------------------------------


def test_an_invited_person_signs_in_and_sees_their_grants(staffed: World) -> None:
    answer = staffed.agent("GET", "/people/me").json
    assert (answer["email"], answer["name"], answer["grants"]) == (AGENT, "林", [{"role": "agent"}])


def test_an_invitation_never_shows_the_password_to_the_inviter(shop: World) -> None:
    answer = shop.owner("POST", "/people", INVITE)
    assert str(shop.fakes.mailer.to(AGENT)[0].line("Password")) not in answer.text


def test_a_person_known_elsewhere_is_invited_with_the_same_answer(shop: World) -> None:
    shop.fakes.identity.invite(AGENT)
    shop.fakes.identity.people[AGENT].signed_in = True
    answer = shop.owner("POST", "/people", INVITE)
    assert answer.status == 201
    assert set(answer.json) == {"sub", "email", "name", "language", "grants", "state"}
    assert shop.fakes.mailer.to(AGENT)[0].line("Password") is None


def test_only_owners_invite(staffed: World) -> None:
    assert staffed.agent("POST", "/people", INVITE).problem == "forbidden"


def test_an_owner_elsewhere_is_nobody_here(shop: World) -> None:
    shop.sign_up(id="other", email="boss@else.example")
    answer = shop.client.request("POST", "/v1/t/shop/people", INVITE, token=shop.token("boss@else.example"))
    assert answer.problem == "forbidden"
    assert AGENT not in shop.fakes.identity.people


@pytest.mark.parametrize(
    ("grants", "pointer"),
    [
        ([{"role": "king"}], "/grants/0/role"),
        ([{"role": "agent"}, {"role": "agent", "unit": "moon"}], "/grants/1/unit"),
        ([{"role": "owner", "unit": "moon"}], "/grants/0/unit"),
        ([], "/grants"),
    ],
)
def test_a_grant_that_cannot_be_given_is_shown(shop: World, grants: list[Any], pointer: str) -> None:
    answer = shop.owner("POST", "/people", {**INVITE, "grants": grants})
    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, [pointer])


def test_a_refused_invitation_makes_no_account(shop: World) -> None:
    shop.owner("POST", "/people", {**INVITE, "grants": [{"role": "king"}]})
    assert AGENT not in shop.fakes.identity.people


def test_inviting_again_changes_nothing(staffed: World) -> None:
    before = staffed.owner("GET", "/people").json
    assert staffed.owner("POST", "/people", INVITE).status == 201
    assert staffed.owner("GET", "/people").json == before


def test_inviting_again_mails_a_password_that_works(staffed: World) -> None:
    staffed.fakes.real_clock.advance(LEASE)
    staffed.owner("POST", "/people", INVITE)
    assert len(staffed.fakes.mailer.to(AGENT)) == 2
    assert staffed.agent("GET", "/people/me").status == 200


def test_inviting_a_member_with_other_grants_is_a_conflict(staffed: World) -> None:
    other = {**INVITE, "grants": [{"role": "team_lead"}]}
    assert staffed.owner("POST", "/people", other).problem == "conflict"


def test_an_invitation_repeated_with_its_key_is_replayed(shop: World) -> None:
    key = fresh_key()
    first, second = (shop.owner("POST", "/people", INVITE, key=key) for _ in range(2))
    assert second.json == first.json
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(shop.fakes.mailer.to(AGENT)) == 1


def test_owners_see_everybody(staffed: World) -> None:
    assert {person["email"] for person in staffed.owner("GET", "/people").json["people"]} == {OWNER, AGENT}


def test_members_see_their_colleagues_without_addresses(staffed: World) -> None:
    people = staffed.agent("GET", "/people").json["people"]
    assert [person["sub"] for person in people]
    assert not any("email" in person for person in people)


def _sub(world: World, email: str) -> str:
    return world.fakes.identity.people[email].sub


def test_grants_are_replaced(staffed: World) -> None:
    path = f"/people/{_sub(staffed, AGENT)}"
    assert staffed.owner("PUT", path, {"grants": [{"role": "team_lead"}]}).status == 200
    assert staffed.agent("GET", "/people/me").json["grants"] == [{"role": "team_lead"}]


def test_a_removed_person_is_refused_from_then_on(staffed: World) -> None:
    token = staffed.token(AGENT)
    assert staffed.owner("DELETE", f"/people/{_sub(staffed, AGENT)}").status == 204
    assert staffed.client.request("GET", "/v1/t/shop/people/me", token=token).problem == "forbidden"


def test_a_removed_person_stays_on_record(staffed: World) -> None:
    staffed.owner("DELETE", f"/people/{_sub(staffed, AGENT)}")
    states = {person["email"]: person["state"] for person in staffed.owner("GET", "/people").json["people"]}
    assert states == {OWNER: "active", AGENT: "removed"}


def test_a_removed_person_keeps_no_grants(staffed: World) -> None:
    staffed.owner("DELETE", f"/people/{_sub(staffed, AGENT)}")
    assert [p["grants"] for p in staffed.owner("GET", "/people").json["people"] if p["email"] == AGENT] == [[]]


def test_an_address_in_capitals_is_the_same_person(staffed: World) -> None:
    answer = staffed.owner("POST", "/people", {**INVITE, "email": AGENT.upper()})
    assert (answer.status, answer.json["email"]) == (201, AGENT)
    assert len(staffed.owner("GET", "/people").json["people"]) == 2


def test_an_address_is_kept_in_small_letters(shop: World) -> None:
    assert shop.owner("POST", "/people", {**INVITE, "email": AGENT.upper()}).json["email"] == AGENT


def test_a_removed_person_can_be_invited_again(staffed: World) -> None:
    staffed.owner("DELETE", f"/people/{_sub(staffed, AGENT)}")
    staffed.owner("POST", "/people", INVITE)
    assert staffed.agent("GET", "/people/me").status == 200


def test_removing_twice_is_removing_once(staffed: World) -> None:
    path = f"/people/{_sub(staffed, AGENT)}"
    assert [staffed.owner("DELETE", path).status for _ in range(2)] == [204, 204]


@pytest.mark.parametrize("body", [None, {"grants": [{"role": "agent"}]}], ids=["removed", "demoted"])
def test_the_last_owner_stays(shop: World, body: Any) -> None:
    answer = shop.owner("PUT" if body else "DELETE", f"/people/{_sub(shop, OWNER)}", body)
    assert (answer.status, answer.problem) == (409, "last-owner")


def test_one_of_two_owners_can_go(staffed: World) -> None:
    staffed.owner("PUT", f"/people/{_sub(staffed, AGENT)}", {"grants": [{"role": "owner"}]})
    assert staffed.owner("DELETE", f"/people/{_sub(staffed, OWNER)}").status == 204


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_person_who_is_not_here_is_not_found(shop: World, method: str) -> None:
    body = {"grants": [{"role": "agent"}]} if method == "PUT" else None
    assert shop.owner(method, "/people/nobody", body).problem == "not-found"


def test_the_plan_limits_people(shop: World) -> None:
    for number in range(49):
        assert shop.owner("POST", "/people", {**INVITE, "email": f"p{number}@shop.example"}).status == 201
    assert shop.owner("POST", "/people", INVITE).problem == "quota-exceeded"


# ---- units --------------------------------------------------------------------------------------------------------


def test_a_unit_can_be_granted_for(shop: World) -> None:
    assert shop.owner("POST", "/units", {"id": "east", "name": "东区"}).status == 201
    answer = shop.owner("POST", "/people", {**INVITE, "grants": [{"role": "agent", "unit": "east"}]})
    assert answer.json["grants"] == [{"role": "agent", "unit": "east"}]


def test_units_are_seen_by_the_people(staffed: World) -> None:
    staffed.owner("POST", "/units", {"id": "east", "name": "东区"})
    assert staffed.agent("GET", "/units").json == {"units": [{"id": "east", "name": "东区"}]}


def test_only_owners_add_units(staffed: World) -> None:
    assert staffed.agent("POST", "/units", {"id": "east", "name": "东区"}).problem == "forbidden"


def test_the_same_unit_again_changes_nothing_and_another_is_a_conflict(shop: World) -> None:
    answers = [shop.owner("POST", "/units", {"id": "east", "name": name}).status for name in ("东区", "东区", "西区")]
    assert answers == [201, 201, 409]


@pytest.mark.parametrize("unit", ["East", "", "a/b", "east\n"])
def test_a_unit_needs_a_proper_id(shop: World, unit: str) -> None:
    assert shop.owner("POST", "/units", {"id": unit, "name": "东区"}).problem == "invalid"


def test_the_plan_limits_units(shop: World) -> None:
    statuses = [shop.owner("POST", "/units", {"id": f"u{n}", "name": "区"}).status for n in range(21)]
    assert statuses == [201] * 20 + [402]


# ---- policy versions ----------------------------------------------------------------------------------------------


def test_a_new_version_applies_at_once(shop: World) -> None:
    assert shop.owner("POST", "/policy/publish", {"policy": POLICY}).json["version"] == "2"
    assert shop.owner("GET", "/policy").json["policy"] == POLICY


def test_the_old_version_can_still_be_read(shop: World) -> None:
    old = shop.owner("GET", "/policy").json
    shop.owner("POST", "/policy/publish", {"policy": POLICY})
    assert shop.owner("GET", "/policy/versions/1").json == old


def test_a_version_can_wait_for_its_time(shop: World) -> None:
    shop.owner("POST", "/policy/publish", {"policy": POLICY, "effective_at": to_text(NOW + DAY)})
    before = shop.owner("GET", "/policy").json["version"]
    shop.fakes.clock.advance(DAY)
    assert (before, shop.owner("GET", "/policy").json["version"]) == ("1", "2")


def test_a_version_can_begin_this_very_moment(shop: World) -> None:
    body = {"policy": POLICY, "effective_at": to_text(NOW)}
    assert shop.owner("POST", "/policy/publish", body).status == 201


def test_a_version_cannot_begin_in_the_past(shop: World) -> None:
    answer = shop.owner("POST", "/policy/publish", {"policy": POLICY, "effective_at": to_text(NOW - 1)})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/effective_at"]


def test_a_version_may_come_as_yaml(shop: World) -> None:
    answer = shop.owner("POST", "/policy/publish", {"policy": "people: # who\n  inspector: 检查员\n"})
    assert answer.status == 201
    assert shop.owner("GET", "/policy").json["policy"] == POLICY


def test_a_faulty_version_is_not_published(shop: World) -> None:
    assert shop.owner("POST", "/policy/publish", {"policy": {"people": {}}}).problem == "policy-invalid"
    assert shop.owner("GET", "/policy").json["version"] == "1"


def test_only_owners_publish(staffed: World) -> None:
    assert staffed.agent("POST", "/policy/publish", {"policy": POLICY}).problem == "forbidden"


@pytest.mark.parametrize("version", ["9", "2#source", "0", "x" * 150])
def test_a_version_that_is_not_there_is_not_found(shop: World, version: str) -> None:
    shop.owner("POST", "/policy/publish", {"policy": "people:\n  inspector: 检查员\n"})
    assert shop.owner("GET", f"/policy/versions/{version.replace('#', '%23')}").problem == "not-found"


# ---- who is asking ------------------------------------------------------------------------------------------------

READS = ["", "/people", "/people/me", "/units", "/policy", "/policy/versions/1"]


@pytest.mark.parametrize("path", READS)
def test_without_a_token_nothing_is_shown(shop: World, path: str) -> None:
    assert shop.client.request("GET", f"/v1/t/shop{path}").problem == "unauthenticated"


@pytest.mark.parametrize("path", READS)
def test_another_organisations_owner_sees_nothing(shop: World, path: str) -> None:
    shop.sign_up(id="other", email="boss@else.example")
    answer = shop.client.request("GET", f"/v1/t/shop{path}", token=shop.token("boss@else.example"))
    assert answer.problem == "forbidden"


def test_an_expired_token_is_refused(shop: World) -> None:
    token = shop.token(OWNER)
    shop.fakes.real_clock.advance(2 * HOUR)
    assert shop.client.request("GET", "/v1/t/shop", token=token).problem == "unauthenticated"


@pytest.mark.parametrize("tenant", ["nobody", "SHOP", "a%2Fb", "%23"])
def test_an_organisation_that_is_not_there_is_unknown(shop: World, tenant: str) -> None:
    assert shop.client.request("GET", f"/v1/t/{tenant}", token=shop.token(OWNER)).problem == "tenant-unknown"
