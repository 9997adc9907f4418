"""A unit's points are the same, however often, late or out of order they are delivered (P7.3)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.complaints.envelope import break_in_chain
from chalicelib.features.worklists import work_list_rows
from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.workers import entries
from tests.across.faults.office import Breaks
from tests.clauses.offices.estate import estate_in, replied
from tests.clauses.organisation import Organisation
from tests.clauses.waiting import Waiting

UNIT = "north"
START = "2026-11-27T09:00:00+08:00"


@pytest.fixture(scope="module")
def decided() -> Organisation:
    """Three valid complaints, decided an hour apart. Their consequences are not delivered yet."""
    world = Waiting(START)
    estate = estate_in(world)
    world.call("POST", f"{estate.path}/units", {"id": UNIT, "name": UNIT}, auth=estate.auth("owner"))
    numbers = [replied(estate, severity=severity, unit=UNIT) for severity in ("general", "important", "major")]
    world.held = True
    for hour, number in enumerate(numbers, 10):
        world.jump_to(f"2026-11-27T{hour}:00:00+08:00")
        estate.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")
    return estate


@pytest.fixture
def estate(decided: Organisation) -> Organisation:
    """A copy for each test."""
    world = Waiting(START)
    world.begin_at(world_of(decided).keep())
    world.held = True
    return replace(decided, world=world)


def world_of(estate: Organisation) -> Waiting:
    assert isinstance(estate.world, Waiting)
    return estate.world


def effects(estate: Organisation) -> list[QueueMessage]:
    """The queue messages of the three decisions."""
    fakes = world_of(estate).fakes
    decisions = {one.key for one in fakes.store.everything() if '"type":"decided"' in one.body}
    new = [record for record in fakes.store.stream_after(0) if record.event_name == "INSERT"]
    decided = [record.to_lambda() for record in new if record.key in decisions]
    assert entries.relay(fakes.wiring.effects, {"Records": decided}, None) == {"batchItemFailures": []}
    found = list(fakes.effects.waiting)
    fakes.effects.waiting.clear()
    assert len(found) == 3
    return found


def deliver(estate: Organisation, messages: Iterable[QueueMessage]) -> int:
    """The number of failed messages."""
    records = [
        {
            "messageId": str(place),
            "body": json.dumps({"tenant": message.tenant, "body": message.body}),
            "eventSource": "aws:sqs",
        }
        for place, message in enumerate(messages)
    ]
    return len(entries.effects(world_of(estate).fakes.wiring, {"Records": records}, None)["batchItemFailures"])


def record(estate: Organisation) -> list[dict[str, Any]]:
    pk = keys.unit(estate.id, UNIT)
    found = {one.key.sk: one.body for one in world_of(estate).fakes.store.everything() if one.key.pk == pk}
    return [json.loads(found[sk]) for sk in sorted(found) if sk.startswith("E#")]


def scored(estate: Organisation) -> list[tuple[str, int]]:
    return sorted(
        (event["fields"]["complaint"], event["fields"]["points"])
        for event in record(estate)
        if event["type"] == "scored"
    )


def opened(estate: Organisation) -> list[str]:
    return sorted(event["fields"]["task"] for event in record(estate) if event["type"] == "task_opened")


def listed(estate: Organisation) -> set[str]:
    """The unit's tasks on the work lists."""
    rows = [
        json.loads(one.body) for one in world_of(estate).fakes.store.everything() if one.kind == work_list_rows.KIND
    ]
    return {row["key"] for row in rows if row["number"] == keys.UNIT + UNIT}


BOTH = ["site_survey", "written_report"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_every_order_gives_the_same_points_and_tasks(estate: Organisation, order: tuple[int, ...]) -> None:
    messages = effects(estate)

    assert deliver(estate, [messages[place] for place in order]) == 0

    assert [points for _, points in scored(estate)] == [1, 2, 3]
    assert opened(estate) == BOTH


def test_a_score_delivered_twice_counts_once(estate: Organisation) -> None:
    messages = effects(estate)
    assert deliver(estate, [*messages, *messages]) == 0
    once = record(estate)

    assert deliver(estate, reversed(messages)) == 0

    assert record(estate) == once
    assert len(scored(estate)) == 3


def test_a_score_delivered_again_after_the_window_is_ignored(estate: Organisation) -> None:
    messages = effects(estate)
    deliver(estate, messages)
    once = scored(estate)
    world_of(estate).jump_to("2027-03-01T09:00:00+08:00")

    assert deliver(estate, messages) == 0

    assert scored(estate) == once


def test_a_late_score_counts_from_its_decision(estate: Organisation) -> None:
    world_of(estate).jump_to("2026-12-26T09:00:00+08:00")

    assert deliver(estate, effects(estate)) == 0

    assert opened(estate) == BOTH
    untils = {event["fields"]["until"] for event in record(estate) if event["type"] == "scored"}
    assert untils == {"2026-12-27T16:00:00.000Z"}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", range(3, 7))
def test_an_interrupted_score_is_completed_by_its_repeat(estate: Organisation, call: int, after: bool) -> None:
    messages = effects(estate)
    with Breaks(world_of(estate).fakes.store, call, after):
        deliver(estate, messages)

    assert deliver(estate, messages) == 0

    assert len(scored(estate)) == 3
    assert opened(estate) == BOTH
    assert break_in_chain(record(estate)) is None


def test_unit_events_lost_by_the_stream_reach_the_work_lists_within_a_day(estate: Organisation) -> None:
    world = world_of(estate)
    deliver(estate, effects(estate))
    world.forget()
    world.held = False
    assert opened(estate) != []
    assert listed(estate) == set()

    world.jump_to(to_text(world.now() + DAY + 2 * HOUR))
    world.sweep()  # the hourly job starts the daily reconciliation
    world.sweep()

    assert len(listed(estate)) == len(opened(estate))
