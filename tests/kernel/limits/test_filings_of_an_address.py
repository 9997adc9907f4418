"""Daily limit of anonymous filings per address, so that one address cannot use up the organisation's month."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit.instants import DAY, SECOND, from_text, to_text
from chalicelib.limits.daily_filings import SHARE, DailyFilings
from chalicelib.limits.plans import PLANS
from chalicelib.store import keys
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer, fresh_key
from tests.kernel.web.serving import client_on

MOST = PLANS["starter"].complaints_a_month // SHARE


class Scene:
    """Two processes with the plan's limits, which share only the table."""

    def __init__(self) -> None:
        self.world = InProcess("2026-11-27T09:10:00+08:00")
        self.office = sign_up(self.world, "corporate-standard")
        wiring = self.world.fakes.wiring
        self.clients = [
            client_on(replace(wiring, filings=DailyFilings(wiring.store, wiring.real_clock))) for _ in range(2)
        ]

    def filed_before(self, address: str, count: int) -> None:
        now = self.world.fakes.real_clock()
        wiring = self.world.fakes.wiring
        with binding.tenant(self.office.id):
            place = wiring.wrong_receipts.place(self.office.id, address)
            wiring.store.count(keys.filings_counter(self.office.id, place, now // DAY), "filings", step=count)

    def file(
        self, address: str = "192.0.2.1", who: str | None = None, process: int = 0, key: str | None = None, **more: Any
    ) -> Answer:
        headers = {} if who is None else {"Authorization": self.office.auth(who)}
        path, body = f"{self.office.path}/complaints", {**self.office.example(), **more}
        return self.clients[process].request(
            "POST", path, body, headers=headers, address=address, key=key or fresh_key()
        )


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_filings_beyond_the_daily_limit_are_refused_until_midnight(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST - 1)
    assert scene.file().status == 201
    refused = scene.file()
    now = scene.world.fakes.real_clock()
    midnight = (now // DAY + 1) * DAY
    assert (refused.status, refused.problem) == (429, "too-many-requests")
    said = {name: refused.json[name] for name in ("limit", "most", "until")}
    assert said == {"limit": "complaints_from_an_address", "most": MOST, "until": to_text(midnight)}
    assert int(refused.headers["Retry-After"]) == -(-(midnight - now) // SECOND)


def test_the_limit_covers_all_processes(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST - 1)
    assert [scene.file(process=0).status, scene.file(process=1).status] == [201, 429]


def test_the_next_day_starts_a_new_count(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST)
    scene.world.fakes.real_clock.advance(DAY)
    assert scene.file().status == 201


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("192.0.2.1", "192.0.2.2", 201),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:9:2::1", 201),
    ],
)
def test_addresses_count_separately_and_an_ipv6_network_as_one(
    scene: Scene, first: str, second: str, status: int
) -> None:
    for _ in range(MOST):
        assert scene.file(first).status == 201
    assert scene.file(second).status == status


def test_signed_in_people_are_not_counted_by_address(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST)
    assert scene.file(who="agent").status == 201


def test_a_replayed_filing_does_not_count(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST - 1)
    key = fresh_key()
    first, again = scene.file(key=key), scene.file(key=key)
    assert (again.status, again.json["number"]) == (201, first.json["number"])


def test_an_invalid_filing_does_not_count(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST - 1)
    assert scene.file(channel="fax").status == 422
    assert scene.file().status == 201


def test_a_refused_filing_does_not_count_for_the_month(scene: Scene) -> None:
    scene.filed_before("192.0.2.1", MOST)
    scene.file()
    assert scene.office.get("/usage", "owner")["limits"]["complaints_a_month"]["used"] == 0


def test_the_table_contains_no_address_and_expires_the_count(scene: Scene) -> None:
    scene.file()
    (counter,) = [entry for entry in scene.world.fakes.store.everything() if entry.kind == "filings"]
    midnight = from_text(to_text((scene.world.fakes.real_clock() // DAY + 1) * DAY))
    assert "192.0.2.1" not in counter.key.sk
    assert counter.expires == (midnight + DAY) // SECOND


@pytest.mark.parametrize("plan", PLANS)
def test_one_address_leaves_a_third_of_the_plans_month(plan: str) -> None:
    world = InProcess("2026-11-27T09:10:00+08:00").fakes
    most = DailyFilings(world.store, world.real_clock).limit(PLANS[plan])
    assert 1 <= most * 31 <= PLANS[plan].complaints_a_month * 2 / 3


@pytest.mark.parametrize(("is_member", "status"), [(True, 201), (False, 429)])
def test_only_members_report_the_office_beyond_the_limit(scene: Scene, is_member: bool, status: int) -> None:
    """To have signed in is not enough: each person can sign an organisation of their own up."""
    scene.filed_before("192.0.2.1", MOST)
    reporter = scene.office if is_member else sign_up(scene.world, "corporate-standard")
    body = {"about": {"office": True}, "text": "处理人员收受商家好处", "to": "supervisors"}
    headers = {"Authorization": reporter.auth("owner")}

    answer = scene.clients[0].request(
        "POST", f"{scene.office.path}/supervision", body, headers=headers, address="192.0.2.1", key=fresh_key()
    )

    assert answer.status == status
