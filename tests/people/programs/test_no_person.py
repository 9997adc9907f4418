"""A program account is no person: what is done with people does not meet it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.tenants.people import queries
from tests.clauses.organisation import Organisation
from tests.people.programs.accounts import program, world_of


def test_it_is_in_no_list_of_people_and_does_not_count_as_one(office: Organisation) -> None:
    before = office.get("/people", "owner")["people"], _counted(office)
    program(office)
    assert (office.get("/people", "owner")["people"], _counted(office)) == before


def _counted(office: Organisation) -> dict[str, int]:
    found: dict[str, int] = office.get("/usage", "owner")["limits"]["people"]
    return found


def test_no_complaint_is_assigned_to_it(office: Organisation) -> None:
    account = program(office, grants=[{"role": "screener"}, {"role": "handler"}])
    [number] = office.filed
    refused = office.try_act(number, "screener", "accept", responsible=account["sub"])
    assert (refused.status, refused.problem) == (422, "invalid")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/people/{sub}", {"grants": [{"role": "owner"}]}),
        ("DELETE", "/people/{sub}", None),
    ],
)
def test_it_is_no_person_whose_grants_change(office: Organisation, method: str, path: str, body: Any) -> None:
    account = program(office)
    refused = office.world.call(method, office.path + path.format(**account), body, auth=office.auth("owner"))
    assert (refused.status, refused.problem) == (404, "not-found")
    assert office.get("/complaints", "program")["complaints"]


def test_it_is_nobodys_deputy_and_takes_nothing_over(office: Organisation) -> None:
    account = program(office)
    away = {"sub": account["sub"], "from": "2026-11-27T09:00:00+08:00", "until": "2026-11-30T09:00:00+08:00"}
    deputy = office.world.call("PUT", f"{office.path}/people/me/deputy", away, auth=office.auth("screener"))
    assert (deputy.status, [one["pointer"] for one in deputy.json["errors"]]) == (422, ["/sub"])
    path = f"{office.path}/people/{office.subs['handler']}?to={account['sub']}"
    taken = office.world.call("DELETE", path, auth=office.auth("owner"))
    assert (taken.status, taken.problem) == (422, "invalid")


def test_no_reader_of_all_people_meets_it(office: Organisation) -> None:
    """So it stands in for nobody where a role or a duty lacks people, and no mail is addressed to it."""
    account = program(office)
    with binding.tenant(office.id):
        found = list(queries.all_people(world_of(office).fakes.store, office.id))
        named = list(queries.people_by_sub(world_of(office).fakes.store, office.id, [account["sub"]]))
    assert found
    assert account["sub"] not in {one.sub for one in found}
    assert named == []


def test_it_gets_no_mail_and_no_message(office: Organisation) -> None:
    account = program(office, grants=[{"role": "screener"}])
    office.file()
    office.world.settle()
    fakes = world_of(office).fakes
    assert "" not in [mail.to for mail in fakes.mailer.outbox]
    assert not [one.key for one in fakes.store.everything() if account["sub"] in one.key.pk]
