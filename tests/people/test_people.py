"""Members of an organisation over HTTP: invitations, grants, removal, quota."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.tenants.people.invitation_mail import LEASE
from tests.helpers.fakes.client import fresh_key
from tests.kernel.tenants.world import AGENT, INVITE, OWNER, World, sub_of


def test_an_invited_person_signs_in_and_sees_their_grants(staffed: World) -> None:
    answer = staffed.agent("GET", "/people/me").json
    assert (answer["email"], answer["name"], answer["grants"]) == (AGENT, "林", [{"role": "agent"}])


def test_an_invitation_never_shows_the_password_to_the_inviter(shop: World) -> None:
    answer = shop.owner("POST", "/people", INVITE)
    assert str(shop.fakes.mailer.to(AGENT)[0].line("Password")) not in answer.text


def test_inviting_a_member_of_another_organisation_gives_the_same_answer(shop: World) -> None:
    shop.fakes.identity.invite(AGENT)
    shop.fakes.identity.people[AGENT].signed_in = True
    answer = shop.owner("POST", "/people", INVITE)
    assert answer.status == 201
    assert set(answer.json) == {"sub", "email", "name", "language", "grants", "state"}
    assert shop.fakes.mailer.to(AGENT)[0].line("Password") is None


def test_only_owners_invite(staffed: World) -> None:
    assert staffed.agent("POST", "/people", INVITE).problem == "forbidden"


def test_an_owner_of_another_organisation_has_no_access(shop: World) -> None:
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
def test_an_invalid_grant_is_reported_at_its_place(shop: World, grants: list[Any], pointer: str) -> None:
    answer = shop.owner("POST", "/people", {**INVITE, "grants": grants})
    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, [pointer])


def test_a_rejected_invitation_creates_no_account(shop: World) -> None:
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


def test_owners_see_all_members(staffed: World) -> None:
    assert {person["email"] for person in staffed.owner("GET", "/people").json["people"]} == {OWNER, AGENT}


def test_members_see_their_colleagues_without_addresses(staffed: World) -> None:
    people = staffed.agent("GET", "/people").json["people"]
    assert [person["sub"] for person in people]
    assert not any("email" in person for person in people)


def test_grants_are_replaced(staffed: World) -> None:
    path = f"/people/{sub_of(staffed, AGENT)}"
    assert staffed.owner("PUT", path, {"grants": [{"role": "team_lead"}]}).status == 200
    assert staffed.agent("GET", "/people/me").json["grants"] == [{"role": "team_lead"}]


def test_a_removed_person_is_refused(staffed: World) -> None:
    token = staffed.token(AGENT)
    assert staffed.owner("DELETE", f"/people/{sub_of(staffed, AGENT)}").status == 204
    assert staffed.client.request("GET", "/v1/t/shop/people/me", token=token).problem == "forbidden"


def test_a_removed_person_stays_on_record(staffed: World) -> None:
    staffed.owner("DELETE", f"/people/{sub_of(staffed, AGENT)}")
    states = {person["email"]: person["state"] for person in staffed.owner("GET", "/people").json["people"]}
    assert states == {OWNER: "active", AGENT: "removed"}


def test_a_removed_person_gets_no_grants(staffed: World) -> None:
    path = f"/people/{sub_of(staffed, AGENT)}"
    staffed.owner("DELETE", path)
    assert staffed.owner("PUT", path, {"grants": [{"role": "team_lead"}]}).problem == "not-found"


def test_a_removed_person_keeps_no_grants(staffed: World) -> None:
    staffed.owner("DELETE", f"/people/{sub_of(staffed, AGENT)}")
    assert [p["grants"] for p in staffed.owner("GET", "/people").json["people"] if p["email"] == AGENT] == [[]]


def test_an_address_in_upper_case_is_the_same_person(staffed: World) -> None:
    answer = staffed.owner("POST", "/people", {**INVITE, "email": AGENT.upper()})
    assert (answer.status, answer.json["email"]) == (201, AGENT)
    assert len(staffed.owner("GET", "/people").json["people"]) == 2


def test_an_address_is_stored_in_lower_case(shop: World) -> None:
    assert shop.owner("POST", "/people", {**INVITE, "email": AGENT.upper()}).json["email"] == AGENT


def test_a_removed_person_can_be_invited_again(staffed: World) -> None:
    staffed.owner("DELETE", f"/people/{sub_of(staffed, AGENT)}")
    staffed.owner("POST", "/people", INVITE)
    assert staffed.agent("GET", "/people/me").status == 200


def test_a_second_removal_changes_nothing(staffed: World) -> None:
    path = f"/people/{sub_of(staffed, AGENT)}"
    assert [staffed.owner("DELETE", path).status for _ in range(2)] == [204, 204]


@pytest.mark.parametrize("body", [None, {"grants": [{"role": "agent"}]}], ids=["removed", "demoted"])
def test_the_last_owner_cannot_be_removed(shop: World, body: Any) -> None:
    answer = shop.owner("PUT" if body else "DELETE", f"/people/{sub_of(shop, OWNER)}", body)
    assert (answer.status, answer.problem) == (409, "last-owner")


def test_one_of_two_owners_can_be_removed_with_a_hand_over(staffed: World) -> None:
    staffed.owner("PUT", f"/people/{sub_of(staffed, AGENT)}", {"grants": [{"role": "owner"}]})
    path = f"/people/{sub_of(staffed, OWNER)}"
    assert staffed.owner("DELETE", path).json["errors"][0]["pointer"] == "/query/to"
    assert staffed.owner("DELETE", f"{path}?to={sub_of(staffed, AGENT)}").status == 204


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_person_is_not_found(shop: World, method: str) -> None:
    body = {"grants": [{"role": "agent"}]} if method == "PUT" else None
    assert shop.owner(method, "/people/nobody", body).problem == "not-found"


def test_the_plan_limits_people(shop: World) -> None:
    for number in range(49):
        assert shop.owner("POST", "/people", {**INVITE, "email": f"p{number}@shop.example"}).status == 201
    assert shop.owner("POST", "/people", INVITE).problem == "quota-exceeded"
