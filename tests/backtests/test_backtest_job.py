"""The back-test as a job: it writes nothing else, survives a crash at any call, and is for owners only."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.complaints.filing import Filing
from chalicelib.features.backtests import start as backtest_start
from chalicelib.features.backtests import step as backtest_step
from chalicelib.jobs import driver
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.driver import JobStep
from chalicelib.kit.instants import DAY, HOUR, MINUTE, from_text
from chalicelib.policy import presets
from chalicelib.store.port import Unavailable
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.workers.entries import JOBS
from tests.backtests import live
from tests.backtests.live import Office
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every

PRESET = "corporate-standard"
FROM, TO = "2026-11-24T00:00:00+08:00", "2026-11-25T00:00:00+08:00"
NUMBERS, OUTSIDE, INSIDE = 10, 23, 5
"""Numbers of a step, and complaints of the month outside and inside the period: those of three steps."""


def policy(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(presets.document(PRESET)), "examples": [], **changes}


def shorter() -> dict[str, Any]:
    """A draft that limits every resolution to an hour."""
    draft = policy()
    draft["clocks"]["resolution"]["within"] = ["1 hour"]
    return draft


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest_step, "NUMBERS", NUMBERS)


@pytest.fixture(scope="module")
def company() -> Office:
    office = live.office(PRESET, policy())
    sample = policy()["sample"]
    filing = Filing(sample["channel"], sample["facts"], severity="general", category=sample["category"])
    begin = from_text(FROM)
    for position in range(OUTSIDE):
        office.file(filing, begin - DAY + position)
    for position in range(INSIDE):
        filed = office.file(filing, begin + position * HOUR)
        assert filed is not None
        office.act(filed, "one", "accept", {"agent_team": "一组", "agent_number": "7"}, begin + (position + 2) * HOUR)
    office.world.fakes.clock.move_to(begin + DAY)
    return office


def post(office: Office, who: str = "owner", key: str | None = None, **body: Any) -> Answer:
    asked = {"from": FROM, "to": TO, **body}
    return office.world.call(
        "POST",
        f"{office.organisation.path}/policy/backtest",
        {name: value for name, value in asked.items() if value is not None},
        auth=office.organisation.auth(who),
        headers={"Idempotency-Key": key or str(uuid.uuid4())},
    )


def get(office: Office, path: str, who: str = "owner") -> Answer:
    return office.world.call(
        "GET", f"{office.organisation.path}/policy/backtest/{path}", auth=office.organisation.auth(who)
    )


def done(office: Office, **body: Any) -> dict[str, Any]:
    started = post(office, **body)
    assert started.status == 202, started.text
    found: dict[str, Any] = get(office, started.json["id"]).json
    return found


def test_only_the_complaints_of_the_period_are_replayed(company: Office) -> None:
    shown = done(company, policy=shorter())
    assert (shown["state"], shown["result"]["complaints"], shown["progress"]) == (
        "done",
        INSIDE,
        {"done": OUTSIDE + INSIDE, "of": OUTSIDE + INSIDE},
    )


def test_a_limit_takes_the_first_of_the_period(company: Office) -> None:
    result = done(company, policy=shorter(), limit=2)["result"]
    assert [line["number"] for line in result["shown"]["earlier"]] == ["202611-000024", "202611-000025"]


def test_differences_come_with_numbers_and_times(company: Office) -> None:
    result = done(company, policy=shorter(), limit=1)["result"]
    assert (result["shown"]["earlier"], result["breaches"], result["moved"]) == (
        [
            {
                "kind": "earlier",
                "number": "202611-000024",
                "clock": "resolution",
                "run": 1,
                "before": "2026-11-24T16:00:00.000Z",
                "after": "2026-11-23T17:00:00.000Z",
            }
        ],
        {"before": 1, "after": 1},
        {"resolution": {"earlier": 1, "later": 0}},
    )


def test_escalations_are_counted_by_tier(company: Office) -> None:
    assert done(company, policy=shorter())["result"]["tiers"] == {
        "2": {"before": 1, "after": INSIDE},
        "3": {"before": 0, "after": INSIDE},
    }


def test_the_version_that_applied_gives_no_difference(company: Office) -> None:
    result = done(company, version="2")["result"]
    assert (result["counts"], result["complaints"]) == ({}, INSIDE)


def test_complaints_that_are_no_longer_accepted_have_a_reason(company: Office) -> None:
    draft = policy()
    draft["intake"]["facts"]["order_number"] = "required"
    result = done(company, policy=draft)["result"]
    line = result["shown"]["no_longer_accepted"][0]
    assert (line["reason"], result["concerned"]["no_longer_accepted"]) == ("invalid /facts/order_number", INSIDE)


def test_a_draft_with_a_failing_example_is_accepted(company: Office) -> None:
    failing = {"given": {"channel": "phone"}, "events": {"registered": FROM}, "then": {"tier": 3}}
    assert done(company, policy=policy(examples=[failing]))["state"] == "done"


def test_nothing_but_the_job_is_written(company: Office) -> None:
    def others() -> dict[Any, Any]:
        entries = company.world.fakes.store.everything()
        return {one.key: one for one in entries if one.key.sk[:2] != "J#" and "#I#" not in one.key.pk}

    before = others()
    done(company, policy=shorter())
    assert others() == before


def test_lines_are_listed_by_page_and_by_kind(company: Office) -> None:
    id_ = post(company, policy=shorter()).json["id"]
    lines = get(company, f"{id_}/lines").json["lines"]
    gained = get(company, f"{id_}/lines?kind=breach_gained").json["lines"]
    assert ([line for line in lines if line["kind"] == "breach_gained"], len(gained)) == (gained, INSIDE - 1)


def test_a_repeated_request_returns_the_same_back_test(company: Office) -> None:
    key = str(uuid.uuid4())
    draft = shorter()
    assert post(company, key=key, policy=draft).json["id"] == post(company, key=key, policy=draft).json["id"]


@pytest.mark.parametrize(
    ("body", "status", "places"),
    [
        ({}, 422, ["/policy"]),
        ({"version": "2", "policy": {}}, 422, ["/policy"]),
        ({"version": "77"}, 404, []),
        ({"version": "2", "from": TO, "to": FROM}, 422, ["/to"]),
        ({"version": "2", "from": "yesterday"}, 422, ["/from"]),
        ({"version": "2", "from": "2010-01-01T00:00:00Z"}, 422, ["/from"]),
        ({"version": "2", "limit": 0}, 422, ["/limit"]),
        ({"policy": {"language": 1}}, 422, None),
    ],
)
def test_an_invalid_request_is_refused_with_its_place(
    company: Office, body: dict[str, Any], status: int, places: list[str] | None
) -> None:
    answer = post(company, **body)
    assert answer.status == status, answer.text
    if places is not None:
        assert [error["pointer"] for error in answer.json.get("errors", [])] == places


def test_only_owners_have_access(company: Office) -> None:
    id_ = post(company, version="2").json["id"]
    statuses = [post(company, "one", version="2").status, get(company, id_, "one").status]
    assert [*statuses, get(company, f"{id_}/lines", "one").status, get(company, "0" * 32).status] == [
        403,
        403,
        403,
        404,
    ]


def start(office: Office) -> str:
    """Start a job whose first message waits in the queue, and return its id."""
    fakes = office.world.fakes
    command = OwnerCommand(tenant=office.tenant, sub=owner(office), now=fakes.clock())
    asked = backtest_start.BacktestRequest(policy=shorter(), first=FROM, last=TO)
    with binding.tenant(office.tenant):
        return str(backtest_start.start(fakes.wiring, command, asked).body["id"])


def owner(office: Office) -> str:
    people = office.world.call("GET", f"{office.organisation.path}/people", auth=office.organisation.auth("owner"))
    return next(person["sub"] for person in people.json["people"] if person["email"].startswith("owner@"))


def drive(office: Office, breaker: Breaker) -> bool:
    """Deliver all messages, and again after a crash. Returns True if there was a crash."""
    wiring, waiting = office.world.fakes.breaking(breaker), office.world.fakes.effects.waiting
    crashed = False
    while waiting:
        try:
            driver.run_message(wiring, msgspec.json.decode(waiting[0].body, type=JobStep), JOBS)
        except Crash:
            crashed = True
            continue
        waiting.popleft()
    return crashed


def outcome(office: Office, id_: str) -> tuple[Mapping[str, Any], list[Any]]:
    shown = get(office, id_).json
    return {**shown, "id": "", "as_of": ""}, get(office, f"{id_}/lines").json["lines"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", every(7))
def test_a_crash_at_any_call_gives_the_same_result(company: Office, after: bool, step: int) -> None:
    healthy = start(company)
    drive(company, Breaker(0))
    expected = outcome(company, healthy)
    for at in range(1, 100, step):
        id_ = start(company)
        if not drive(company, Breaker(at, after=after)):
            break
        assert outcome(company, id_) == expected
    assert at > 10


def test_a_stuck_job_fails_with_a_reason(company: Office) -> None:
    id_ = start(company)
    company.world.fakes.effects.waiting.clear()

    def stuck(_: Claim) -> None:
        raise Unavailable

    began = company.world.now()
    for minutes in (0, 1, 4, 16, 64):
        company.world.fakes.clock.move_to(company.world.now() + minutes * MINUTE)
        with binding.tenant(company.tenant):
            driver.run_steps(
                company.wiring, company.tenant, f"backtest-{id_}", company.world.now(), {"backtest": stuck}
            )
    company.world.fakes.clock.move_to(began)
    shown = get(company, id_).json
    assert (shown["state"], shown["reason"]) == ("failed", driver.FAULT.format(kind="Unavailable"))


def test_repeated_messages_change_nothing(company: Office) -> None:
    once = start(company)
    drive(company, Breaker(0))
    effects = company.world.fakes.effects
    twice = start(company)
    effects.redeliver = 1
    effects.drain(
        lambda message: driver.run_message(company.wiring, msgspec.json.decode(message.body, type=JobStep), JOBS)
    )
    effects.redeliver = 0
    assert outcome(company, twice) == outcome(company, once)
