"""Crashes and races lose no report, double none, and give none to an involved person."""

from __future__ import annotations

from itertools import count

import pytest
from msgspec.structs import replace

from chalicelib.limits.daily_filings import DailyFilings
from chalicelib.limits.plans import PLANS
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import fresh_key
from tests.helpers.fakes.faults import Breaker, Crash
from tests.kernel.web.serving import client_on
from tests.kernel.web.untouched import in_process
from tests.supervision.reporting import WORDS, Reported, about, act, add, look, operate, report, seen


@pytest.fixture
def office() -> Organisation:
    return office_in(InProcess("2026-11-27T09:00:00+08:00"))


def office_in(world: InProcess) -> Organisation:
    found = marketplace_in(world)
    found.subs["owner"] = found.get("/people/me", "owner")["sub"]
    return found


def crashed(office: Organisation, breaker: Breaker, method: str, path: str, body: object = None) -> bool:
    """Sends the owner's request to a process that dies at the breaker's call. Returns True if it died."""
    wiring = in_process(office).fakes.breaking(breaker)
    headers = {"Authorization": office.auth("owner"), "Idempotency-Key": fresh_key()}
    try:
        client_on(wiring).request(method, office.path + path, body, headers=headers)
    except Crash:
        return True
    return False


def places(office: Organisation, reported: Reported) -> set[str]:
    """The partitions that have events of the report."""
    entries = in_process(office).fakes.store.everything()
    return {entry.key.pk.partition("#")[0] for entry in entries if entry.kind == "supervision-event"}


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_while_a_report_moves_to_the_operators_loses_and_doubles_nothing(after: bool) -> None:
    died = 0
    for at in count(1):
        office = office_in(InProcess("2026-11-27T09:00:00+08:00"))
        reported = report(office, about(office, "owner"))
        act(office, reported, "supervisor", "reply", text="请说明日期。")
        path = f"/people/{office.subs['supervisor']}"

        if not crashed(office, Breaker(at, after=after), "DELETE", path):
            break
        died += 1
        assert look(office, reported, "owner").status == 404
        texts = [one["text"] for one in seen(office, reported, "reporter")["events"]]
        assert texts[:2] == [WORDS, "请说明日期。"]

        office.world.call("DELETE", office.path + path, auth=office.auth("owner"))
        assert [one["type"] for one in seen(office, reported, "reporter")["events"]] == ["reported", "replied", "moved"]
        assert places(office, reported) == {"DIR"}
        assert len(operate(office.world, "GET", "").json["reports"]) == 1
    assert died > 10


def test_messages_at_the_same_time_are_both_recorded(office: Organisation) -> None:
    reported = report(office)
    store = in_process(office).fakes.store

    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit":
            store.before = None
            assert add(office, reported, "第二条").status == 200

    store.before = meanwhile
    assert add(office, reported, "第一条").status == 200

    texts = [one["text"] for one in seen(office, reported, "reporter")["events"]]
    assert texts == [WORDS, "第二条", "第一条"]


def test_a_report_whose_answer_was_lost_is_filed_once(office: Organisation) -> None:
    key = fresh_key()
    body = {"about": {"office": True}, "text": WORDS, "to": "supervisors"}
    store = in_process(office).fakes.store

    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit":
            store.before = None
            first.append(office.world.call("POST", path, body, headers={"Idempotency-Key": key}))

    first: list[object] = []
    path = f"{office.path}/supervision"
    store.before = meanwhile
    second = office.world.call("POST", path, body, headers={"Idempotency-Key": key})

    assert second.json == getattr(first[0], "json", None)
    assert len(office.get("/supervision", "supervisor")["reports"]) == 1


def test_a_server_key_that_was_rotated_meanwhile_changes_neither_id_nor_receipt(office: Organisation) -> None:
    headers = {"Idempotency-Key": fresh_key()}
    body = {"about": {"office": True}, "text": WORDS, "to": "supervisors"}
    path = f"{office.path}/supervision"
    first = office.world.call("POST", path, body, headers=headers)
    for purpose in ("lookup", "receipt"):
        in_process(office).fakes.wiring.secrets.rotate(purpose)  # type: ignore[attr-defined]

    second = office.world.call("POST", path, body, headers=headers)

    assert second.json == first.json
    assert seen(office, Reported(first.json["id"], first.json["receipt"]), "reporter")["state"] == "open"


def test_reports_and_complaints_share_the_daily_limit_of_an_address(office: Organisation) -> None:
    fakes = in_process(office).fakes
    tight = replace(fakes.wiring, filings=DailyFilings(fakes.store, fakes.real_clock))
    client, most = client_on(tight), tight.filings.limit(PLANS["starter"])

    def send(path: str, body: object, who: str | None = None) -> int:
        headers = {} if who is None else {"Authorization": office.auth(who)}
        return client.request("POST", office.path + path, body, headers=headers, key=fresh_key()).status

    bodies = {
        "/supervision": {"about": {"office": True}, "text": WORDS, "to": "supervisors"},
        "/complaints": office.example(),
    }
    statuses = [send(path, bodies[path]) for path in [*["/supervision", "/complaints"] * (most // 2), "/supervision"]]

    assert statuses == [201] * most + [429]
    assert send("/supervision", bodies["/supervision"], "screener") == 201
