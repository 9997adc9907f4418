"""Stream and queue deliver again, out of order and in part; people are told once (design §8)."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from chalicelib import entries
from chalicelib.ports import QueueMessage
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
    """A complaint with several notices, none of them relayed yet."""
    number = office.file(office.request("file")).body["number"]
    office.act(number, "agent", "accept", agent_team="一", agent_number="7")
    office.act(number, "team_lead", "object", reason="不全")
    return office


def enqueued(office: Office) -> list[QueueMessage]:
    assert relay(office, stream(office)) == []
    found = list(office.world.fakes.effects.waiting)
    office.world.fakes.effects.waiting.clear()
    return found


def test_each_order_of_delivery_tells_the_same(worked: Office) -> None:
    messages = enqueued(worked)
    orders = list(itertools.permutations(messages))[:24]
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
    records = stream(worked)
    whole = len(enqueued(worked))
    with Breaks(worked.store, 3, after=False):
        failed = relay(worked, records)

    assert failed == [records[2]["dynamodb"]["SequenceNumber"]]
    assert relay(worked, records[2:]) == []
    assert len(worked.world.fakes.effects.waiting) == whole


def test_a_relayed_batch_that_comes_again_tells_once(worked: Office) -> None:
    messages = [*enqueued(worked), *enqueued(worked)]
    assert deliver(worked, messages) == []
    assert len(told(worked)) == len(set(told(worked)))
    assert deliver(worked, messages[: len(messages) // 2]) == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_delivery_that_fails_in_the_middle_is_completed_by_its_repeat(worked: Office, call: int, after: bool) -> None:
    messages = enqueued(worked)
    with Breaks(worked.store, call, after):
        failed = deliver(worked, messages)

    assert len(failed) == 1
    assert deliver(worked, [messages[int(place)] for place in failed]) == []

    after_all = told(worked)
    assert deliver(worked, messages) == []
    assert told(worked) == after_all
