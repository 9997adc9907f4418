"""Operators list the organisations of a deployment, and see what one of them uses."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.organisations import ops_routes
from chalicelib.store import keys
from chalicelib.store.port import Remove, Update
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.organisations.test_ops import ask_here


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")


def test_organisations_are_listed_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ops_routes, "_PAGE", 2)
    world = InProcess("2026-11-27T09:00:00+08:00")
    shops = [sign_up(world, "corporate-standard") for _ in range(3)]
    ask_here(shops[1], "POST", f"/tenants/{shops[1].id}/suspend", {"reason": "x"})

    first = ask_here(shops[0], "GET", "/tenants").json
    second = ask_here(shops[0], "GET", f"/tenants?cursor={first['cursor']}").json

    rows = [*first["tenants"], *second["tenants"]]
    assert ([one["id"] for one in rows], second["cursor"]) == (sorted(one.id for one in shops), None)
    assert {one["id"] for one in rows if one["state"] == "suspended"} == {shops[1].id}
    assert {one["name"] for one in rows} == {one.get("", "owner")["name"] for one in shops}


def test_operators_see_the_use_that_owners_see(shop: Organisation) -> None:
    shop.file()
    shown = ask_here(shop, "GET", f"/tenants/{shop.id}/usage").json
    of_owner = shop.get("/usage", "owner")
    for one in (shown, of_owner):
        del one["limits"]["requests_a_minute"]  # counts the requests of this test, too
    assert shown == of_owner
    assert shown["limits"]["complaints_a_month"]["used"] == 1
    assert ask_here(shop, "GET", "/tenants/nobody-here/usage").status == 404


def test_an_organisation_of_an_earlier_release_is_listed_after_its_hourly_job(shop: Organisation) -> None:
    assert isinstance(shop.world, InProcess)
    store = shop.world.fakes.store
    with binding.directory():
        entry = store.get([keys.directory(shop.id)])[keys.directory(shop.id)]
        body = {name: one for name, one in msgspec.json.decode(entry.body).items() if name not in ("name", "listed")}
        earlier = replace(entry, body=msgspec.json.encode(body).decode(), form=3, version=(entry.version or 0) + 1)
        store.commit([Update(earlier, entry.version or 0), Remove(keys.organisation_row(shop.id))])
    before = ask_here(shop, "GET", "/tenants").json["tenants"]

    hourly.run(shop.world.fakes.wiring, shop.id, shop.world.now())

    [listed] = ask_here(shop, "GET", "/tenants").json["tenants"]
    assert (before, listed["id"], listed["name"]) == ([], shop.id, shop.get("", "owner")["name"])
