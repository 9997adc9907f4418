"""How owners set program accounts and their keys."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.programs.commands import MOST
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import fresh_key
from tests.people.programs.accounts import WANTED, added, ask, key_ids, keyed, listed, program, world_of


def test_an_account_is_listed_without_its_keys_texts(office: Organisation) -> None:
    account = program(office)
    [found] = listed(office)
    assert {**found, "keys": []} == {**account, "keys": []}
    assert (found["name"], found["until"]) == ("热线平台", None)
    assert [sorted(one) for one in found["keys"]] == [["created_at", "id", "used_at"]]
    assert office.tokens["program"] not in str(found)


def test_nothing_stored_has_a_keys_text(office: Organisation) -> None:
    program(office)
    tag = office.tokens["program"].rsplit("_", 2)[1]
    assert not [one.key for one in world_of(office).fakes.store.everything() if tag in one.body]


def test_a_repeated_request_shows_the_same_key_again(office: Organisation) -> None:
    account, key = added(office)["id"], fresh_key()
    first, again = (ask(office, "POST", f"/{account}/keys", key=key) for _ in range(2))
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(key_ids(office, account)) == 1


def test_a_repeat_shows_no_key_that_was_revoked_meanwhile(office: Organisation) -> None:
    account, key = added(office)["id"], fresh_key()
    first = ask(office, "POST", f"/{account}/keys", key=key)
    ask(office, "DELETE", f"/{account}/keys/{first.json['id']}")
    assert "secret" not in ask(office, "POST", f"/{account}/keys", key=key).json


def test_an_account_has_two_keys_while_they_are_changed(office: Organisation) -> None:
    account = added(office)["id"]
    keyed(office, account), keyed(office, account)
    third = ask(office, "POST", f"/{account}/keys")
    assert (third.status, third.problem) == (409, "limit-reached")
    ask(office, "DELETE", f"/{account}/keys/{key_ids(office, account)[0]}")
    assert keyed(office, account)


def test_an_organisation_has_at_most_so_many_accounts(office: Organisation) -> None:
    made = [added(office, name=f"系统 {at}")["id"] for at in range(MOST)]
    refused = ask(office, "POST", "", WANTED)
    assert (refused.status, refused.problem) == (409, "limit-reached")
    ask(office, "DELETE", f"/{made[0]}")
    assert added(office)["name"] == "热线平台"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"grants": [{"role": "owner"}]}, "/grants/0/role"),
        ({"grants": [{"role": "screener"}, {"role": "respondent", "unit": "east"}]}, "/grants/1/role"),
        ({"grants": [{"role": "king"}]}, "/grants/0/role"),
        ({"grants": [{"role": "screener", "unit": "moon"}]}, "/grants/0/unit"),
        ({"grants": []}, "/grants"),
        ({"operations": []}, "/operations"),
        ({"operations": ["get_complaint", "grant_roles"]}, "/operations/1"),
        ({"until": "tomorrow"}, "/until"),
        ({"until": "2026-11-27T08:00:00+08:00"}, "/until"),
        ({"name": " "}, "/name"),
        ({"name": "see https://lure.example"}, "/name"),
    ],
)
def test_a_wrong_account_is_refused_at_its_place(office: Organisation, changes: dict[str, Any], pointer: str) -> None:
    answer = ask(office, "POST", "", {**WANTED, **changes})
    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, [pointer])
    assert listed(office) == []


@pytest.mark.parametrize("who", ["director", "screener"])
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", ""), ("POST", "/x/keys"), ("DELETE", "/x")])
def test_only_owners_see_and_set_accounts(office: Organisation, who: str, method: str, path: str) -> None:
    body = WANTED if (method, path) == ("POST", "") else None
    refused = ask(office, method, path, body, who=who)
    assert (refused.status, refused.problem) == (403, "forbidden")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/0"), ("POST", "/0/keys"), ("DELETE", "/0"), ("DELETE", "/0/keys/1")]
)
def test_an_account_that_is_not_there_is_not_found(office: Organisation, method: str, path: str) -> None:
    refused = ask(office, method, path, WANTED if method == "PUT" else None)
    assert (refused.status, refused.problem) == (404, "not-found")


def test_each_change_is_on_the_organisations_record(office: Organisation) -> None:
    account = program(office)
    ask(office, "PUT", f"/{account['id']}", {**WANTED, "name": "热线"})
    [key] = key_ids(office, account["id"])
    ask(office, "DELETE", f"/{account['id']}/keys/{key}")
    ask(office, "DELETE", f"/{account['id']}")
    events = [one for one in office.get("/record", "owner")["events"] if one["type"].startswith("program_")]
    told = {one["type"]: one["fields"] for one in events}
    allowed = {"grants": WANTED["grants"], "operations": sorted(WANTED["operations"]), "until": None}
    sub = {"program": account["sub"]}
    assert told == {
        "program_added": sub | allowed,
        "program_key_added": sub | {"key": key},
        "program_changed": sub | allowed,
        "program_key_revoked": sub | {"key": key},
        "program_removed": sub,
    }
    assert "热线" not in str(events)
