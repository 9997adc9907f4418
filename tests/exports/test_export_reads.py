"""An export is a read of each complaint and unit whose private values it has: one entry each, also after a crash."""

from __future__ import annotations

from collections import Counter

import pytest

from chalicelib.access import binding
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import ReadView
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from tests.clauses.organisation import Organisation
from tests.exports.exported import company, estate, start, world_of
from tests.exports.test_export import shop_export, work
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every

ROUTE = "POST /v1/t/{tenant}/exports"


def logged(shop: Organisation, number: str) -> list[ReadView]:
    with binding.tenant(shop.id):
        found = read_log.list_reads(world_of(shop).fakes.store, CaseRef(shop.id, number), 100, None).reads
    return [one for one in found if one.route == ROUTE]


def test_each_complaint_has_an_entry_with_the_owner_the_job_and_the_classes() -> None:
    shop = company()
    owner = shop.get("/people/me", "owner")["sub"]

    export = start(shop).json["id"]

    entries = [one for number in shop.filed for one in logged(shop, number)]
    assert [(one.id, one.by, one.role, one.on_behalf_of) for one in entries] == [(export, owner, "owner", None)] * 3
    filed, accepted = ["complainant", "content"], ["complainant", "content", "internal"]
    assert [one.classes for one in entries] == [filed, accepted, filed]


def test_each_export_has_an_entry_of_its_own() -> None:
    shop = company()

    exports = [start(shop).json["id"] for _ in range(2)]

    assert [Counter(one.id for one in logged(shop, number)) for number in shop.filed] == [Counter(exports)] * 3


def test_an_event_log_has_no_private_values_and_is_no_read() -> None:
    shop = company()

    shop.world.call("POST", f"{shop.path}/exports?format=event-log", auth=shop.auth("owner"))

    assert [logged(shop, number) for number in shop.filed] == [[], [], []]


def test_a_units_report_is_read_too() -> None:
    office = estate()

    start(office)

    assert [one.classes for one in logged(office, keys.unit_number("north"))] == [["internal"]]


@pytest.mark.parametrize("step", every(3))
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_call_leaves_one_entry_for_each_complaint(after: bool, step: int) -> None:
    shop, at = company(), 1 - step
    world = world_of(shop)
    while True:
        at += step
        export = shop_export(shop)
        try:
            work(shop, export, world.fakes.breaking(Breaker(at, after=after)))
        except Crash:
            work(shop, export, world.fakes.wiring)
            found = [sum(one.id == export for one in logged(shop, number)) for number in shop.filed]
            assert found == [1, 1, 1], at
            continue
        break
    assert at > 20
