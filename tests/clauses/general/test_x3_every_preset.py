"""X.3 in each preset: an idle office's misses are recorded once per run and rung, at the time of each."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from chalicelib.kit.instants import to_text
from chalicelib.policy import presets
from chalicelib.workers import entries
from infra.local.clock import parse_duration
from tests.clauses.general.offices_by_preset import office_of
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance

DAYS, AT_ONCE = 40, 10
"""Enough for each preset's highest tier to hear of a complaint more than once."""


def alarms(office: Organisation, number: str) -> list[tuple[Any, ...]]:
    """What time did: type and time, with clock, run and rung of a miss and the tier of an escalation."""
    of_time = [one for one in office.events(number) if one["type"] in ("warned", "missed", "escalated", "reclassified")]
    keys = ("clock", "run", "rung", "tier", "task")
    return [(one["type"], one["at"], *(str(one["fields"].get(key)) for key in keys)) for one in of_time]


def after(office: Organisation, days: int) -> str:
    return to_text(office.world.now() + parse_duration(f"{days} days"))


@pytest.fixture(params=presets.names())
def preset(request: pytest.FixtureRequest) -> str:
    return cast(str, request.param)


def test_x3_repeated_and_concurrent_sweeps_record_each_miss_once(preset: str) -> None:
    office = office_of(preset)
    number = office.file()
    world = cast(InProcess, office.world)
    for _ in range(DAYS // AT_ONCE):
        world.jump_to(after(office, AT_ONCE))
        with ThreadPoolExecutor(4) as pool:
            for sweep in [pool.submit(entries.sweep, world.fakes.wiring) for _ in range(4)]:
                sweep.result()
            for worker in [pool.submit(world.settle) for _ in range(4)]:
                worker.result()
        world.sweep()

    found = office.events(number, type_="missed")
    rungs = Counter((one["fields"]["clock"], one["fields"]["run"], one["fields"]["rung"]) for one in found)

    assert rungs
    assert set(rungs.values()) == {1}


def test_x3_one_late_sweep_records_what_punctual_ones_record(preset: str) -> None:
    late, punctual = office_of(preset), office_of(preset)
    numbers = late.file(), punctual.file()
    world = cast(InProcess, late.world)
    world.jump_to(after(late, DAYS))
    world.sweep()

    advance(punctual.world, f"{DAYS} days")

    assert alarms(punctual, numbers[1])
    assert alarms(late, numbers[0]) == alarms(punctual, numbers[1])
