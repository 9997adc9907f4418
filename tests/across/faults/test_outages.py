"""The table or the queue is unavailable for hours: immediate messages are sent once it is available again."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.features.messages.relay import throttle_retry
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.messages.relay.throttle_retry import RetryMessage
from chalicelib.jobs import throttling
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.conflicts import ATTEMPTS
from chalicelib.store.port import Unavailable, Update
from chalicelib.workers import entries
from infra.memory_store.store import RecordedCall
from tests.across.faults.mails import deliveries
from tests.across.faults.office import Breaks, Office, once_before
from tests.clauses.world import advance
from tests.messages.webhooks.hooks import added, listed, poster


def filed(office: Office) -> list[dict[str, Any]]:
    """The stream records of a complaint with an immediate message."""
    office.file(office.request("file"))
    new = office.store.stream_after(office.world.relayed)
    office.world.forget()
    return [one.to_lambda() for one in new if one.event_name == "INSERT" and one.key.sk[:2] == "E#"]


class Away:
    """Every call of the store fails. `met` counts them."""

    met = 0

    def __call__(self, call: RecordedCall) -> None:
        self.met += 1
        raise Unavailable


def worked(office: Office, messages: list[QueueMessage]) -> list[str]:
    """Handles one batch of the effects queue. Returns the positions of the failed messages."""
    records = [
        {"messageId": str(place), "body": on_the_wire(each), "eventSource": "aws:sqs"}
        for place, each in enumerate(messages)
    ]
    answer = entries.effects(office.wiring, {"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def on_the_wire(message: QueueMessage) -> str:
    return json.dumps({"tenant": message.tenant, "body": message.body})


def taken(office: Office) -> list[QueueMessage]:
    found = list(office.world.fakes.effects.waiting)
    office.world.fakes.effects.waiting.clear()
    return found


def test_the_stream_continues_while_the_table_is_unavailable(office: Office) -> None:
    records = filed(office)
    office.store.before = Away()

    assert entries.relay(office.wiring.effects, {"Records": records}, None) == {"batchItemFailures": []}

    assert len(taken(office)) >= 2


def test_immediate_messages_are_sent_when_the_table_is_available_again(office: Office) -> None:
    entries.relay(office.wiring.effects, {"Records": filed(office)}, None)
    office.store.before = Away()
    for _ in range(50):  # half a day
        assert worked(office, taken(office)) == []
    assert deliveries(office, "in_app") == []

    office.store.before = None
    assert worked(office, taken(office)) == []

    assert deliveries(office, "in_app") != []
    office.world.settle()
    assert not office.world.fakes.effects.dead


def test_while_the_table_is_unavailable_a_batch_tries_two_messages(office: Office) -> None:
    entries.relay(office.wiring.effects, {"Records": filed(office)}, None)
    messages = taken(office)[:1] * 9
    office.store.before = away = Away()

    worked(office, messages)

    assert away.met == 2
    assert len(taken(office)) == 9


def test_delays_grow_to_a_quarter_of_an_hour_and_outlast_the_stream() -> None:
    pauses = [throttle_retry.delay(RetryMessage("acme", "x", tries)) for tries in range(throttle_retry.MAX_RETRIES)]
    assert pauses[0] <= throttling.FIRST_DELAY
    assert max(pauses) <= throttling.MAX_DELAY
    assert sum(pauses) * SECOND > DAY


def test_at_the_retry_limit_a_message_fails_like_any_other(office: Office) -> None:
    """It then moves to the dead-letter queue, and a redrive puts it back unchanged."""
    message = QueueMessage(office.id, msgspec.json.encode(RelayedEvent(office.id, "202611-000001", 1)).decode())
    given = RetryMessage(office.id, on_the_wire(message), throttle_retry.MAX_RETRIES)
    office.store.before = Away()

    assert worked(office, [QueueMessage(office.id, msgspec.json.encode(given).decode())]) == ["0"]

    office.store.before = None
    assert worked(office, [QueueMessage(office.id, msgspec.json.encode(given).decode())]) == []


def test_a_message_that_cannot_be_sent_again_is_left_to_the_queue(office: Office) -> None:
    entries.relay(office.wiring.effects, {"Records": filed(office)}, None)
    office.store.before, office.world.fakes.effects.refuses = Away(), lambda call: True

    assert worked(office, taken(office)[:1]) == ["0"]


def test_feedback_about_a_mail_is_retried_too(office: Office) -> None:
    said = json.dumps({"type": "feedback", "said": "bounced", "tags": {"tenant": [office.id], "effect": ["eA"]}})
    office.store.before = Away()
    event = {"Records": [{"messageId": "0", "body": said, "eventSource": "aws:sqs"}]}

    assert entries.effects(office.wiring, event, None) == {"batchItemFailures": []}

    [waiting] = taken(office)
    assert throttle_retry.unwrap(on_the_wire(waiting)).body == said


@pytest.mark.parametrize("sk", ["E#none", "E#"])
def test_a_record_without_an_event_does_not_stop_the_next_ones(office: Office, sk: str) -> None:
    records = filed(office)
    entries.relay(office.wiring.effects, {"Records": records}, None)
    alone = taken(office)
    odd = {"dynamodb": {"SequenceNumber": "0", "Keys": {"pk": {"S": f"T#{office.id}#C#1"}, "sk": {"S": sk}}}}

    assert entries.relay(office.wiring.effects, {"Records": [odd, *records]}, None) == {"batchItemFailures": []}

    assert taken(office) == alone != []


@pytest.mark.parametrize("call", [1, 2, 3], ids=["when it is read", "when it is begun", "when it is made"])
def test_an_unavailable_table_costs_a_webhook_no_try_of_the_queue(office: Office, call: int) -> None:
    added(office.organisation, events=["registered"])
    entries.relay(office.wiring.effects, {"Records": filed(office)}, None)
    worked(office, taken(office))
    message = office.world.fakes.hooks.waiting.popleft()
    event = {"Records": [{"messageId": "0", "body": on_the_wire(message), "eventSource": "aws:sqs"}]}

    with Breaks(office.store, call, after=False):
        assert entries.hooks(office.wiring, event, None) == {"batchItemFailures": []}
    assert poster(office.organisation).tried == 0

    advance(office.world, "6 minutes")
    assert poster(office.organisation).tried == 1
    assert {one.state for one in deliveries(office, "webhook")} == {"sent"}


def test_a_webhook_that_others_keep_changing_is_disabled_after_the_lease(office: Office) -> None:
    """No attempt fails because of them, so an attempt at the end of the retries disables the webhook, too."""
    added(office.organisation, events=["registered"])
    entries.relay(office.wiring.effects, {"Records": filed(office)}, None)
    worked(office, taken(office))
    message = office.world.fakes.hooks.waiting.popleft()
    event = {"Records": [{"messageId": "0", "body": on_the_wire(message), "eventSource": "aws:sqs"}]}
    poster(office.organisation).status = 410
    once_before(office.store, "commit", lambda: changed_webhooks(office), times=1 + ATTEMPTS)  # 1: the lease

    assert entries.hooks(office.wiring, event, None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert {one.state for one in deliveries(office, "webhook")} == {"pending"}

    advance(office.world, "6 minutes")
    assert {one.state for one in deliveries(office, "webhook")} == {"failed"}
    assert [one["disabled_because"] for one in listed(office.organisation)] == ["gone"]


def changed_webhooks(office: Office) -> None:
    """Another writer changes the item of the webhooks."""
    key = keys.webhooks(office.id)
    with binding.tenant(office.id):
        found = office.store.get([key])[key]
        version = found.version or 0
        office.store.commit([Update(msgspec.structs.replace(found, version=version + 1), version)])
