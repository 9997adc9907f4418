"""What a system does with a key of its program account."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import advance
from tests.people.programs.accounts import added, ask, key_ids, keyed, listed, program
from tests.sign_in.door import at_the_desk, desk


def test_a_system_files_reads_and_acts_with_a_key(office: Organisation) -> None:
    program(office)
    [queued] = office.get("/complaints", "program")["complaints"]
    filed = office.try_file(auth=office.auth("program"), channel="phone")
    assert filed.status == 201, filed.text
    office.act(queued["number"], "program", "accept", responsible=office.subs["handler"])
    assert office.get(f"/complaints/{filed.json['number']}", "program")["number"] == filed.json["number"]


def test_the_record_names_the_account_as_the_actor(office: Organisation) -> None:
    account = program(office)
    [number] = office.filed
    office.act(number, "program", "accept", responsible=office.subs["handler"])
    [event] = office.events(number, type_="accepted")
    assert event["actor"] == {"kind": "staff", "id": account["sub"], "role": "screener"}
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/complaints/{number}/record")
    assert "热线平台" in browser.answer.text


def test_only_the_operations_that_the_owners_gave_are_open(office: Organisation) -> None:
    account = program(office, operations=["get_complaint"])
    [number] = office.filed
    assert office.get(f"/complaints/{number}", "program")["number"] == number
    refused = office.world.call("GET", f"{office.path}/complaints", auth=office.auth("program"))
    assert (refused.status, refused.problem) == (403, "forbidden")
    changed = {name: account[name] for name in ("name", "grants")} | {"operations": ["list_complaints"]}
    assert ask(office, "PUT", f"/{account['id']}", changed).status == 200
    assert office.get("/complaints", "program")["complaints"]
    assert office.world.call("GET", f"{office.path}/complaints/{number}", auth=office.auth("program")).status == 403


def test_the_roles_of_the_account_bound_what_it_may_do(office: Organisation) -> None:
    program(office, grants=[{"role": "archivist"}])
    [number] = office.filed
    assert office.try_act(number, "program", "accept", responsible=office.subs["handler"]).status == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/people"), ("GET", "/accounts"), ("POST", "/exports"), ("GET", "/people/me/settings"), ("GET", "")],
)
def test_what_is_for_people_takes_no_key(office: Organisation, method: str, path: str) -> None:
    program(office)
    refused = office.world.call(method, office.path + path, auth=office.auth("program"))
    assert (refused.status, refused.problem) == (401, "unauthenticated")


def test_no_page_takes_a_key(office: Organisation) -> None:
    program(office)
    answer = office.world.call("GET", desk(office), auth=office.auth("program"))
    assert answer.status == 303
    assert answer.headers["Location"].startswith("/sign-in")


def test_a_revoked_key_is_refused_at_the_next_request(office: Organisation) -> None:
    account = program(office)
    other = keyed(office, account["id"])
    first, _ = key_ids(office, account["id"])
    assert office.get("/complaints", "program")["complaints"]
    assert ask(office, "DELETE", f"/{account['id']}/keys/{first}").status == 204
    refused = office.world.call("GET", f"{office.path}/complaints", auth=office.auth("program"))
    assert (refused.status, refused.problem) == (401, "unauthenticated")
    assert "revoked" in refused.json["detail"]
    assert office.world.call("GET", f"{office.path}/complaints", auth=f"Bearer {other}").status == 200


def test_a_removed_account_is_refused_and_keeps_its_name_on_record(office: Organisation) -> None:
    account = program(office)
    [number] = office.filed
    office.act(number, "program", "accept", responsible=office.subs["handler"])
    assert ask(office, "DELETE", f"/{account['id']}").status == 204
    assert office.world.call("GET", f"{office.path}/complaints", auth=office.auth("program")).status == 401
    assert listed(office) == []
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/complaints/{number}/record")
    assert "热线平台" in browser.answer.text


def test_an_account_ends_at_its_time(office: Organisation) -> None:
    program(office, until="2026-11-27T12:00:00+08:00")
    assert office.get("/complaints", "program")["complaints"]
    advance(office.world, "3 hours")
    refused = office.world.call("GET", f"{office.path}/complaints", auth=office.auth("program"))
    assert (refused.status, refused.problem) == (401, "unauthenticated")


@pytest.mark.parametrize("at", [5, 30, -60, -20, -1])
def test_a_key_that_was_copied_wrongly_is_told_from_a_revoked_one(office: Organisation, at: int) -> None:
    program(office)
    key = office.tokens["program"]
    wrong = key[:at] + ("1" if key[at] != "1" else "2") + key[at:][1:]
    refused = office.world.call("GET", f"{office.path}/complaints", auth=f"Bearer {wrong}")
    assert (refused.status, refused.problem) == (401, "unauthenticated")
    assert "copied wrongly" in refused.json["detail"]


def test_a_key_opens_no_other_organisation_whether_or_not_it_exists(office: Organisation) -> None:
    program(office)
    other = sign_up(office.world, "platform")
    for tenant in (other.id, "no-such-place"):
        refused = office.world.call("GET", f"/v1/t/{tenant}/complaints", auth=office.auth("program"))
        assert (refused.status, refused.problem) == (403, "forbidden")


def test_the_last_use_is_noted_at_most_once_an_hour(office: Organisation) -> None:
    account = added(office)
    assert keyed(office, account["id"], "program")

    def used() -> str | None:
        [one] = listed(office)
        found: str | None = one["keys"][0]["used_at"]
        return found

    assert used() is None
    office.get("/complaints", "program")
    first = used()
    advance(office.world, "30 minutes")
    office.get("/complaints", "program")
    assert first is not None
    assert used() == first
    advance(office.world, "1 hour")
    office.get("/complaints", "program")
    assert used() not in (None, first)
