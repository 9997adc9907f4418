"""Stream and queue deliver again, out of order and in part; people are told once (design §8)."""

from __future__ import annotations

import itertools
import json
from typing import Any

import msgspec
import pytest

from chalicelib.messages.relay.relay import Effect
from chalicelib.ports import QueueMessage
from chalicelib.workers import entries
from tests.faults.office import Breaks, Office


def stream(office: Office) -> list[dict[str, Any]]:
    """The records of every event of a complaint, as Lambda would be handed them."""
    found = [record for record in office.store.stream_after(0) if "#C#" in record.key.pk and record.key.sk[:2] == "E#"]
    return [record.to_lambda() for record in found if record.event_name == "INSERT"]


def relay(office: Office, records: list[dict[str, Any]]) -> list[str]:
    """Sequence numbers of the failed."""
    answer = entries.relay(office.wiring, {"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def deliver(office: Office, messages: list[QueueMessage]) -> list[str]:
    """Ids of the failed, which are the messages' places."""
    records = [
        {
            "messageId": str(place),
            "body": json.dumps({"tenant": message.tenant, "body": message.body}),
            "eventSource": "aws:sqs",
        }
        for place, message in enumerate(messages)
    ]
    answer = entries.effects(office.wiring, {"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def told(office: Office) -> list[tuple[str, str]]:
    return sorted(tuple(entry.key) for entry in office.store.everything() if entry.kind == "message")


@pytest.fixture
def worked(office: Office) -> Office:
    """A complaint with several notices, and others with one each; nothing of them is relayed yet."""
    for _ in range(2):
        office.file(office.request("file"))
    number = office.file(office.request("file")).body["number"]
    office.act(number, "agent", "accept", agent_team="一", agent_number="7")
    office.act(number, "team_lead", "object", reason="不全")
    return office


def enqueued(office: Office) -> list[QueueMessage]:
    assert relay(office, stream(office)) == []
    found = list(office.world.fakes.effects.waiting)
    office.world.fakes.effects.waiting.clear()
    return found


def notices(office: Office, messages: list[QueueMessage]) -> list[QueueMessage]:
    """Those of which somebody is told."""
    effects = {msgspec.json.decode(message.body, type=Effect): message for message in messages}
    numbers = {effect.number for effect in effects}
    told = {(number, one["seq"]) for number in numbers for one in office.record(number) if one["type"] == "notified"}
    return [message for effect, message in effects.items() if (effect.number, effect.seq) in told]


def test_each_order_of_delivery_tells_the_same(worked: Office) -> None:
    messages = notices(worked, enqueued(worked))
    orders = list(itertools.islice(itertools.permutations(messages), 24))
    first: list[tuple[str, str]] = []
    for order in orders:
        assert deliver(worked, list(order)) == []
        first = first or told(worked)
        assert told(worked) == first
    assert len(first) >= len(messages) > 1


def test_a_message_delivered_twice_in_one_batch_tells_once(worked: Office) -> None:
    messages = enqueued(worked)
    assert deliver(worked, [*messages, *messages]) == []
    once = told(worked)
    assert deliver(worked, messages) == []
    assert told(worked) == once


def test_a_relay_that_fails_stops_there_and_goes_on_from_there(worked: Office) -> None:
    """Ten go at once, so the first that may be missing is the first of ten."""
    records, queue = stream(worked), worked.world.fakes.effects
    assert len(records) > 10
    queue.refuses = lambda call: call == 2
    failed = relay(worked, records)

    assert failed == [records[10]["dynamodb"]["SequenceNumber"]]
    assert len(queue.waiting) == 10
    assert relay(worked, records[10:]) == []
    assert len(queue.waiting) == len(records)


def test_a_relayed_batch_that_comes_again_tells_once(worked: Office) -> None:
    messages = [*enqueued(worked), *enqueued(worked)]
    assert deliver(worked, messages) == []
    assert len(told(worked)) == len(set(told(worked)))
    assert deliver(worked, messages[: len(messages) // 2]) == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_delivery_that_fails_in_the_middle_comes_back_and_is_completed(
    worked: Office, call: int, after: bool
) -> None:
    messages, queue = enqueued(worked), worked.world.fakes.effects
    with Breaks(worked.store, call, after):
        assert deliver(worked, messages) == []

    assert len(queue.waiting) == 1
    assert deliver(worked, [queue.waiting.popleft()]) == []

    after_all = told(worked)
    assert deliver(worked, messages) == []
    assert told(worked) == after_all
