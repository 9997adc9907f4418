"""Exports of event logs over HTTP: who may have one, and crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.access import binding
from chalicelib.features.exports import log_step, multipart_writer
from chalicelib.jobs import driver
from chalicelib.kit.instants import SECOND
from chalicelib.wiring import Wiring
from chalicelib.workers import entries
from tests.clauses.organisation import Organisation
from tests.exports.exported import archive, company, exported, look, world_of
from tests.exports.mining import logs, ocel_structure, xes_structure
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every


@pytest.fixture(scope="module")
def shop() -> Organisation:
    return company()


def test_only_owners_may_export_a_log(shop: Organisation) -> None:
    started = logs.start(world_of(shop), shop.path, shop.auth("owner")).json["id"]

    refused = [logs.start(world_of(shop), shop.path, shop.auth("agent")).status, look(shop, started, "agent").status]
    assert refused == [403, 403]


def test_an_unknown_format_is_refused(shop: Organisation) -> None:
    answer = shop.world.call("POST", f"{shop.path}/exports?format=csv", auth=shop.auth("owner"))

    assert (answer.status, answer.json["type"]) == (400, "/v1/problems/bad-request")


def test_a_key_of_one_format_is_none_of_the_other(shop: Organisation) -> None:
    key = {"Idempotency-Key": "k" * 22}

    def ask(query: str) -> int:
        return shop.world.call("POST", f"{shop.path}/exports{query}", auth=shop.auth("owner"), headers=key).status

    assert [ask("?format=event-log"), ask("?format=event-log"), ask(""), ask("?format=archive")] == [202, 202, 422, 422]


def test_the_answer_and_the_organisations_record_say_the_format(shop: Organisation, tmp_path: Path) -> None:
    started = logs.start(world_of(shop), shop.path, shop.auth("owner")).json
    exported(shop, tmp_path)

    events = [one for one in shop.get("/record", "owner")["events"] if one["type"] == "export_started"]
    assert (started["format"], look(shop, started["id"]).json["progress"]) == ("event-log", {"done": 3, "of": 3})
    assert [one["fields"].get("format") for one in events[:2]] == [None, "event-log"]


@pytest.mark.parametrize("step", every(by_day=9))
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_call_leads_to_a_complete_log(
    shop: Organisation, monkeypatch: pytest.MonkeyPatch, after: bool, step: int
) -> None:
    monkeypatch.setattr(log_step, "COMPLAINTS_PER_STEP", 1)
    monkeypatch.setattr(multipart_writer, "PARTS", ((10_000, 400),))
    monkeypatch.setattr("tests.helpers.fakes.vault.SMALLEST_PART", 400)
    world, at = world_of(shop), 1
    while crashed(shop, export := waiting(shop), world.fakes.breaking(Breaker(at, after=after))):
        work(shop, export, world.fakes.wiring)
        log = logs.read(archive(shop, export))
        assert (ocel_structure.faults(log.ocel), xes_structure.faults(log.xes)) == ([], []), at
        assert [len(trace) for trace in log.traces.values()] == [len(shop.events(number)) for number in shop.filed], at
        at += step
    assert at > 40


def crashed(shop: Organisation, export: str, wiring: Wiring) -> bool:
    try:
        work(shop, export, wiring)
    except Crash:
        return True
    return False


def work(shop: Organisation, export: str, wiring: Wiring) -> None:
    with binding.tenant(shop.id):
        driver.run_steps(wiring, shop.id, export, wiring.clock(), entries.JOBS, SECOND)


def waiting(shop: Organisation) -> str:
    """An export whose first message was lost."""
    world = world_of(shop)
    send, world.fakes.effects.send = world.fakes.effects.send, lambda messages: None  # type: ignore[method-assign]
    try:
        return str(logs.start(world, shop.path, shop.auth("owner")).json["id"])
    finally:
        world.fakes.effects.send = send  # type: ignore[method-assign]
