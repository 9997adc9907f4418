"""The stream and the queue deliver repeatedly, out of order and in part. People get each message once."""

from __future__ import annotations

import itertools
import json
from typing import Any

import msgspec
import pytest

from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit.instants import SECOND
from chalicelib.ports import QueueMessage
from chalicelib.workers import entries
from tests.across.faults.office import Breaks, Office
from tests.helpers.nonempty import nonempty


def stream(office: Office) -> list[dict[str, Any]]:
    """The stream records of all events of a complaint, in the form that Lambda receives."""
    found = [record for record in office.store.stream_after(0) if "#C#" in record.key.pk and record.key.sk[:2] == "E#"]
    return [record.to_lambda() for record in found if record.event_name == "INSERT"]


def relay(office: Office, records: list[dict[str, Any]]) -> list[str]:
    """The sequence numbers of the failed records."""
    answer = entries.relay(office.wiring.effects, {"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def deliver(office: Office, messages: list[QueueMessage]) -> list[str]:
    """The ids of the failed messages, which are their positions."""
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
    """A complaint with several notices, and others with one each. None is relayed yet."""
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
    """The events with a notice."""
    effects = {msgspec.json.decode(message.body, type=RelayedEvent): message for message in messages}
    numbers = {relayed.number for relayed in effects}
    told = {(number, one["seq"]) for number in numbers for one in office.record(number) if one["type"] == "notified"}
    return [message for relayed, message in effects.items() if (relayed.number, relayed.seq) in told]


def test_every_order_of_delivery_sends_the_same_messages(worked: Office) -> None:
    messages = notices(worked, enqueued(worked))
    orders = list(itertools.islice(itertools.permutations(messages), 24))
    first: list[tuple[str, str]] = []
    for order in orders:
        assert deliver(worked, list(order)) == []
        first = first or told(worked)
        assert told(worked) == first
    assert len(first) >= len(messages) > 1


def test_a_message_delivered_twice_in_one_batch_notifies_once(worked: Office) -> None:
    messages = enqueued(worked)
    assert deliver(worked, [*messages, *messages]) == []
    once = told(worked)
    assert deliver(worked, messages) == []
    assert told(worked) == once


def test_a_relay_stops_at_a_failure_and_continues_from_it(worked: Office) -> None:
    """Records are relayed in tens, so the first missing one is the first of ten."""
    records, queue = stream(worked), worked.world.fakes.effects
    assert len(records) > 10
    queue.refuses = lambda call: call == 2
    failed = relay(worked, records)

    assert failed == [records[10]["dynamodb"]["SequenceNumber"]]
    assert len(queue.waiting) == 10
    assert relay(worked, records[10:]) == []
    assert len(queue.waiting) == len(records)


def test_a_batch_that_is_relayed_again_notifies_once(worked: Office) -> None:
    messages = [*enqueued(worked), *enqueued(worked)]
    assert deliver(worked, messages) == []
    assert len(told(worked)) == len(set(told(worked)))
    assert deliver(worked, messages[: len(messages) // 2]) == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_delivery_that_fails_halfway_is_completed_by_a_retry(worked: Office, call: int, after: bool) -> None:
    messages, queue = enqueued(worked), worked.world.fakes.effects
    with Breaks(worked.store, call, after):
        assert deliver(worked, messages) == []

    assert len(queue.waiting) == 1
    assert deliver(worked, [queue.waiting.popleft()]) == []

    after_all = told(worked)
    assert deliver(worked, messages) == []
    assert told(worked) == after_all


def test_every_order_of_delivery_lists_the_messages_in_the_order_of_what_happened(worked: Office) -> None:
    messages = notices(worked, enqueued(worked))

    for message in reversed(messages):
        assert deliver(worked, [message]) == []
        worked.world.fakes.clock.advance(SECOND)

    listed = {who: [one["id"] for one in inbox(worked, who)] for who in worked.organisation.tokens}
    assert max(map(len, nonempty(listed.values()))) > 1
    assert listed == {who: sorted(ids, key=sequence, reverse=True) for who, ids in listed.items()}


def inbox(office: Office, who: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.organisation.get("/messages?limit=100", who)["messages"]
    return found


def sequence(event: str) -> tuple[str, int]:
    number, _, seq = event.rpartition("/")
    return number, int(seq)
