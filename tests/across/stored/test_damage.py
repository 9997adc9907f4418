"""One damaged item stops no other: not the organisation's export, its leaving and its erasure, and no list."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.jobs import job as jobs
from chalicelib.store import keys
from chalicelib.store.port import Entry
from tests.across.stored import later
from tests.across.stored.shop import store_of, world_of
from tests.clauses.offices.marketplace import decided, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.exports.exported import company, start
from tests.leaving.test_leaving import ask, leave, mine, statement
from tests.leaving.test_leaving import later as days_later
from tests.register.notices import published
from tests.repair.repairing import run
from tests.supervision import reporting

START = "2026-11-27T09:00:00+08:00"
FIRST = "202611-000001"


def _damage_snapshot(shop: Organisation, number: str = FIRST) -> None:
    later.damage(store_of(shop), shop.id, keys.snapshot(keys.complaint(shop.id, number)), "{")


def _entries(shop: Organisation, kind: str) -> list[Entry]:
    return [one for one in store_of(shop).everything() if one.kind == kind]


def test_an_export_names_it() -> None:
    shop = company()
    _damage_snapshot(shop)
    job = start(shop).json["id"]
    fakes = world_of(shop).fakes
    for _ in range(6):
        fakes.clock.advance(3 * 3_600_000)
        run(fakes, shop.id, job, most=1)
    with binding.tenant(shop.id):
        failed = jobs.get(fakes.store, shop.id, job)
    assert (failed.state, failed.reason) == (
        "failed",
        f"A stored item is damaged (complaint T#{shop.id}#C#{FIRST} S). An operator must repair it.",
    )


def test_an_organisation_leaves_and_is_erased() -> None:
    shop = company()
    _damage_snapshot(shop)
    for entry in _entries(shop, keys.LOOKUP_KIND):
        if keys.lookup_name(entry.key) == "work":
            later.damage(store_of(shop), shop.id, entry.key, "{")
    assert leave(shop).status == 202
    days_later(shop, 31)
    assert statement(shop).status == 200
    assert mine(shop) == []


def test_a_damaged_snapshot_hides_no_hold() -> None:
    shop = company()
    shop.act(FIRST, "owner", "hold", reason="诉讼")
    _damage_snapshot(shop)
    refused = leave(shop)
    assert refused.status == 409
    assert FIRST in refused.text
    assert ask(shop, "GET").json["state"] == "active"


def test_a_report_is_left_out_of_its_list() -> None:
    office = marketplace_in(InProcess(START))
    first, second = reporting.report(office), reporting.report(office)
    [victim] = [one for one in _entries(office, "supervision-report") if first.id in one.key.pk]
    later.damage(store_of(office), office.id, victim.key, "{")
    assert reporting.listed(office, "supervisor") == [second.id]


def test_where_nothing_else_can_be_shown_the_answer_says_so(shop: Organisation) -> None:
    asked = {"url": "https://hooks.example/in", "events": ["registered"]}
    assert shop.world.call("POST", f"{shop.path}/webhooks", asked, auth=shop.auth("owner")).status == 201
    [hooks] = _entries(shop, "webhooks")
    later.damage(store_of(shop), shop.id, hooks.key, "{")
    answer = shop.world.call("GET", f"{shop.path}/webhooks", auth=shop.auth("owner"))
    assert (answer.status, answer.problem) == (503, "unavailable")
    assert answer.json["detail"] == "A stored item is damaged (webhooks). An operator must repair it."


@pytest.fixture
def register() -> Organisation:
    """With two notices for users."""
    office = marketplace_in(InProcess(START))
    published(office)
    decided(office)
    office.world.settle()
    return office


def _rewrite_row(office: Organisation, row: str) -> str:
    """The id of the notice whose row is now this one."""
    victim = next(one for one in _entries(office, "notice") if one.row)
    with binding.tenant(office.id):
        store_of(office).commit([later.with_row(victim, row)])
    return str(json.loads(victim.row or "")["id"])


def _listed(office: Organisation) -> list[Any]:
    found: list[Any] = office.get("/notices", "screener")["notices"]
    return found


def test_a_damaged_row_is_left_out_of_the_register(register: Organisation) -> None:
    before = [one["id"] for one in _listed(register)]
    victim = _rewrite_row(register, "{")
    assert [one["id"] for one in _listed(register)] == [one for one in before if one != victim]


def test_a_row_with_a_word_of_a_later_release_is_listed_as_it_is(register: Organisation) -> None:
    before = _listed(register)
    row = next(one.row for one in _entries(register, "notice") if one.row)
    victim = _rewrite_row(register, json.dumps({**json.loads(row or ""), "state": "levitated"}))
    assert _listed(register) == [{**one, "state": "levitated"} if one["id"] == victim else one for one in before]
