"""X.3: a missed deadline is acted on exactly once per run and rung, by acts and any number of sweeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest

from chalicelib.store.port import Unavailable
from chalicelib.workers import entries
from infra.memory_store.store import RecordedCall
from tests.clauses.offices.company import WORK_ORDER, handled, of_class
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

DUE, TIER_3, LAST = "2026-11-27T15:00:00+08:00", "2026-11-27T21:00:00+08:00", "2026-11-28T03:00:00+08:00"
"""For an important complaint filed at nine: the limit is six hours, and each further tier gets six hours more."""


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file(**of_class("important"))


def in_process(organisation: Organisation) -> InProcess:
    return cast(InProcess, organisation.world)


def misses(company: Organisation, number: str) -> list[tuple[str, str]]:
    return [(event["id"], company.local(event["at"])) for event in company.events(number, type_="missed")]


def test_x3_ten_sweeps_record_one_event(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to(DUE)

    for _ in range(10):
        world.sweep()

    assert misses(company, number) == [(f"{number}/resolution/1/1", DUE)]


def test_x3_concurrent_sweeps_record_one_event(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to(DUE)

    with ThreadPoolExecutor(8) as pool:
        for sweep in [pool.submit(entries.sweep, world.fakes.wiring) for _ in range(8)]:
            sweep.result()
        for worker in [pool.submit(world.settle) for _ in range(8)]:
            worker.result()

    assert misses(company, number) == [(f"{number}/resolution/1/1", DUE)]


def test_x3_a_sweep_repeated_after_a_lost_response_records_one_event(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to(DUE)
    lost: list[RecordedCall] = []

    def timeout(call: RecordedCall) -> None:
        if call.name == "commit" and not lost:
            lost.append(call)
            raise Unavailable

    world.fakes.store.after = timeout
    world.sweep()
    world.sweep()

    assert lost
    assert misses(company, number) == [(f"{number}/resolution/1/1", DUE)]


def test_x3_an_act_between_the_miss_and_the_sweep_does_not_erase_the_miss(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to("2026-11-27T15:05:00+08:00")

    company.act(number, "agent", "accept", **WORK_ORDER)

    assert misses(company, number) == [(f"{number}/resolution/1/1", DUE)]
    types = [event["type"] for event in company.events(number)]
    assert types.index("missed") < types.index("accepted")


def test_x3_a_decision_that_comes_too_late_stays_missed(company: Organisation) -> None:
    number = handled(company, **of_class("important"))
    in_process(company).jump_to("2026-11-27T15:05:00+08:00")

    company.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    company.act(number, "business_unit", "decide", solution="退款", outcome="resolved")

    assert company.deadline(number, "resolution")["state"] == "missed"


def test_x3_a_sweep_after_such_an_act_records_nothing_more(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to("2026-11-27T15:05:00+08:00")
    company.act(number, "agent", "accept", **WORK_ORDER)

    world.sweep()

    assert len(misses(company, number)) == 1


def test_x3_a_refused_act_records_the_miss_and_nothing_else(company: Organisation, number: str) -> None:
    in_process(company).jump_to("2026-11-27T15:05:00+08:00")
    before = [event["id"] for event in company.events(number)]

    assert company.try_act(number, "agent", "close", summary="x").status == 409

    added = [event["type"] for event in company.events(number) if event["id"] not in before]
    assert set(added) == {"warned", "missed", "escalated", "notified"}


def test_x3_reading_shows_the_miss_before_any_sweep_and_writes_nothing(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to("2026-11-27T15:05:00+08:00")
    before = world.fakes.store.everything()

    assert company.deadline(number, "resolution")["state"] == "missed"

    assert world.fakes.store.everything() == before


def test_x3_each_rung_is_recorded_once_and_the_next_tier_on_time(company: Organisation, number: str) -> None:
    company.world.move_to("2026-12-01T09:00:00+08:00")

    assert misses(company, number) == [
        (f"{number}/resolution/1/1", DUE),
        (f"{number}/resolution/1/2", TIER_3),
        (f"{number}/resolution/1/3", LAST),
    ]


def test_x3_the_rungs_do_not_depend_on_the_times_of_sweeps(company: Organisation, number: str) -> None:
    world = in_process(company)
    world.jump_to("2026-12-01T09:00:00+08:00")

    world.sweep()

    assert [at for _, at in misses(company, number)] == [DUE, TIER_3, LAST]


def test_x3_after_an_outage_each_miss_has_its_due_time_and_its_recording_time(
    company: Organisation, number: str
) -> None:
    world, acted_on = in_process(company), "2026-12-01T01:00:00.000Z"
    world.jump_to(acted_on)

    world.sweep()

    missed = company.events(number, type_="missed")
    assert [company.local(event["due_at"]) for event in missed] == [DUE, TIER_3, LAST]
    assert {event["recorded_at"] for event in missed} == {acted_on}


@pytest.mark.parametrize(("at", "tier", "roles"), [(DUE, 2, ["team_lead"]), (TIER_3, 3, ["business_unit"])])
def test_x3_each_miss_escalates_to_the_next_tier(
    company: Organisation, number: str, at: str, tier: int, roles: list[str]
) -> None:
    company.world.move_to(at)

    event = company.events(number, type_="escalated")[-1]
    assert (company.local(event["at"]), event["fields"]["tier"], event["fields"]["roles"]) == (at, tier, roles)
    assert company.complaint(number)["tier"] == tier
    assert company.told(roles[0], number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]


def test_x3_a_decision_in_time_is_never_a_miss(company: Organisation) -> None:
    number = handled(company, **of_class("important"))
    company.act(number, "business_unit", "inspect", findings="属实", truthful=True)
    company.act(number, "business_unit", "decide", solution="退款", outcome="resolved")

    company.world.move_to("2026-12-01T09:00:00+08:00")

    assert misses(company, number) == []


def test_x3_a_complaint_that_fails_does_not_stop_the_others(company: Organisation, number: str) -> None:
    other = company.file(**of_class("important"))
    world = in_process(company)
    world.jump_to(DUE)
    failed: list[RecordedCall] = []

    def throttle(call: RecordedCall) -> None:
        if call.name == "commit" and call.keys > 1 and not failed:
            failed.append(call)
            raise Unavailable

    world.fakes.store.before = throttle
    world.sweep()
    assert failed
    assert 1 in [len(misses(company, one)) for one in (number, other)]

    world.sweep()
    assert [len(misses(company, one)) for one in (number, other)] == [1, 1]
